"""What the aggregations of a selection are made of: small tables, each counted in one scan of its events.

Days are made of hours, and most breakdowns of the same few groups, so that the events are not gone through for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

import duckdb

from shannon_core.query import statements
from shannon_core.request.filter_fields import RESOLVED_PROJECT
from shannon_core.request.selection import Selection
from shannon_core.store.sql_text import Query
from shannon_core.tables.result import Row
from shannon_core.tables.utc_offset import shift_between_clocks

TOKENS = ("tokens", "input_tokens", "output_tokens", "cache_creation_tokens", "cache_read_tokens")
# fsum compensates rounding, so that a total does not depend on the order of a million additions
_MEASURES = f"""count(*) AS events,
    count(*) FILTER (WHERE type = 'error_occurred') AS errors,
    count(*) FILTER (WHERE success) AS success,
    count(*) FILTER (WHERE NOT success) AS failure,
    count(duration_ms) AS timed,
    fsum(duration_ms) AS duration_ms,
    min(duration_ms) AS min_duration_ms,
    max(duration_ms) AS max_duration_ms,
    {", ".join(f"sum({name}) AS {name}" for name in TOKENS)},
    sum(tokens) FILTER (WHERE cost_usd IS NOT NULL) AS priced_tokens,
    fsum(cost_usd) AS cost_usd,
    min(timestamp) AS first_seen,
    max(timestamp) AS last_seen"""
_MEASURED = ("timestamp", "type", "success", "duration_ms", *TOKENS, "cost_usd")
_COUNTED_TWICE = (
    """-sum(tokens) AS tokens, -sum(tokens) FILTER (WHERE cost_usd IS NOT NULL) AS priced_tokens"""
)
_HOUR_US = 3_600_000_000
_FIRST_US = 62_135_596_800_000_000
"""Microseconds from the first hour of the year 1, which was a Monday's, to 1970."""
START_US = f"greatest(hour * {_HOUR_US} - {_FIRST_US} - shift, -{_FIRST_US})"
"""The instant at which an hour of the wall clock begins, in microseconds since 1970."""


def wall_clock_after(hours: str) -> str:
    """The wall clock so many hours after the year 1 began, which was on a Monday; ``hour`` counts them."""
    return f"make_timestamp(({hours}) * {_HOUR_US} - {_FIRST_US})"


@dataclass(frozen=True, slots=True)
class Rollup:
    """Events grouped by the columns ``keys``: all measures of each group, or only how many ``events`` it has."""

    keys: tuple[str, ...]
    is_measured: bool = False
    only: str = "true"


ROLLUPS = MappingProxyType(
    {
        "by_attributes": Rollup(
            ("user_id", "tool_name", "agent_id", "error_type", "model", "type"), is_measured=True
        ),
        "by_hour": Rollup(("hour", "shift"), is_measured=True),
        "hour_sessions": Rollup(("hour", "shift", "session"), only="session_id IS NOT NULL"),
        "hour_users": Rollup(("hour", "shift", "user_id"), only="user_id IS NOT NULL"),
        "by_session": Rollup(("session", "project_path"), is_measured=True),
        "session_users": Rollup(("session", "project_path", "user_id")),
        "session_tools": Rollup(
            ("session", "project_path", "tool_name", "agent_id"),
            only="tool_name IS NOT NULL OR agent_id IS NOT NULL",
        ),
        "sessions_seen": Rollup(("session",)),
    }
)
"""Those of sessions also tell the ``session_id`` and the ``project`` that a group belongs to."""


