"""The main window and the menu of the program: they compose panels and route their signals."""
