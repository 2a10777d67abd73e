"""Builders of the lines that each source's tool writes; one module per source."""
