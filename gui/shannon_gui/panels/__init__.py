"""The parts of the main window, each with a value and a signal that it changed. They know dialogs and controllers by type only."""
