"""CSV: the five columns of every event and the union of the keys of ``data`` (outputs.md §3), up to CSV_KEYS of
them."""

from __future__ import annotations

from collections import Counter

from shannon_core.export.snapshot import RowsWritten, Snapshot
from shannon_core.export.writers.row_bytes import Chunks, count_alterations, lines_of
from shannon_core.rendering.csv_dialects import csv_header, csv_line, csv_row, csv_row_inputs
from shannon_core.request.export_request import Encoding
from shannon_core.request.format_specs import CSV_KEYS
from shannon_core.request.table_keys import AGGREGATIONS
from shannon_core.tables.result import AggregationResult


def csv_chunks(snapshot: Snapshot, on_rows: RowsWritten, altered: Counter[str]) -> Chunks:
    """Yield the bytes of the events as CSV; ``altered`` counts altered values, by reason."""
    encoding = snapshot.request.encoding
    keys = sorted(snapshot.frequent_keys[:CSV_KEYS])
    others = len(snapshot.frequent_keys) > len(keys)
    yield csv_line(csv_header(keys, others=others), encoding, altered, first=True)
    columns = csv_row(keys, encoding, others=others)
    for batch in snapshot.rows(columns, on_rows, csv_row_inputs(keys)):
        count_alterations(batch, altered)
        yield lines_of(batch)


def csv_table_chunks(snapshot: Snapshot, on_rows: RowsWritten, altered: Counter[str]) -> Chunks:
    """Yield the bytes of the only table of the contents: the events, or an aggregation."""
    if snapshot.request.contents.raw_events:
        yield from csv_chunks(snapshot, on_rows, altered)
    else:
        (result,) = snapshot.aggregations.values()
        yield from table_chunks(result, snapshot.request.encoding, altered)


def table_chunks(result: AggregationResult, encoding: Encoding, altered: Counter[str]) -> Chunks:
    """Yield the bytes of an aggregation as CSV."""
    columns = AGGREGATIONS[result.type].column_names
    yield csv_line(columns, encoding, altered, first=True)
    for row in result.rows:
        yield csv_line([row[name] for name in columns], encoding, altered)
