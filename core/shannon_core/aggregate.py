"""The nine aggregations: totals, breakdowns and rows of a selection, in SQL over the store (events.md §4).

An aggregation is one entry in AGGREGATIONS: its key as SQL, and which events and further columns it has. Days, weeks, months and
hours are those of the selection's zone; the two hours of one name when clocks go back are two rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import Any

import duckdb

from shannon_core import queries
from shannon_core.aggregation_result import AggregationResult, Row
from shannon_core.queries import Query
from shannon_core.request import AggregationType, Selection
from shannon_core.timeranges import in_zone, start_of_day
from shannon_core.wall import with_wall_clock

__all__ = ["AGGREGATIONS", "MEASURES", "AggregationResult", "AggregationSpec", "aggregate"]

_DAY, _WEEK, _MONTH = (f"date_trunc('{unit}', wall)" for unit in ("day", "week", "month"))
_HOUR = "greatest(timestamp - (wall - date_trunc('hour', wall)), TIMESTAMP '0001-01-01')"
"""The instant at which the event's hour of the wall clock began."""


@dataclass(frozen=True, slots=True)
class AggregationSpec:
    """One aggregation. ``only`` leaves events out that have no key; without it they make a row with a null key."""

    type: AggregationType
    key_name: str
    key: str
    only: str = "true"
    has_times: bool = False
    has_tool_uses: bool = False
    local_date: bool = False
    """The key is a date of the wall clock, shown as the instant at which it began."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of a row's values, in their order."""
        times = ("start_time", "end_time", "duration_seconds") if self.has_times else ()
        return (self.key_name, *MEASURES, *times, *(("tool_uses",) if self.has_tool_uses else ()))

    @property
    def is_time_series(self) -> bool:
        """Whether rows follow one another in time."""
        return self.key_name in ("timestamp", "week_start", "month")


AGGREGATIONS = MappingProxyType(
    {
        spec.type: spec
        for spec in (
            AggregationSpec(AggregationType.HOURLY, "timestamp", _HOUR),
            AggregationSpec(AggregationType.DAILY, "timestamp", _DAY, local_date=True),
            AggregationSpec(AggregationType.WEEKLY, "week_start", _WEEK, local_date=True),
            AggregationSpec(AggregationType.MONTHLY, "month", _MONTH, local_date=True),
            AggregationSpec(
                AggregationType.BY_SESSION, "session_id", "session_id", has_times=True, has_tool_uses=True
            ),
            AggregationSpec(AggregationType.BY_USER, "user_id", "user_id", has_tool_uses=True),
            AggregationSpec(AggregationType.BY_TOOL, "tool", "tool_name", only="tool_name IS NOT NULL"),
            AggregationSpec(AggregationType.BY_AGENT, "agent", "agent_id", only="agent_id IS NOT NULL"),
            AggregationSpec(AggregationType.BY_PROJECT, "project_path", "project", has_tool_uses=True),
        )
    }
)

# fsum compensates rounding, so that a total does not depend on the order of a million additions
_MEASURES = """count(*) AS metrics_count,
    count(DISTINCT session_id) AS sessions,
    count(DISTINCT user_id) AS users,
    count(*) FILTER (WHERE type = 'error_occurred') AS errors,
    count(*) FILTER (WHERE success) AS success,
    count(*) FILTER (WHERE NOT success) AS failure,
    count(*) FILTER (WHERE success) / nullif(count(success), 0) AS success_rate,
    coalesce(fsum(duration_ms), 0) AS total_duration_ms,
    fsum(duration_ms) / nullif(count(duration_ms), 0) AS avg_duration_ms,
    min(duration_ms) AS min_duration_ms,
    max(duration_ms) AS max_duration_ms,
    quantile_cont(duration_ms, [0.5, 0.95, 0.99]) AS percentiles,
    coalesce(sum(tokens), 0)::HUGEINT AS tokens,
    coalesce(sum(input_tokens), 0)::HUGEINT AS input_tokens,
    coalesce(sum(output_tokens), 0)::HUGEINT AS output_tokens,
    coalesce(sum(cache_creation_tokens), 0)::HUGEINT AS cache_creation_tokens,
    coalesce(sum(cache_read_tokens), 0)::HUGEINT AS cache_read_tokens,
    fsum(cost_usd) AS cost_usd,
    min(timestamp) AS first_seen,
    max(timestamp) AS last_seen"""
_PRICED = "coalesce(sum(tokens) FILTER (WHERE cost_usd IS NOT NULL), 0)::HUGEINT AS priced_tokens"
MEASURES = (
    *("metrics_count", "sessions", "users", "errors", "success", "failure", "success_rate"),
    *("total_duration_ms", "avg_duration_ms", "min_duration_ms", "max_duration_ms"),
    *("p50_duration_ms", "p95_duration_ms", "p99_duration_ms"),
    *("tokens", "input_tokens", "output_tokens", "cache_creation_tokens", "cache_read_tokens", "cost_usd"),
    *("first_seen", "last_seen"),
)
_USAGE = """count(*) AS count,
    count(*) FILTER (WHERE success) AS success,
    count(*) FILTER (WHERE NOT success) AS failure,
    count(*) FILTER (WHERE success IS NULL) AS unknown,
    coalesce(fsum(duration_ms), 0) AS total_duration_ms,
    fsum(duration_ms) / nullif(count(duration_ms), 0) AS avg_duration_ms"""


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
    asking = _Asking(connection, selection, check)
    (whole,) = asking.rows(f"SELECT {_MEASURES}, {_PRICED} FROM selected")
    shared: dict[str, Any] = {
        "start_time": selection.time_range.start,
        "end_time": selection.time_range.end,
        "timezone": selection.time_range.timezone,
        "totals": {**asking.measured(whole), "priced_tokens": whole["priced_tokens"]},
        "by_type": asking.counts("type"),
        "tools": asking.usage("tool_name"),
        "agents": asking.usage("agent_id"),
        "errors": asking.counts("error_type"),
        "models": asking.models(),
    }
    return {
        item: AggregationResult(type=item, rows=asking.series(AGGREGATIONS[item]), **shared)
        for item in wanted
    }


