"""JSON: one object with metadata, metrics, aggregations and reports (outputs.md §1); parts not asked for are absent."""

from __future__ import annotations

import json
from collections.abc import Iterator

from shannon_core.cells import event_json
from shannon_core.snapshot import RowsWritten, Snapshot
from shannon_core.writers.text import lines_of

_SEPARATOR = ",\n"


def json_chunks(snapshot: Snapshot, on_rows: RowsWritten) -> Iterator[bytes | memoryview]:
    """The file in pieces."""
    yield b'{"metadata": ' + json.dumps(snapshot.record(), ensure_ascii=False, indent=2).encode()
    if snapshot.request.contents.raw_events:
        yield b',\n"metrics": [\n'
        yield from _events(snapshot, on_rows)
        yield b"\n]"
    yield b"\n}\n"


def _events(snapshot: Snapshot, on_rows: RowsWritten) -> Iterator[memoryview]:
    first = True
    for batch in snapshot.rows(event_json(before=_SEPARATOR), on_rows):
        lines = lines_of(batch)
        yield lines[len(_SEPARATOR) :] if first and lines else lines
        first = first and not lines
