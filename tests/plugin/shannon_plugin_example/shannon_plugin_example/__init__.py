"""What a package can add to Shannon Exporter: two invented sources, and an entry point that leads nowhere."""
