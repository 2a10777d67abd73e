"""Cuts a selection into slices of time of about equal numbers of events."""

from __future__ import annotations

import duckdb

from shannon_core.query import statements
from shannon_core.query.time_slices import TimeSlice, bucket_width, join_buckets
from shannon_core.request.selection import Selection
from shannon_core.store.relations import fetch


def slices_of(connection: duckdb.DuckDBPyConnection, selection: Selection, rows: int) -> list[TimeSlice]:
    """The selection in slices of about ``rows`` events.

    The extent of its time range is known at once, that of its events only after a scan, which is worth it where the
    events are crowded.
    """
    slices: list[TimeSlice] = []
    for known in (Selection(selection.time_range), selection):
        slices = _slices_within(connection, known, selection, rows)
        if all(part.rows <= 2 * rows for part in slices):
            break
    return slices


def _slices_within(
    connection: duckdb.DuckDBPyConnection, known: Selection, selection: Selection, rows: int
) -> list[TimeSlice]:
    ((events, first, last),) = fetch(connection, statements.extent(known))
    if not events:
        return []
    width = bucket_width(first, last)
    return join_buckets(fetch(connection, statements.histogram(selection, first, width)), first, width, rows)
