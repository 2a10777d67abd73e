"""Prices of models: price files, names of models, and the formula of costs.

Imports files, messages and errors only.
"""
