"""Rollups: small tables of groups, each computed in one scan of the events, from which aggregations are summed.

Days are summed from hours, and most breakdowns from the same groups, so that each needs no scan of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

import duckdb

from shannon_core.query import statements
from shannon_core.request.filter_fields import RESOLVED_PROJECT
from shannon_core.request.measures import MEASURES
from shannon_core.request.selection import Selection
from shannon_core.request.table_keys import FIRST_US, HOUR_US
from shannon_core.store.sql_text import Query
from shannon_core.tables.result import Row
from shannon_core.tables.utc_offset import shift_between_clocks

_BASES = MappingProxyType(dict(base for measure in MEASURES.values() for base in measure.bases))
_MEASURED = tuple(dict.fromkeys(name for measure in MEASURES.values() for name in measure.reads))
_SUBTRACTED_TWICE = f"-sum(tokens) AS tokens, -{_BASES['priced_tokens']} AS priced_tokens"


@dataclass(frozen=True, slots=True)
class Rollup:
    """Events grouped by the columns ``keys``: all measures of each group, or only the number of its ``events``."""

    keys: tuple[str, ...]
    is_measured: bool = False
    any_of: tuple[str, ...] = ()
    """Excludes the events in which all of these columns are null."""

    def covers(self, need: Need) -> bool:
        """Whether a query that needs this can be answered from the groups."""
        has_all = set(need.columns) <= {*self.keys, *(("project",) if "project_path" in self.keys else ())}
        leaves_out_none = not self.any_of or any(name in need.not_null for name in self.any_of)
        return has_all and leaves_out_none and (self.is_measured or not need.is_measured)


@dataclass(frozen=True, slots=True)
class Need:
    """What a query needs of a rollup: columns, maybe measures, and columns whose null events it does not count."""

    columns: tuple[str, ...]
    is_measured: bool = False
    not_null: tuple[str, ...] = ()

    def rollup(self) -> Rollup:
        """The smallest rollup that covers it."""
        keys = dict.fromkeys(self.columns)
        if "project" in keys:
            keys = {"session": None, "project_path": None, **keys}
            del keys["project"]
        return Rollup(tuple(keys), self.is_measured, self.not_null[:1])


ROLLUPS = MappingProxyType(
    {
        "by_attributes": Rollup(
            ("user_id", "tool_name", "agent_id", "error_type", "model", "type"), is_measured=True
        ),
        "sessions_seen": Rollup(("session",)),
        "by_hour": Rollup(("hour", "shift"), is_measured=True),
        "by_session": Rollup(("session", "project_path"), is_measured=True),
        "session_users": Rollup(("session", "project_path", "user_id")),
        "session_tools": Rollup(
            ("session", "project_path", "tool_name", "agent_id"), any_of=("tool_name", "agent_id")
        ),
        "hour_users": Rollup(("hour", "shift", "user_id"), any_of=("user_id",)),
        "hour_sessions": Rollup(("hour", "shift", "session"), any_of=("session",)),
    }
)
"""Rollups that serve several queries, the small ones first; for a query that none of them covers, a further one is
computed. Those with ``project_path`` also have the ``session_id`` and the ``project`` of a group."""
_COLUMN_OF = MappingProxyType({"session": "session_id"})


class Rollups:
    """The rollups of one selection, each computed on its first use."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, selection: Selection, check: Callable[[], None]
    ) -> None:
        self._connection = connection
        self._check = check
        self._selection = selection
        self._where = statements.condition(selection)
        self._known = dict(ROLLUPS)
        self._made: set[str] = set()

    @classmethod
    @contextmanager
    def of(
        cls, connection: duckdb.DuckDBPyConnection, selection: Selection, check: Callable[[], None]
    ) -> Iterator[Rollups]:
        """Keep the rollups for the block; ``check`` is called between statements and may raise to cancel."""
        rollups = cls(connection, selection, check)
        try:
            if selection.text:
                rollups._find_events()
            yield rollups
        finally:
            for name in rollups._made:
                connection.execute(f"DROP TABLE IF EXISTS temp.{name}")

    def _find_events(self) -> None:
        """Find the events with the words once: searching texts takes longer than everything else."""
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
        """The rows of a query over rollups, as tuples: cheaper where they are many."""
        self._check()
        return self._connection.sql(sql).fetchall()

    def rows_of_events(self, sql: str, columns: tuple[str, ...], only: str = "true") -> list[Row]:
        """The rows of a query over these columns of the events, which it calls ``selected``."""
        self._check()
        return self._rows(f"WITH selected AS ({self._events(columns, only)}) {sql}", self._where.parameters)

    def _rows(self, sql: str, parameters: tuple[object, ...]) -> list[Row]:
        found = self._connection.sql(sql, params=list(parameters))
        return [dict(zip(found.columns, values, strict=True)) for values in found.fetchall()]

    def covering(
        self, columns: Sequence[str], *, is_measured: bool = False, not_null: Sequence[str] = ()
    ) -> str:
        """The name in SQL of a rollup that covers these columns: one that exists already, else the first of ROLLUPS.

        Events in which a column of ``not_null`` is null may be missing in it.
        """
        need = Need(tuple(columns), is_measured, tuple(not_null))
        known = [name for name, rollup in self._known.items() if rollup.covers(need)]
        made = [name for name in known if name in self._made]
        if not known:
            known = ["_".join(("of", *need.columns))]
            self._known[known[0]] = need.rollup()
        return self._table((made or known)[0])

    def _table(self, name: str) -> str:
        if name not in self._made:
            self._check()
            self._made.add(name)
            self._make(name, self._known[name])
        return f"temp.{name}"

    def _make(self, name: str, rollup: Rollup) -> None:
        keys = ", ".join(rollup.keys)
        counted = (
            ", ".join(f"{sql} AS {name}" for name, sql in _BASES.items())
            if rollup.is_measured
            else "count(*) AS events"
        )
        columns = (*rollup.keys, *_MEASURED) if rollup.is_measured else rollup.keys
        only = " OR ".join(f"{_COLUMN_OF.get(name, name)} IS NOT NULL" for name in rollup.any_of) or "true"
        groups = f"SELECT {keys}, {counted} FROM ({self._events(columns, only)}) GROUP BY ALL"
        if rollup.is_measured:
            again = self._events((*rollup.keys, "tokens", "cost_usd"), statements.IS_COUNTED_TWICE)
            groups += f" UNION ALL BY NAME SELECT {keys}, {_SUBTRACTED_TWICE} FROM ({again}) GROUP BY ALL"
        if "project_path" in rollup.keys:
            groups = f"""SELECT groups.*, session_id, coalesce(groups.project_path, own.project_path) AS project
                FROM ({groups}) AS groups
                LEFT JOIN (
                    SELECT {self._session} AS session, session_id, project_path FROM sessions
                ) AS own USING (session)"""
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
                return f"(epoch_us(timestamp) + shift + {FIRST_US}) // {HOUR_US}"
            case _:
                return column

    @cached_property
    def _shift(self) -> str:
        return shift_between_clocks(self._connection, self._selection.time_range)

    @cached_property
    def _session(self) -> str:
        """SQL that identifies a session: a hash, at half the cost of the id, unless two ids have the same hash."""
        are_distinct = "SELECT count(DISTINCT hash(session_id)) = count(session_id) FROM sessions"
        ((can_hash,),) = self._connection.sql(are_distinct).fetchall()
        return "CASE WHEN session_id IS NOT NULL THEN hash(session_id) END" if can_hash else "session_id"
