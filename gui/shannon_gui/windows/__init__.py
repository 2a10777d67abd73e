"""Top-level windows and dialogs: they compose panels and route their signals."""