class Rollups:
    """The rollups of one selection, each made when it is first asked for."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, selection: Selection, check: Callable[[], None]
    ) -> None:
        self._connection = connection
        self._check = check
        self._selection = selection
        self._where = statements.condition(selection)
        self._made: set[str] = set()

    @classmethod
    @contextmanager
    def of(
        cls, connection: duckdb.DuckDBPyConnection, selection: Selection, check: Callable[[], None]
    ) -> Iterator[Rollups]:
        """For the time of the block; ``check`` is called between statements and may raise to give up."""
        rollups = cls(connection, selection, check)
        try:
            if selection.text:
                rollups._find_events()
            yield rollups
        finally:
            for name in rollups._made:
                connection.execute(f"DROP TABLE IF EXISTS temp.{name}")

    def _find_events(self) -> None:
        """Look for words once: that takes longer than everything else."""
        self._made.add("found")
        self._connection.execute(
            f"CREATE OR REPLACE TEMP TABLE found AS SELECT rowid AS row FROM events WHERE {self._where.sql}",
            list(self._where.parameters),
        )
        self._where = Query("rowid IN (SELECT row FROM temp.found)")

    def rows(self, sql: str) -> list[Row]:
        """The rows of a query over rollups, as dictionaries."""
        self._check()
        return self._rows(sql, ())

    def values(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a query over rollups, where they are many."""
        self._check()
        return self._connection.sql(sql).fetchall()

    def rows_of_events(self, sql: str, columns: tuple[str, ...], only: str = "true") -> list[Row]:
        """The rows of a query over these columns of the events, which it calls ``selected``."""
        self._check()
        return self._rows(f"WITH selected AS ({self._events(columns, only)}) {sql}", self._where.parameters)

    def _rows(self, sql: str, parameters: tuple[object, ...]) -> list[Row]:
        found = self._connection.sql(sql, params=list(parameters))
        return [dict(zip(found.columns, values, strict=True)) for values in found.fetchall()]

    def table(self, name: str) -> str:
        """The name of a rollup in SQL."""
        if name not in self._made:
            self._check()
            self._made.add(name)
            self._make(name, ROLLUPS[name])
        return f"temp.{name}"

    def _make(self, name: str, rollup: Rollup) -> None:
        keys = ", ".join(rollup.keys)
        counted = _MEASURES if rollup.is_measured else "count(*) AS events"
        columns = (*rollup.keys, *_MEASURED) if rollup.is_measured else rollup.keys
        groups = f"SELECT {keys}, {counted} FROM ({self._events(columns, rollup.only)}) GROUP BY ALL"
        if rollup.is_measured:
            again = self._events((*rollup.keys, "tokens", "cost_usd"), statements.IS_COUNTED_TWICE)
            groups += f" UNION ALL BY NAME SELECT {keys}, {_COUNTED_TWICE} FROM ({again}) GROUP BY ALL"
        if "project_path" in rollup.keys:
            groups = f"""SELECT groups.*, session_id, coalesce(groups.project_path, own.project_path) AS project
                FROM ({groups}) AS groups
                LEFT JOIN (SELECT {self._session} AS session, session_id, project_path FROM sessions) AS own USING (session)"""
        parameters = self._where.parameters * (2 if rollup.is_measured else 1)
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {groups}", list(parameters))

    def _events(self, columns: tuple[str, ...], only: str) -> str:
        shown = dict.fromkeys(columns)
        if "hour" in shown:
            shown = {"shift": None, **shown}
        listed = ", ".join(f"{self._expression(name)} AS {name}" for name in shown)
        return f"SELECT {listed} FROM events WHERE ({self._where.sql}) AND ({only})"

    def _expression(self, column: str) -> str:
        match column:
            case "tokens":
                return "token_count"
            case "project":
                return RESOLVED_PROJECT
            case "session":
                return self._session
            case "shift":
                return self._shift
            case "hour":
                return f"(epoch_us(timestamp) + shift + {_FIRST_US}) // {_HOUR_US}"
            case _:
                return column

    @cached_property
    def _shift(self) -> str:
        return shift_between_clocks(self._connection, self._selection.time_range)

    @cached_property
    def _session(self) -> str:
        """What tells sessions apart: a hash, which is half as costly as the name, unless two names have the same."""
        are_distinct = "SELECT count(DISTINCT hash(session_id)) = count(session_id) FROM sessions"
        ((can_hash,),) = self._connection.sql(are_distinct).fetchall()
        return "CASE WHEN session_id IS NOT NULL THEN hash(session_id) END" if can_hash else "session_id"
