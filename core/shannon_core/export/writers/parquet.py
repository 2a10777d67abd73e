"""Parquet: typed columns, sorted by time, with statistics by which readers prune (outputs.md §4). Events only."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import IO, Any, cast

import pyarrow as pa
import pyarrow.parquet as pq

from shannon_core.errors import TargetError
from shannon_core.event_columns import COLUMNS
from shannon_core.event_schema import EVENT_SCHEMA, as_events
from shannon_core.export.file_writing import Failures
from shannon_core.export.snapshot import RowsWritten, Snapshot
from shannon_core.files.atomic_file import AtomicFile
from shannon_core.query.statements import PREVIEW_COLUMNS

PARQUET_ROW_GROUP = 122_880
"""Rows of a row group, DuckDB's default: readers prune and parallelise by row groups."""
_DICTIONARY = [column.name for column in COLUMNS if column.is_public and column.repeats]
_ORDER = [
    pq.SortingColumn(EVENT_SCHEMA.get_field_index(name))
    for name in ("timestamp", "source_file", "source_line")
]


def write_parquet(
    snapshot: Snapshot, file: AtomicFile, on_rows: RowsWritten, _altered: Counter[str]
) -> Failures:
    """Write the selected events. No member fails alone: the list is empty."""
    with (
        closing(_row_groups(snapshot, on_rows)) as groups,
        pq.ParquetWriter(
            cast("IO[bytes]", file),
            EVENT_SCHEMA,
            compression="zstd" if snapshot.request.encoding.compress else "snappy",
            use_dictionary=_DICTIONARY,  # type: ignore[arg-type]  # the stubs forget that names are taken too
            sorting_columns=_ORDER,
            write_page_index=True,
            store_schema=True,
        ) as writer,
    ):
        for group in groups:
            writer.write_table(group, row_group_size=PARQUET_ROW_GROUP)
        writer.add_key_value_metadata({key: _text(value) for key, value in snapshot.metadata().items()})
    return []


def _row_groups(snapshot: Snapshot, on_rows: RowsWritten) -> Generator[Any, None, None]:
    waiting: list[pa.RecordBatch] = []
    rows = 0
    for batch in snapshot.rows(PREVIEW_COLUMNS, on_rows):
        waiting.append(as_events(batch))
        rows += batch.num_rows
        if rows >= PARQUET_ROW_GROUP:
            table = pa.Table.from_batches(waiting, EVENT_SCHEMA)
            yield table.slice(0, PARQUET_ROW_GROUP)
            waiting = table.slice(PARQUET_ROW_GROUP).to_batches()
            rows -= PARQUET_ROW_GROUP
    if rows:
        yield pa.Table.from_batches(waiting, EVENT_SCHEMA)


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def verify_parquet(part: Path, snapshot: Snapshot) -> None:
    """Read the footer; TargetError where it is damaged, or its number of rows is not that of the selection."""
    rows = snapshot.events
    try:
        found = pq.read_metadata(part).num_rows
    except (OSError, pa.ArrowInvalid) as error:
        raise TargetError("parquet_unreadable", reason=str(error)) from error
    if found != rows:
        raise TargetError("parquet_incomplete", found=found, rows=rows)
