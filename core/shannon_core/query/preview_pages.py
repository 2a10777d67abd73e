"""Pages of a selection at any offset, in any order, fast enough for scrolling.

By time, a page is a part of one or two slices. By another column, the ids of the first SORTED_ROWS rows are found once,
and a page is the rows of some of them.
"""

from __future__ import annotations

from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from shannon_core.event_schema import EVENT_SCHEMA, as_events
from shannon_core.query import statements
from shannon_core.query.slicing import slices_of
from shannon_core.query.time_slices import TimeSlice, overlapping
from shannon_core.request.selection import Selection
from shannon_core.request.sort_order import SORTED_ROWS, Order
from shannon_core.store.sql_text import Query

PREVIEW_SLICE_ROWS = 20_000
"""Events of a slice: sorting one is quick enough for a page, and a selection has few enough to keep."""


class Pages:
    """Caches the slices and sorted ids of the last selection; call ``forget`` when the store has changed."""

    def __init__(self) -> None:
        self._slices: tuple[Selection, list[TimeSlice]] | None = None
        self._ids: tuple[Selection, Order, pa.ChunkedArray[Any]] | None = None

    def forget(self) -> None:
        """Drop the caches."""
        self._slices = self._ids = None

    def page(
        self,
        connection: duckdb.DuckDBPyConnection,
        selection: Selection,
        order: Order,
        columns: str,
        offset: int,
        limit: int,
    ) -> pa.Table:
        """Rows ``offset … offset + limit`` of the selection, as EVENT_SCHEMA."""
        if not order.is_by_time:
            return self._sorted(connection, selection, order, columns, offset, limit)
        slices = self._slices_of(connection, selection)
        if not order.descending:
            return _in_time(connection, selection, slices, columns, offset, limit)
        end = sum(part.rows for part in slices) - offset
        start = max(0, end - limit)
        found = _in_time(connection, selection, slices, columns, start, max(0, end - start))
        return found.take(pa.array(range(found.num_rows - 1, -1, -1), pa.int64()))

    def count(self, connection: duckdb.DuckDBPyConnection, selection: Selection) -> int:
        """The number of events of the selection; its pages reuse the counted slices."""
        return sum(part.rows for part in self._slices_of(connection, selection))

    def _slices_of(self, connection: duckdb.DuckDBPyConnection, selection: Selection) -> list[TimeSlice]:
        if self._slices is None or self._slices[0] != selection:
            self._slices = selection, slices_of(connection, selection, PREVIEW_SLICE_ROWS)
        return self._slices[1]

    def _sorted(
        self,
        connection: duckdb.DuckDBPyConnection,
        selection: Selection,
        order: Order,
        columns: str,
        offset: int,
        limit: int,
    ) -> pa.Table:
        if self._ids is None or self._ids[:2] != (selection, order):
            found = _fetch(connection, statements.first_ids(selection, order, SORTED_ROWS))
            self._ids = selection, order, found.column(0)
        ids = self._ids[2].slice(offset, limit)
        if not len(ids):
            return EVENT_SCHEMA.empty_table()
        found = _fetch(connection, statements.rows_with_ids(columns, ids.to_pylist()))
        places = pc.index_in(ids, value_set=found.column("row_id")).drop_null()
        in_order: pa.Table = _as_events(found.drop_columns(["row_id"])).take(places)
        return in_order


def _in_time(
    connection: duckdb.DuckDBPyConnection,
    selection: Selection,
    slices: list[TimeSlice],
    columns: str,
    offset: int,
    limit: int,
) -> pa.Table:
    pages = [EVENT_SCHEMA.empty_table()]
    for part, skip, take in overlapping(slices, offset, limit):
        query = statements.page(selection, columns, part, limit=take, offset=skip)
        pages.append(events_of(connection, query))
    return pa.concat_tables(pages)


def events_of(connection: duckdb.DuckDBPyConnection, query: Query) -> pa.Table:
    """The result of a query over PREVIEW_COLUMNS, as EVENT_SCHEMA."""
    return _as_events(_fetch(connection, query))


def _fetch(connection: duckdb.DuckDBPyConnection, query: Query) -> pa.Table:
    found: pa.Table = connection.sql(query.sql, params=list(query.parameters)).to_arrow_table()
    return found


def _as_events(table: pa.Table) -> pa.Table:
    return pa.Table.from_batches([as_events(batch) for batch in table.to_batches()], EVENT_SCHEMA)
