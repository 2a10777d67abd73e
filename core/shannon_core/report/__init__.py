"""What a report says about the tables, and how each of its formats says it.

Imports tables and rendering, nothing of exports.
"""
