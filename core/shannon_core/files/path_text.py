"""Paths as text, and back."""

from __future__ import annotations

import os
from pathlib import Path


def printable(path: Path | str) -> str:
    """A path as text: bytes that are not UTF-8 and control characters are escaped, so that no two paths look alike."""
    raw = os.fsencode(path)
    if os.sep != "\\":
        raw = raw.replace(b"\\", b"\\\\")
    text = raw.decode("utf-8", "backslashreplace")
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def path_of(name: str) -> Path | None:
    """The path whose ``printable`` form is ``name``; None where it no longer exists.

    OSError where a folder of it cannot be read.
    """
    if os.sep == "\\" or "\\" not in name:
        return Path(name)
    found = Path(Path(name).anchor or ".")
    for part in Path(name).relative_to(found).parts:
        known = next((entry for entry in found.iterdir() if printable(entry.name) == part), None)
        if known is None:
            return None
        found = known
    return found
