"""OpenTelemetry: its entry and its SQL."""
