"""The nine aggregations: what each is keyed by, which rollups it is made of, and its columns (events.md §4)."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from shannon_core.request.export_request import AggregationType
from shannon_core.tables.rollups import START_US, wall_clock_after

_DAY, _WEEK = 24, 7 * 24
"""In hours."""


MEASURES = (
    *("metrics_count", "sessions", "users", "errors", "success", "failure", "success_rate"),
    *("total_duration_ms", "avg_duration_ms", "min_duration_ms", "max_duration_ms"),
    *("p50_duration_ms", "p95_duration_ms", "p99_duration_ms"),
    *("tokens", "input_tokens", "output_tokens", "cache_creation_tokens", "cache_read_tokens", "cost_usd"),
    *("first_seen", "last_seen"),
)


@dataclass(frozen=True, slots=True)
class AggregationSpec:
    """One aggregation: its key over the columns ``of``, and the rollups that know its measures, sessions, users and tools."""

    type: AggregationType
    key_name: str
    key: str
    of: tuple[str, ...]
    measures: str
    sessions: str
    users: str
    tools: str | None = None
    only: str = "true"
    """Leaves groups out that have no key; without it they make a row with a null key."""
    name: str = "key"
    """What is shown for a key."""
    has_times: bool = False
    local_date: bool = False
    """The key is a date of the wall clock, shown as the instant at which it began."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of a row's values, in their order."""
        times = ("start_time", "end_time", "duration_seconds") if self.has_times else ()
        return (self.key_name, *MEASURES, *times, *(("tool_uses",) if self.tools else ()))

    @property
    def is_time_series(self) -> bool:
        """Whether rows follow one another in time."""
        return "hour" in self.of


def _over_time(kind: AggregationType, key_name: str, key: str, name: str) -> AggregationSpec:
    return AggregationSpec(
        kind,
        key_name,
        key,
        of=("hour", "shift"),
        measures="by_hour",
        sessions="hour_sessions",
        users="hour_users",
        name=name,
        local_date=kind is not AggregationType.HOURLY,
    )


def _by_column(kind: AggregationType, key_name: str, key: str, **others: Any) -> AggregationSpec:
    return AggregationSpec(kind, key_name, key, of=(key,), **others)


AGGREGATIONS = MappingProxyType(
    {
        spec.type: spec
        for spec in (
            _over_time(AggregationType.HOURLY, "timestamp", START_US, "make_timestamp(key)"),
            _over_time(
                AggregationType.DAILY, "timestamp", f"hour // {_DAY}", wall_clock_after(f"key * {_DAY}")
            ),
            _over_time(
                AggregationType.WEEKLY, "week_start", f"hour // {_WEEK}", wall_clock_after(f"key * {_WEEK}")
            ),
            _over_time(
                AggregationType.MONTHLY, "month", f"date_trunc('month', {wall_clock_after('hour')})", "key"
            ),
            _by_column(
                AggregationType.BY_SESSION,
                "session_id",
                "session",
                measures="by_session",
                sessions="by_session",
                users="session_users",
                tools="session_tools",
                name="any_value(session_id)",
                has_times=True,
            ),
            _by_column(
                AggregationType.BY_USER,
                "user_id",
                "user_id",
                measures="by_attributes",
                sessions="session_users",
                users="by_attributes",
                tools="by_attributes",
            ),
            _by_column(
                AggregationType.BY_TOOL,
                "tool",
                "tool_name",
                measures="by_attributes",
                sessions="session_tools",
                users="by_attributes",
                only="tool_name IS NOT NULL",
            ),
            _by_column(
                AggregationType.BY_AGENT,
                "agent",
                "agent_id",
                measures="by_attributes",
                sessions="session_tools",
                users="by_attributes",
                only="agent_id IS NOT NULL",
            ),
            _by_column(
                AggregationType.BY_PROJECT,
                "project_path",
                "project",
                measures="by_session",
                sessions="by_session",
                users="session_users",
                tools="session_tools",
            ),
        )
    }
)
