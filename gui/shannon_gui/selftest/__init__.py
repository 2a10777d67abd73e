"""Drives the real window through its own controls, for pictures and for ``--self-test``."""
