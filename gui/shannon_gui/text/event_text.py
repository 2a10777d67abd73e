"""An event as text to read: its fields, then data and metadata as indented JSON. Numbers keep their spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from shannon_core.event_columns import JSON_COLUMNS
from shannon_gui.text.cell_text import exact_text

MOST_CHARACTERS = 60_000
"""Characters that are laid out without a noticeable pause."""
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_INDENT = "  "


def event_text(event: Mapping[str, Any], zone: ZoneInfo, most: int = MOST_CHARACTERS) -> str:
    """The fields that have a value, one a line, and each JSON field below its name; JSON ends soon after ``most``
    characters."""
    fields = {
        name: exact_text(value, zone)
        for name, value in event.items()
        if value is not None and name not in JSON_COLUMNS
    }
    width = max(map(len, fields), default=0)
    parts = ["\n".join(f"{name:{width}}  {value}" for name, value in fields.items())]
    parts += [
        f"{name}\n{indented(event[name], most)}"
        for name in JSON_COLUMNS
        if event.get(name) not in (None, "{}")
    ]
    return "\n\n".join(parts)


def indented(text: str, most: int = MOST_CHARACTERS) -> str:
    """JSON text with a line for each member; it ends soon after ``most`` characters, however long the JSON is."""
    pieces: list[str] = []
    length = 0
    for piece in _pieces(text):
        pieces.append(piece)
        length += len(piece)
        if length > most:
            break
    return "".join(pieces)


def _pieces(text: str) -> Iterator[str]:
    depth, before = 0, ""
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in "}]":
            depth -= 1
        is_empty = token in "}]" and before in ("{", "[")
        if not is_empty and (token in "}]" or before in ("{", "[", ",")):
            yield "\n" + _INDENT * depth
        yield ": " if token == ":" else token
        if token in "{[":
            depth += 1
        before = token


def shown_part(text: str) -> tuple[str, int]:
    """The beginning that is shown, and how many characters are left out."""
    return text[:MOST_CHARACTERS], max(0, len(text) - MOST_CHARACTERS)
