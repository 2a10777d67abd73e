"""The named aggregations: totals, breakdowns and rows of a selection, in SQL over the store (events.md §4).

Days, weeks, months and hours are those of the selection's zone; the two hours of one name when clocks go back are two
rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb

from shannon_core.request.measures import MEASURES, START_AND_END, TOOL_USES
from shannon_core.request.selection import Selection
from shannon_core.request.table_keys import TableKey, table_key
from shannon_core.request.time_range import TimeRange, in_zone, start_of_day
from shannon_core.tables.result import AggregationResult, Row
from shannon_core.tables.rollups import Rollups

_SUMMED = ", ".join(f"{measure.sql} AS {measure.id}" for measure in MEASURES.values() if measure.sql)
_DISTINCT = {measure.id: measure.distinct for measure in MEASURES.values() if measure.distinct}
_PLACES = {measure.id: measure.quantile for measure in MEASURES.values() if measure.quantile is not None}
_PERCENTILES = ", ".join(f"percentiles[{place}] AS {name}" for place, name in enumerate(_PLACES, 1))
_QUANTILES = f"quantile_cont(duration_ms, {list(_PLACES.values())}) AS percentiles"
_INSTANTS = tuple(measure.id for measure in MEASURES.values() if measure.unit == "instant")
_SUCCESS, _FAILURE, _TOTAL_TIME, _AVERAGE = (
    f"{MEASURES[name].sql} AS {name}"
    for name in ("success", "failure", "total_duration_ms", "avg_duration_ms")
)
_USAGE = f"""sum(events)::BIGINT AS count, {_SUCCESS}, {_FAILURE}, sum(events - success - failure)::BIGINT AS unknown,
    {_TOTAL_TIME}, {_AVERAGE}"""
_DISCRETE = ("type", "tool_name", "agent_id", "error_type", "model")
"""Columns with few distinct values: one rollup over all of them is small, and answers every breakdown."""


def aggregate(
    connection: duckdb.DuckDBPyConnection,
    selection: Selection,
    types: Iterable[str],
    check: Callable[[], None] = lambda: None,
) -> dict[str, AggregationResult]:
    """The aggregations of these types over the selection; totals and breakdowns are computed once for all.

    ``check`` is called between statements and may raise to cancel. RequestError where a type is unknown.
    """
    keys = {item: table_key(item) for item in types}
    if not keys:
        return {}
    with Rollups.of(connection, selection, check) as rollups:
        shared: dict[str, Any] = {
            "start_time": selection.time_range.start,
            "end_time": selection.time_range.end,
            "timezone": selection.time_range.timezone,
            "totals": _totals(rollups),
            "by_type": _counts(rollups, "type"),
            "tools": _usage(rollups, "tool_name"),
            "agents": _usage(rollups, "agent_id"),
            "errors": _counts(rollups, "error_type"),
            "models": _models(rollups),
        }
        return {
            item: AggregationResult(type=item, rows=_series(rollups, key, selection.time_range), **shared)
            for item, key in keys.items()
        }


def _totals(rollups: Rollups) -> Row:
    kinds = rollups.covering(_DISCRETE, is_measured=True)
    different = ", ".join(
        f"(SELECT count(DISTINCT {column}) FROM {rollups.covering((column,), not_null=(column,))}) AS {name}"
        for name, column in _DISTINCT.items()
    )
    (whole,) = rollups.rows(
        f"SELECT {_SUMMED}, coalesce(sum(priced_tokens), 0)::HUGEINT AS priced_tokens, {different} FROM {kinds}"
    )
    (durations,) = rollups.rows_of_events(
        f"SELECT {_PERCENTILES} FROM (SELECT {_QUANTILES} FROM selected)", ("duration_ms",)
    )
    return {**_measured({**whole, **durations}), "priced_tokens": whole["priced_tokens"]}


def _counts(rollups: Rollups, column: str) -> dict[str, int]:
    """The number of events with each value of the column, most frequent first."""
    found = rollups.rows(
        f"SELECT {column} AS value, sum(events)::BIGINT AS events FROM {rollups.covering(_DISCRETE, is_measured=True)}"
        f" WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    return {row["value"]: row["events"] for row in found}


def _usage(rollups: Rollups, column: str) -> dict[str, Row]:
    """The outcomes of each tool or agent, most frequent first."""
    found = rollups.rows(
        f"SELECT {column} AS name, {_USAGE} FROM {rollups.covering(_DISCRETE, is_measured=True)}"
        f" WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    return {row.pop("name"): row for row in found}


def _models(rollups: Rollups) -> dict[str, Row]:
    """Tokens and cost of each model, the largest first."""
    found = rollups.rows(
        f"""SELECT model AS name, sum(tokens)::HUGEINT AS tokens, fsum(cost_usd) AS cost_usd
        FROM {rollups.covering(_DISCRETE, is_measured=True)}
        WHERE model IS NOT NULL
        GROUP BY 1
        ORDER BY 2 DESC NULLS LAST, 1"""
    )
    return {row.pop("name"): row for row in found}


def _series(rollups: Rollups, key: TableKey, time_range: TimeRange) -> tuple[Row, ...]:
    """The rows of one aggregation: the measures of each key, and its further columns."""
    groups = rollups.covering(key.reads, is_measured=True)
    measures = _grouped(key, f"{key.shown} AS name, {_SUMMED}", groups)
    further = [
        _grouped(key, f"count(DISTINCT {column}) AS {name}", _rollup_with(rollups, key, column))
        for name, column in _DISTINCT.items()
    ]
    joins = " ".join(
        f"LEFT JOIN ({sql}) AS further{number} ON further{number}.key IS NOT DISTINCT FROM measures.key"
        for number, sql in enumerate([*further, _grouped(key, _QUANTILES, "selected")])
    )
    different = ", ".join(f"coalesce({name}, 0) AS {name}" for name in _DISTINCT)
    order = "measures.key" if key.is_time else "metrics_count DESC, name NULLS LAST"
    found = rollups.rows_of_events(
        f"SELECT measures.*, {different}, {_PERCENTILES} FROM ({measures}) AS measures {joins} ORDER BY {order}",
        ("duration_ms", *key.reads),
        only=f"duration_ms IS NOT NULL AND {_only(key)}",
    )
    rows = tuple(_shown(key, row, time_range.timezone) for row in found)
    if key.has_tool_uses:
        uses = _tool_uses(rollups, key)
        for row, shown in zip(found, rows, strict=True):
            shown[TOOL_USES.id] = uses.get(row["key"], {})
    return rows


def _rollup_with(rollups: Rollups, key: TableKey, column: str) -> str:
    """A rollup with the combinations of the key and the values of the column."""
    not_null = (column, *(key.reads if key.leaves_out_null else ()))
    return rollups.covering((*key.reads, column), not_null=not_null)


def _only(key: TableKey) -> str:
    return f"{key.sql} IS NOT NULL" if key.leaves_out_null else "true"


def _grouped(key: TableKey, values: str, relation: str) -> str:
    return f"SELECT {key.sql} AS key, {values} FROM {relation} WHERE {_only(key)} GROUP BY 1"


def _tool_uses(rollups: Rollups, key: TableKey) -> dict[Any, dict[str, int]]:
    """The number of uses of each tool for each key, the most used first.

    Fetched as rows: a map per key takes DuckDB five times as long.
    """
    found: dict[Any, dict[str, int]] = {}
    for of, tool, uses in rollups.values(
        f"""SELECT {key.sql} AS key, tool_name, sum(events)::BIGINT AS uses
        FROM {_rollup_with(rollups, key, "tool_name")}
        WHERE tool_name IS NOT NULL
        GROUP BY 1, 2
        ORDER BY uses DESC, tool_name"""
    ):
        found.setdefault(of, {})[tool] = uses
    return found


def _shown(key: TableKey, row: Row, timezone: str) -> Row:
    shown = {key.column: _key(key, row["name"], timezone), **_measured(row)}
    if key.has_times:
        seconds = (row["last_seen"] - row["first_seen"]) / timedelta(seconds=1)
        values = (shown["first_seen"], shown["last_seen"], seconds)
        shown |= {column.id: value for column, value in zip(START_AND_END, values, strict=True)}
    return shown


def _key(key: TableKey, value: Any, timezone: str) -> str | None:
    if not key.is_time:
        return None if value is None else str(value)
    instant: datetime = value
    if key.bucket != "hour":
        instant = start_of_day(value.date() if isinstance(value, datetime) else value, timezone)
    return in_zone(instant.replace(tzinfo=UTC), timezone).isoformat()


def _measured(row: Row) -> Row:
    """The measures of a row in their order."""
    measured = {name: row[name] for name in MEASURES}
    for name in _INSTANTS:
        moment = row[name]
        measured[name] = None if moment is None else moment.replace(tzinfo=UTC).isoformat()
    return measured
