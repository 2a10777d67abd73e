"""Which logs: the start page, the bar at the top, the list of open sources."""
