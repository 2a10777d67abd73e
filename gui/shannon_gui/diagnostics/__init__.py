"""Errors that no code handles, and a loop that stops answering, logged. Imports nothing else of the window."""
