"""How a value looks in a file: cells, CSV fields and JSON text, in SQL and by the same rules in Python.

Imports columns, requests and the store.
"""
