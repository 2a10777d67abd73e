"""A request becomes files: what it will do, one state of the store, the writers, and what is read back.

Imports all that is below the session but ingest and sources.
"""
