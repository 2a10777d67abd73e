"""Log files on the disk."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

LogLine = Mapping[str, Any] | str | bytes
"""A JSON object, or a line as it is."""


def json_line(item: Mapping[str, Any], *, compact: bool = False) -> bytes:
    """An object as a line of JSON, without its line end; a lone surrogate becomes bytes that are not UTF-8."""
    separators = (",", ":") if compact else None
    return json.dumps(item, ensure_ascii=False, separators=separators).encode("utf-8", "surrogatepass")


def as_lines(items: Iterable[LogLine], *, compact: bool = False) -> bytes:
    """Lines, each ended by LF."""
    return b"".join(_line(item, compact) + b"\n" for item in items)


def write_log(folder: Path, content: bytes | Iterable[LogLine], name: str = "log.jsonl") -> Path:
    """A log file of these bytes or lines; its folder is made where it is missing."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else as_lines(content))
    return path


def append_lines(path: Path, *items: LogLine, compact: bool = False) -> None:
    """Add lines at the end of a log file."""
    with path.open("ab") as file:
        file.write(as_lines(items, compact=compact))


def _line(item: LogLine, compact: bool) -> bytes:
    match item:
        case bytes():
            return item
        case str():
            return item.encode()
        case _:
            return json_line(item, compact=compact)
