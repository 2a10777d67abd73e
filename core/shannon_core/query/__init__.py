"""Queries of the store: statements for a request, pages, totals, facets, histogram.

Imports requests, rendering, files and the store: nothing of ``ingest`` and ``sources``.
"""
