"""Reads files into the store: changed files, blocks of lines, counts of every line's outcome, events, costs.

Imports sources, prices and the store, no request.
"""