class _Asking:
    """Asks the store about one selection."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, selection: Selection, check: Callable[[], None]
    ) -> None:
        self._connection = connection
        self._check = check
        self._time_range = selection.time_range
        where = queries.condition(selection)
        self._selected = f"""WITH selected AS (
            SELECT timestamp, type, session_id, user_id, tool_name, agent_id, error_type, model, duration_ms, success,
                input_tokens, output_tokens, cache_creation_tokens, cache_read_tokens, cost_usd,
                {queries.COUNTED_TOKENS} AS tokens, {queries.RESOLVED_PROJECT} AS project
            FROM events WHERE {where.sql})"""
        self._parameters = list(where.parameters)

    def rows(self, sql: str, *parameters: object) -> list[Row]:
        """The rows of a query over ``selected``, as dictionaries."""
        self._check()
        found = self._connection.sql(f"{self._selected} {sql}", params=[*self._parameters, *parameters])
        return [dict(zip(found.columns, values, strict=True)) for values in found.fetchall()]

    def counts(self, column: str) -> dict[str, int]:
        """How many events have each value of the column, most frequent first."""
        found = self.rows(
            f"SELECT {column} AS value, count(*) AS events FROM selected WHERE {column} IS NOT NULL"
            " GROUP BY 1 ORDER BY 2 DESC, 1"
        )
        return {row["value"]: row["events"] for row in found}

    def usage(self, column: str) -> dict[str, Row]:
        """How each tool or agent fared, most frequent first."""
        found = self.rows(
            f"SELECT {column} AS name, {_USAGE} FROM selected WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
        )
        return {row.pop("name"): row for row in found}

    def models(self) -> dict[str, Row]:
        """Tokens and cost of each model, the largest first."""
        found = self.rows(
            "SELECT model AS name, sum(tokens)::HUGEINT AS tokens, fsum(cost_usd) AS cost_usd FROM selected"
            " WHERE model IS NOT NULL GROUP BY 1 ORDER BY 2 DESC NULLS LAST, 1"
        )
        return {row.pop("name"): row for row in found}

    def series(self, spec: AggregationSpec) -> tuple[Row, ...]:
        """The rows of one aggregation."""
        order = "key" if spec.is_time_series else "metrics_count DESC, key NULLS LAST"
        tools = (
            ", histogram(tool_name) FILTER (WHERE tool_name IS NOT NULL) AS tool_uses"
            if spec.has_tool_uses
            else ""
        )
        # a session has one session: counting it as distinct would cost as much as all the other measures
        measures = _MEASURES.replace(f"count(DISTINCT {spec.key})", f"least(count({spec.key}), 1)")
        source = self._on_the_wall if spec.is_time_series else Query("selected")
        found = self.rows(
            f"SELECT {spec.key} AS key, {measures}{tools} FROM {source.sql} WHERE {spec.only} GROUP BY 1 ORDER BY {order}",
            *source.parameters,
        )
        return tuple(self._shown(spec, row) for row in found)

    @cached_property
    def _on_the_wall(self) -> Query:
        return with_wall_clock(self._connection, self._time_range, "selected")

    def _shown(self, spec: AggregationSpec, row: Row) -> Row:
        first, last = row["first_seen"], row["last_seen"]
        shown = {spec.key_name: self._key(spec, row["key"]), **self.measured(row)}
        if spec.has_times:
            seconds = (last - first) / timedelta(seconds=1)
            shown |= {"start_time": _iso(first), "end_time": _iso(last), "duration_seconds": seconds}
        if spec.has_tool_uses:
            uses = row["tool_uses"] or {}
            shown["tool_uses"] = dict(sorted(uses.items(), key=lambda item: (-item[1], item[0])))
        return shown

    def _key(self, spec: AggregationSpec, key: Any) -> str | None:
        if not spec.is_time_series:
            return None if key is None else str(key)
        instant = (
            start_of_day(key.date() if isinstance(key, datetime) else key, self._time_range.timezone)
            if spec.local_date
            else key
        )
        return in_zone(instant.replace(tzinfo=UTC), self._time_range.timezone).isoformat()

    def measured(self, row: Row) -> Row:
        """The measures of a row in their order."""
        p50, p95, p99 = row["percentiles"] or (None, None, None)
        whole = {**row, "p50_duration_ms": p50, "p95_duration_ms": p95, "p99_duration_ms": p99}
        whole |= {name: _iso(row[name]) for name in ("first_seen", "last_seen")}
        return {name: whole[name] for name in MEASURES}


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.replace(tzinfo=UTC).isoformat()
