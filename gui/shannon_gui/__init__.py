"""The window of Shannon Exporter: it turns clicks into requests for the core and progress events into pictures."""
