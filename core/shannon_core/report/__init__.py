"""Reports: their content, computed from the tables, and a writer for each of their formats.

Imports tables, rendering, requests and files: nothing of exports.
"""
