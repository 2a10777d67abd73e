"""What the window does over time: plain objects with past-tense signals, and no widget in sight."""
