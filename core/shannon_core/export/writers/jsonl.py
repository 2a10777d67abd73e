"""JSONL: a line of metadata, then one event per line (outputs.md §2)."""

from __future__ import annotations

import json
from collections import Counter

from shannon_core.export.snapshot import RowsWritten, Snapshot
from shannon_core.export.writers.row_bytes import Chunks, lines_of
from shannon_core.rendering.json_text import event_json


def jsonl_chunks(snapshot: Snapshot, on_rows: RowsWritten, _altered: Counter[str]) -> Chunks:
    """Yield the bytes of the file."""
    yield json.dumps({"_metadata": True, **snapshot.metadata()}, ensure_ascii=False).encode() + b"\n"
    if snapshot.request.contents.raw_events:
        for batch in snapshot.rows(event_json(after="\n"), on_rows):
            yield lines_of(batch)
