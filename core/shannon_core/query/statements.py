"""A selection as SQL with parameters, over the relations ``events`` and ``sessions``. Pure: no connection, no I/O.

Values are always parameters; identifiers come from FILTER_FIELDS and EVENT_COLUMNS only.
"""

from __future__ import annotations

from collections.abc import Sequence

from shannon_core.column_spec import Column
from shannon_core.event_columns import COLUMNS, JSON_COLUMNS, PUBLIC_COLUMNS
from shannon_core.event_notes import NOTES
from shannon_core.query.time_slices import TimeSlice
from shannon_core.request.filter_fields import FILTER_FIELDS
from shannon_core.request.selection import EventFilter, Selection
from shannon_core.request.sort_order import Order
from shannon_core.request.time_range import microseconds
from shannon_core.store.sql_text import Query

EXPORT_ORDER = "timestamp, source_file, source_line, id"

_IS_OF_ENDS = "type IN ('session_start', 'session_end') AND token_count IS NOT NULL"
IS_COUNTED_TWICE = (
    f"{_IS_OF_ENDS} AND session_id IN (SELECT s.session_id FROM sessions AS s WHERE s.has_token_usage)"
)
"""Tokens are counted once: a session's own sum is excluded where it has token_usage events (events.md §4)."""

_FIGURES = """count(*) AS events, count(*) FILTER (WHERE type = 'error_occurred') AS errors,
    coalesce(CAST(sum(token_count) AS BIGINT), 0) AS tokens, fsum(cost_usd) AS cost_usd,
    coalesce(CAST(sum(token_count) FILTER (WHERE cost_usd IS NOT NULL) AS BIGINT), 0) AS priced_tokens,
    min(timestamp) AS first, max(timestamp) AS last"""
_SUMS_COUNTED_TWICE = f"""SELECT coalesce(CAST(sum(tokens) AS BIGINT), 0) AS twice,
    coalesce(CAST(sum(priced) AS BIGINT), 0) AS priced_twice
    FROM (SELECT session_id, sum(token_count) AS tokens, sum(token_count) FILTER (WHERE cost_usd IS NOT NULL) AS priced
        FROM {{chosen}} WHERE {_IS_OF_ENDS} GROUP BY session_id) AS ends
    JOIN sessions AS s ON s.session_id = ends.session_id WHERE s.has_token_usage"""
"""The sums of IS_COUNTED_TWICE by session first, so that the join with ``sessions`` has few rows."""


def condition(selection: Selection) -> Query:
    """The selection as one boolean expression over ``events``, with its parameters."""
    terms: list[str] = []
    values: list[object] = []
    for moment, comparison in ((selection.time_range.start, ">="), (selection.time_range.end, "<=")):
        if moment is not None:
            terms.append(f"timestamp {comparison} make_timestamp(?)")
            values.append(microseconds(moment))
    for item in selection.filters:
        term, wanted = _filter_term(item)
        terms.append(term)
        values.extend(wanted)
    for word in selection.text.split():
        terms.append("contains(lower(data), lower(?))")
        values.append(word)
    return Query(" AND ".join(terms) or "TRUE", tuple(values))


def _filter_term(item: EventFilter) -> tuple[str, list[object]]:
    condition = FILTER_FIELDS[item.field].condition
    term = condition.format(values=", ".join("?" * len(item.values)))
    values: list[object] = [*item.values] * condition.count("{values}")
    return (f"NOT coalesce({term}, FALSE)" if item.negated else f"({term})"), values


def totals(selection: Selection) -> Query:
    """One row: events, sessions, users, errors, tokens, cost_usd, priced_tokens, first, last.

    Each distinct count, and the tokens that are counted twice, have a scan of their own: together they take five times
    as long. Searching for words is itself slow, so that with words one scan finds the events and the others read its
    result.
    """
    where = condition(selection)
    found = (
        f"SELECT type, session_id, user_id, timestamp, cost_usd, token_count FROM events WHERE {where.sql}"
    )
    parts = (
        f"SELECT {_FIGURES} FROM {{chosen}}",
        "SELECT count(DISTINCT session_id) AS sessions FROM {chosen}",
        "SELECT count(DISTINCT user_id) AS users FROM {chosen}",
        _SUMS_COUNTED_TWICE,
    )
    chosen = "chosen" if selection.text else f"({found}) AS chosen"
    tables = ", ".join(f"({part.format(chosen=chosen)})" for part in parts)
    return Query(
        (f"WITH chosen AS ({found}) " if selection.text else "")
        + "SELECT events, sessions, users, errors, tokens - twice, cost_usd, priced_tokens - priced_twice, first, last"
        + f" FROM {tables}",
        where.parameters * (1 if selection.text else len(parts)),
    )


def extent(selection: Selection) -> Query:
    """One row: the number of events, and their first and last instant in microseconds since 1970."""
    where = condition(selection)
    return Query(
        f"SELECT count(*), epoch_us(min(timestamp)), epoch_us(max(timestamp)) FROM events WHERE {where.sql}",
        where.parameters,
    )


def histogram(selection: Selection, first_us: int, width_us: int) -> Query:
    """Rows (bucket, events): the events in each span of ``width_us`` microseconds, numbered from ``first_us``."""
    where = condition(selection)
    return Query(
        f"SELECT (epoch_us(timestamp) - ?) // ? AS bucket, count(*) FROM events WHERE {where.sql}"
        " GROUP BY 1 ORDER BY 1",
        (first_us, width_us, *where.parameters),
    )


