"""What the window keeps between two starts: settings, presets, history; and files opened by the system."""
