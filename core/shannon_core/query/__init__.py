"""Answers from the store: statements for a request, pages, totals, facets, histogram.

Imports requests, rendering and the store, nothing of reading.
"""
