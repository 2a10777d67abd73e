"""Joins JSON records that are printed over many lines, as saved telemetry often is, into one line each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pyarrow as pa

from shannon_core.sources.line_reader import LINE_SCHEMA, MAX_LINE_BYTES, LineBlock, LogFile

_OPENED = re.compile(rb"\s*\{\s*\n")
_SPACE = re.compile(r"\s*")


def unfolded(file: LogFile) -> Iterator[LineBlock]:
    """The blocks of a file; where its first line is a lone brace, one line per record, numbered as its first line.

    A file that is not a sequence of whole objects is returned unchanged.
    """
    if not _OPENED.match(file.first_text()) or file.identity.size > MAX_LINE_BYTES:
        yield from file
        return
    blocks = list(file)
    text = "".join(str(line) for block in blocks for batch in block.batches for line in batch.column("line"))
    text += file.tail.decode("utf-8", "replace")
    records = _records(text)
    if records is None or any(block.rejected for block in blocks):
        yield from blocks
        return
    file.tail = b""
    written = sum(1 for line in text.split("\n") if line.strip())
    batch = pa.RecordBatch.from_pydict(
        {"line": [record for _, record in records], "line_no": [line for line, _ in records]},
        schema=LINE_SCHEMA,
    )
    yield LineBlock([batch], len(text), further=written - len(records))


def _records(text: str) -> list[tuple[int, str]] | None:
    """The objects of a text with the numbers of their first lines; None where it is not a sequence of objects."""
    decoder, found, start = json.JSONDecoder(), [], 0
    while (start := _SPACE.match(text, start).end()) < len(text):  # type: ignore[union-attr]  # it matches everywhere
        try:
            value, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            return None
        if not isinstance(value, dict):
            return None
        found.append((text.count("\n", 0, start) + 1, text[start:end]))
        start = end
    return found
