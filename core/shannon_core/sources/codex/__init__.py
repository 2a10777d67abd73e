"""Codex: its entry and its SQL."""
