"""Records that are printed over many lines, as a saved body of telemetry often is: each becomes one line again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pyarrow as pa

from shannon_core.sources.line_reader import LINE_SCHEMA, MAX_LINE_BYTES, LineBlock, LogFile

_OPENED = re.compile(rb"\s*\{\s*\n")
_SPACE = re.compile(r"\s*")


def unfolded(file: LogFile) -> Iterator[LineBlock]:
    """The blocks of a file; of one that begins with a lone brace, its records, each at its first line.

    A file that is no sequence of whole objects stays as it is.
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
    """The objects that a text is made of, with the numbers of the lines where they begin; None where it is not."""
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