def rows(
    selection: Selection,
    columns: str,
    part: TimeSlice,
    *,
    given: str = "",
    limit: int | None = None,
    offset: int = 0,
) -> Query:
    """These columns of the events of one slice of the selection, in the order of every export.

    The expressions ``given`` are computed once per event, for all columns that use them.
    """
    where = condition(selection)
    window = "" if limit is None else f" LIMIT {limit:d} OFFSET {offset:d}"
    within = f"({where.sql}) AND timestamp >= make_timestamp(?) AND timestamp < make_timestamp(?)"
    return Query(
        f"SELECT {columns} FROM {_events(given, within)} ORDER BY {EXPORT_ORDER}{window}",
        (*where.parameters, part.start_us, part.end_us),
    )


def _events(given: str, where: str) -> str:
    return f"(SELECT *, {given} FROM events WHERE {where})" if given else f"events WHERE {where}"


def page(selection: Selection, columns: str, part: TimeSlice, *, limit: int, offset: int) -> Query:
    """Some rows of a slice: found by the columns that order and filter them, then read in full."""
    found = rows(selection, "rowid", part, limit=limit, offset=offset)
    return Query(
        f"SELECT {columns} FROM events WHERE rowid IN ({found.sql}) ORDER BY {EXPORT_ORDER}", found.parameters
    )


def row_ids(selection: Selection, part: TimeSlice) -> Query:
    """Rows (rowid, bytes): the row ids of the events of one slice, and the bytes of their long texts."""
    return rows(selection, f"rowid, {TEXT_BYTES}", part)


TEXT_BYTES = " + ".join(f"coalesce(strlen({name}), 0)" for name in JSON_COLUMNS)
"""SQL for the bytes of an event's JSON columns, the only ones of any length."""


def rows_at(columns: str, row_ids: Sequence[int], *, given: str = "") -> Query:
    """These columns of the events with these row ids, in the order of every export."""
    chosen = _events(given, "rowid IN (SELECT unnest(?))")
    return Query(f"SELECT {columns} FROM {chosen} ORDER BY {EXPORT_ORDER}", (list(row_ids),))


PREVIEW_COLUMNS = ", ".join(PUBLIC_COLUMNS)

BRIEF_CHARACTERS = 500
"""Characters of ``data`` in a row of a table on the screen: more than a line of any screen shows."""


def _brief(column: Column) -> str:
    if not column.is_json:
        return column.name
    shown = (
        f"left({column.name}, {BRIEF_CHARACTERS})" if column.screen else f"CAST(NULL AS {column.sql_type})"
    )
    return f"{shown} AS {column.name}"


BRIEF_COLUMNS = ", ".join(_brief(column) for column in COLUMNS if column.is_public)
"""The columns for a table on the screen: the beginning of JSON that is shown, null in place of JSON that is not."""


def first_ids(selection: Selection, order: Order, limit: int) -> Query:
    """Rows (rowid): the first ``limit`` events of a selection in an order. The ids are valid until the next reading."""
    where = condition(selection)
    direction = "DESC" if order.descending else "ASC"
    return Query(
        f"SELECT rowid FROM events WHERE {where.sql}"
        f" ORDER BY {order.column} {direction} NULLS LAST, {EXPORT_ORDER} LIMIT {limit:d}",
        where.parameters,
    )


def rows_with_ids(columns: str, ids: Sequence[object]) -> Query:
    """Rows (row_id, columns …) of these ids, in any order."""
    return Query(
        f"SELECT rowid AS row_id, {columns} FROM events WHERE rowid IN (SELECT unnest(?))",
        (list(ids),),
    )


def event_at(timestamp_us: int, source_file: str, source_line: int, event_id: str) -> Query:
    """All columns of an event, or of several that are equal in these values. The time makes it fast."""
    return Query(
        f"SELECT {PREVIEW_COLUMNS} FROM events"
        " WHERE timestamp = make_timestamp(?) AND source_file = ? AND source_line = ? AND id = ?",
        (timestamp_us, source_file, source_line, event_id),
    )


def file_identity(name: str) -> Query:
    """One row, or none: the FileIdentity of a file in the store."""
    return Query("SELECT device, inode, size, modified_ns, head_hash FROM files WHERE path = ?", (name,))


def facets(selection: Selection, field: str, search: str, limit: int) -> Query:
    """Rows (value, events) of one field under the *other* filters, most frequent first."""
    others = tuple(item for item in selection.filters if item.field != field)
    where = condition(Selection(selection.time_range, others, selection.text))
    return Query(
        f"""SELECT value, count(*) AS events
        FROM (SELECT {FILTER_FIELDS[field].value} AS value FROM events WHERE {where.sql})
        WHERE ? = '' OR contains(lower(value), lower(?))
        GROUP BY 1
        ORDER BY events DESC, value
        LIMIT {limit:d}""",
        (*where.parameters, search, search),
    )


def notes(selection: Selection) -> Query:
    """One row: for each of NOTES, in its order, the number of events of the selection with that bit."""
    where = condition(selection)
    counts = ", ".join(f"count(*) FILTER (WHERE notes & {bit} <> 0)" for bit in NOTES.values())
    return Query(f"SELECT {counts} FROM events WHERE {where.sql}", where.parameters)


def data_keys(selection: Selection, limit: int) -> Query:
    """Rows (key, events): the keys of ``data`` that most events of the selection have, the most frequent first."""
    return _data_keys(condition(selection), f" ORDER BY 2 DESC, 1 LIMIT {limit:d}")


def data_keys_at(row_ids: Sequence[int]) -> Query:
    """Rows (key, events): the keys of ``data`` of the events with these row ids."""
    return _data_keys(Query("rowid IN (SELECT unnest(?))", (list(row_ids),)), "")


def _data_keys(where: Query, order: str) -> Query:
    keys = f"SELECT unnest(json_keys(data)) AS key FROM events WHERE {where.sql}"
    return Query(f"SELECT key, count(*) FROM ({keys}) GROUP BY 1{order}", where.parameters)
