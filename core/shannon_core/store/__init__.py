"""The store: a DuckDB file, its tables, and what statements need.

Imports columns, files and errors: no source and no request.
"""
