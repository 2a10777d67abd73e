"""Shannon MCP: its entry and its SQL."""
