"""Renders values for files: cells, CSV fields and JSON text, in SQL and by the same rules in Python.

Imports columns, requests and the store.
"""
