"""A module for each built-in format: rendered rows in, bytes out. The entries in request/format_specs name them.

Imports what ``export`` imports, its snapshot and no other format except those that an archive has as members.
"""
