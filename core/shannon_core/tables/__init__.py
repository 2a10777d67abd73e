"""The tables of an export: events summed by hour, day, session, tool …, and as series for charts.

Imports queries, requests and the store.
"""
