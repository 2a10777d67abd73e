"""Reads files into the store: changed files, blocks of lines, counts of every line's outcome, events, costs.

Imports sources, prices, jobs and the store: no request and no query.
"""
