"""What a package can add to Shannon Exporter: two invented sources, a format, and entry points that lead nowhere."""
