"""Files become rows of the store: what changed, blocks of lines, an account of every line, events, costs.

Imports sources, prices and the store, no request.
"""
