"""Claude Code: its entry and its SQL."""
