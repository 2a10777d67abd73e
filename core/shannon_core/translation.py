"""Marks the visible texts of entries for translation; the window shows them with ``translate("core", text)``."""

from __future__ import annotations


def translatable(text: str) -> str:
    """The text itself.

    ``packaging/translations.py`` finds the argument and puts it into the catalogue's context “core”.
    """
    return text
