"""The store: a DuckDB file, its tables, and helpers of statements.

Imports columns, files, messages and errors: no source and no request.
"""
