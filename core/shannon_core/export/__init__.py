"""Exports: the preflight, a snapshot of the store, the writers, and reading files back.

Imports reports, tables, queries and what they use: nothing of ``ingest`` and ``sources``.
"""
