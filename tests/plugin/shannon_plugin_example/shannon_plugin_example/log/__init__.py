"""An invented log: each line is an event."""
