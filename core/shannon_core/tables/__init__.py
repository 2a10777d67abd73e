"""Aggregations: tables of events by hour, day, session, tool …, and their series for charts.

Imports queries, requests and the store.
"""
