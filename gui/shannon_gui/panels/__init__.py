"""The parts of the main window, each with a value and a signal that says it changed."""
