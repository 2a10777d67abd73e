"""CSV: the five columns of every event and the union of the keys of ``data`` (outputs.md §3), up to MAX_CSV_KEYS of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from shannon_core.aggregation_result import AggregationResult
from shannon_core.aggregations import AGGREGATIONS
from shannon_core.cells import MAX_CSV_KEYS, csv_field, csv_given, csv_header, csv_row
from shannon_core.request import Encoding
from shannon_core.snapshot import RowsWritten, Snapshot
from shannon_core.writers.text import Chunks, count_alterations, lines_of

_BOM = "\ufeff"


def csv_chunks(snapshot: Snapshot, on_rows: RowsWritten, altered: Counter[str]) -> Chunks:
    """The events in pieces; ``altered`` counts values that had to change."""
    encoding = snapshot.request.encoding
    keys = sorted(snapshot.frequent_keys[:MAX_CSV_KEYS])
    others = len(snapshot.frequent_keys) > len(keys)
    yield csv_line(csv_header(keys, others=others), encoding, altered, first=True)
    columns = csv_row(keys, encoding, others=others)
    for batch in snapshot.rows(columns, on_rows, csv_given(keys)):
        count_alterations(batch, altered)
        yield lines_of(batch)


def table_chunks(result: AggregationResult, encoding: Encoding, altered: Counter[str]) -> Chunks:
    """An aggregation in pieces."""
    columns = AGGREGATIONS[result.type].columns
    yield csv_line(columns, encoding, altered, first=True)
    for row in result.rows:
        yield csv_line([row[name] for name in columns], encoding, altered)


def csv_line(
    values: Sequence[object], encoding: Encoding, altered: Counter[str], *, first: bool = False
) -> bytes:
    """One line of values; the first of a file carries the byte order mark where one is wanted."""
    fields = (csv_field(value, encoding, altered) for value in values)
    return ((_BOM if first and encoding.csv_bom else "") + ",".join(fields) + encoding.csv_line_end).encode()
