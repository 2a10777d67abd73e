"""The tabs: preview with event details, aggregations, charts and report."""
