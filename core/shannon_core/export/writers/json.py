"""JSON: one object with metadata, metrics, aggregations and reports (outputs.md §1); parts that were not requested are
absent."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from shannon_core.export.snapshot import RowsWritten, Snapshot
from shannon_core.export.writers.row_bytes import Chunks, lines_of
from shannon_core.rendering.json_text import event_json
from shannon_core.request.report_specs import REPORTS

_SEPARATOR = ",\n"


def json_chunks(snapshot: Snapshot, on_rows: RowsWritten, _altered: Counter[str]) -> Chunks:
    """Yield the bytes of the file."""
    yield b'{"metadata": ' + json.dumps(snapshot.metadata(), ensure_ascii=False, indent=2).encode()
    if snapshot.request.contents.raw_events:
        yield b',\n"metrics": [\n'
        yield from _events(snapshot, on_rows)
        yield b"\n]"
    for name, parts in (("aggregations", _aggregations(snapshot)), ("reports", _reports(snapshot))):
        if parts:
            yield f',\n"{name}": '.encode() + json.dumps(parts, ensure_ascii=False, indent=1).encode()
    yield b"\n}\n"


def _aggregations(snapshot: Snapshot) -> dict[str, Any]:
    return {str(item): result.to_dict() for item, result in snapshot.aggregations.items()}


def _reports(snapshot: Snapshot) -> dict[str, str]:
    wanted = [item for item in snapshot.request.contents.reports if not REPORTS[item].repeats_tables]
    return {str(item): snapshot.report(item).content for item in wanted}


def _events(snapshot: Snapshot, on_rows: RowsWritten) -> Iterator[memoryview]:
    first = True
    for batch in snapshot.rows(event_json(before=_SEPARATOR), on_rows):
        lines = lines_of(batch)
        yield lines[len(_SEPARATOR) :] if first and lines else lines
        first = first and not lines
