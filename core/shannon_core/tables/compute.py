"""The nine aggregations: totals, breakdowns and rows of a selection, in SQL over the store (events.md §4).

Days, weeks, months and hours are those of the selection's zone; the two hours of one name when clocks go back are two rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb

from shannon_core.request.export_request import AggregationType
from shannon_core.request.selection import Selection
from shannon_core.request.time_range import TimeRange, in_zone, start_of_day
from shannon_core.tables.result import AggregationResult, Row
from shannon_core.tables.rollups import TOKENS, Rollups
from shannon_core.tables.specs import AGGREGATIONS, MEASURES, AggregationSpec

_DURATIONS = """coalesce(fsum(duration_ms), 0) AS total_duration_ms,
    fsum(duration_ms) / nullif(sum(timed), 0) AS avg_duration_ms"""
_OUTCOMES = "coalesce(sum(success), 0)::BIGINT AS success, coalesce(sum(failure), 0)::BIGINT AS failure"
_SUMMED = f"""coalesce(sum(events), 0)::BIGINT AS metrics_count,
    coalesce(sum(errors), 0)::BIGINT AS errors,
    {_OUTCOMES},
    sum(success) / nullif(sum(success) + sum(failure), 0) AS success_rate,
    {_DURATIONS},
    min(min_duration_ms) AS min_duration_ms,
    max(max_duration_ms) AS max_duration_ms,
    {", ".join(f"coalesce(sum({name}), 0)::HUGEINT AS {name}" for name in TOKENS)},
    fsum(cost_usd) AS cost_usd,
    min(first_seen) AS first_seen,
    max(last_seen) AS last_seen"""
_PERCENTILES = ", ".join(
    f"percentiles[{place}] AS {name}_duration_ms" for place, name in enumerate(("p50", "p95", "p99"), 1)
)
_QUANTILES = "quantile_cont(duration_ms, [0.5, 0.95, 0.99]) AS percentiles"
_USAGE = f"sum(events)::BIGINT AS count, {_OUTCOMES}, sum(events - success - failure)::BIGINT AS unknown, {_DURATIONS}"


def aggregate(
    connection: duckdb.DuckDBPyConnection,
    selection: Selection,
    types: Iterable[AggregationType],
    check: Callable[[], None] = lambda: None,
) -> dict[AggregationType, AggregationResult]:
    """The aggregations of these types over the selection; totals and breakdowns are computed once for all.

    ``check`` is called between statements and may raise to give up.
    """
    wanted = list(types)
    if not wanted:
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
            item: AggregationResult(
                type=item, rows=_series(rollups, AGGREGATIONS[item], selection.time_range), **shared
            )
            for item in wanted
        }


def _totals(rollups: Rollups) -> Row:
    kinds, seen = rollups.table("by_attributes"), rollups.table("sessions_seen")
    (whole,) = rollups.rows(
        f"""SELECT {_SUMMED}, coalesce(sum(priced_tokens), 0)::HUGEINT AS priced_tokens,
            count(DISTINCT user_id) AS users, (SELECT count(session) FROM {seen}) AS sessions FROM {kinds}"""
    )
    (durations,) = rollups.rows_of_events(
        f"SELECT {_PERCENTILES} FROM (SELECT {_QUANTILES} FROM selected)", ("duration_ms",)
    )
    return {**_measured({**whole, **durations}), "priced_tokens": whole["priced_tokens"]}


def _counts(rollups: Rollups, column: str) -> dict[str, int]:
    """How many events have each value of the column, most frequent first."""
    found = rollups.rows(
        f"SELECT {column} AS value, sum(events)::BIGINT AS events FROM {rollups.table('by_attributes')}"
        f" WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    return {row["value"]: row["events"] for row in found}


def _usage(rollups: Rollups, column: str) -> dict[str, Row]:
    """The outcomes of each tool or agent, most frequent first."""
    found = rollups.rows(
        f"SELECT {column} AS name, {_USAGE} FROM {rollups.table('by_attributes')}"
        f" WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    return {row.pop("name"): row for row in found}


def _models(rollups: Rollups) -> dict[str, Row]:
    """Tokens and cost of each model, the largest first."""
    found = rollups.rows(
        f"SELECT model AS name, sum(tokens)::HUGEINT AS tokens, fsum(cost_usd) AS cost_usd FROM {rollups.table('by_attributes')}"
        " WHERE model IS NOT NULL GROUP BY 1 ORDER BY 2 DESC NULLS LAST, 1"
    )
    return {row.pop("name"): row for row in found}


def _series(rollups: Rollups, spec: AggregationSpec, time_range: TimeRange) -> tuple[Row, ...]:
    """The rows of one aggregation: of each key its measures, and what else is told of it."""
    measures = _grouped(spec, f"{spec.name} AS name, {_SUMMED}", rollups.table(spec.measures))
    further = (
        _grouped(spec, "count(DISTINCT session) AS sessions", rollups.table(spec.sessions)),
        _grouped(spec, "count(DISTINCT user_id) AS users", rollups.table(spec.users)),
        _grouped(spec, _QUANTILES, "selected"),
    )
    joins = " ".join(
        f"LEFT JOIN ({sql}) AS further{number} ON further{number}.key IS NOT DISTINCT FROM measures.key"
        for number, sql in enumerate(further)
    )
    order = "measures.key" if spec.is_time_series else "metrics_count DESC, name NULLS LAST"
    found = rollups.rows_of_events(
        f"""SELECT measures.*, coalesce(sessions, 0) AS sessions, coalesce(users, 0) AS users, {_PERCENTILES}
        FROM ({measures}) AS measures {joins} ORDER BY {order}""",
        ("duration_ms", *spec.of),
        only=f"duration_ms IS NOT NULL AND {spec.only}",
    )
    rows = tuple(_shown(spec, row, time_range.timezone) for row in found)
    if spec.tools:
        uses = _tool_uses(rollups, spec.tools, spec.key)
        for row, shown in zip(found, rows, strict=True):
            shown["tool_uses"] = uses.get(row["key"], {})
    return rows


def _grouped(spec: AggregationSpec, values: str, relation: str) -> str:
    return f"SELECT {spec.key} AS key, {values} FROM {relation} WHERE {spec.only} GROUP BY 1"


def _tool_uses(rollups: Rollups, rollup: str, key: str) -> dict[Any, dict[str, int]]:
    """How often each tool was used for each key, the most used first. In rows: a map a key takes the engine five times as long."""
    found: dict[Any, dict[str, int]] = {}
    for of, tool, uses in rollups.values(
        f"""SELECT {key} AS key, tool_name, sum(events)::BIGINT AS uses FROM {rollups.table(rollup)}
        WHERE tool_name IS NOT NULL GROUP BY 1, 2 ORDER BY uses DESC, tool_name"""
    ):
        found.setdefault(of, {})[tool] = uses
    return found


def _shown(spec: AggregationSpec, row: Row, timezone: str) -> Row:
    shown = {spec.key_name: _key(spec, row["name"], timezone), **_measured(row)}
    if spec.has_times:
        seconds = (row["last_seen"] - row["first_seen"]) / timedelta(seconds=1)
        shown |= {
            "start_time": shown["first_seen"],
            "end_time": shown["last_seen"],
            "duration_seconds": seconds,
        }
    return shown


def _key(spec: AggregationSpec, key: Any, timezone: str) -> str | None:
    if not spec.is_time_series:
        return None if key is None else str(key)
    instant = (
        start_of_day(key.date() if isinstance(key, datetime) else key, timezone) if spec.local_date else key
    )
    return in_zone(instant.replace(tzinfo=UTC), timezone).isoformat()


def _measured(row: Row) -> Row:
    """The measures of a row in their order."""
    measured = {name: row[name] for name in MEASURES}
    for name in ("first_seen", "last_seen"):
        moment = row[name]
        measured[name] = None if moment is None else moment.replace(tzinfo=UTC).isoformat()
    return measured
