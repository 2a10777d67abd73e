"""The parts of the main window, each with a value and a signal that it changed.

They know nothing of coordinators and windows.
"""
