"""Below the results: what an export would write, its progress, and the log."""
