"""What tokens cost: lists of prices, names of models, and the formula.

Imports files and errors only.
"""
