"""The keys of tables: one entry for each, with the named aggregation over it (events.md §4).

The command line, job files, the tables, Excel, CSV, JSON, reports and the window read the entries. Ids of aggregations
are text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from shannon_core.errors import RequestError
from shannon_core.translation import translatable

if TYPE_CHECKING:
    from shannon_core.request.measures import TableColumn

_DAY, _WEEK = 24, 7 * 24
"""Hours of a day and of a week."""
HOUR_US = 3_600_000_000
FIRST_US = 62_135_596_800_000_000
"""Microseconds from the first hour of the year 1, which was a Monday's, to 1970."""


def wall_clock_after(hours: str) -> str:
    """SQL for the wall clock at a number of hours after the start of the year 1, a Monday; ``hour`` counts them."""
    return f"make_timestamp(({hours}) * {HOUR_US} - {FIRST_US})"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableKey:
    """One key over the columns ``reads`` of the events, and the aggregation by it."""

    id: str
    aggregation: str
    title: str
    """The title of the aggregation."""
    column: str
    """The name of the first column of its rows."""
    column_heading: str
    """Its heading in Excel and in reports."""
    column_title: str = ""
    """Its title in the window, where that is not the title of ``field``."""
    sql: str
    """The key, over columns that rollups have: hour, shift, session, project and the events' own."""
    reads: tuple[str, ...]
    shown: str = "key"
    """SQL for the shown value of a key."""
    field: str = ""
    """The filter field that selects the events of a row; a key over time has none."""
    bucket: Literal["", "hour", "day", "week", "month"] = ""
    """The span of a key over time. Days, weeks and months are dates of the wall clock, shown as the instant at which
    they began."""
    about: timedelta | None = None
    """The usual length of a bucket, from which the number of rows is estimated."""
    leaves_out_null: bool = False
    """Omit events without a key; else they have a row with a null key."""
    has_times: bool = False
    has_tool_uses: bool = False
    width: int = 20
    """The width of the key's column in a sheet, in characters."""

    @property
    def is_time(self) -> bool:
        """Whether rows follow one another in time."""
        return bool(self.bucket)

    @property
    def columns(self) -> tuple[TableColumn, ...]:
        """The columns of a row, in their order."""
        # a request needs the ids of aggregations only, and each start of the command line makes its options of them
        from shannon_core.event_columns import column_of
        from shannon_core.request.measures import MEASURES, START_AND_END, TOOL_USES, TableColumn

        key = TableColumn(
            id=self.column,
            title=self.column_title or column_of(self.field).title,
            heading=self.column_heading,
            unit="instant" if self.is_time else "text",
        )
        times = START_AND_END if self.has_times else ()
        return (key, *MEASURES.values(), *times, *((TOOL_USES,) if self.has_tool_uses else ()))

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of a row's values, in their order."""
        return tuple(column.id for column in self.columns)


_KEYS = (
    TableKey(
        id="hour",
        aggregation="hourly",
        title=translatable("Hourly"),
        column="timestamp",
        column_heading="Timestamp",
        column_title=translatable("Time"),
        sql=f"greatest(hour * {HOUR_US} - {FIRST_US} - shift, -{FIRST_US})",
        reads=("hour", "shift"),
        shown="make_timestamp(key)",
        bucket="hour",
        about=timedelta(hours=1),
    ),
    TableKey(
        id="day",
        aggregation="daily",
        title=translatable("Daily"),
        column="timestamp",
        column_heading="Timestamp",
        column_title=translatable("Time"),
        sql=f"hour // {_DAY}",
        reads=("hour", "shift"),
        shown=wall_clock_after(f"key * {_DAY}"),
        bucket="day",
        about=timedelta(days=1),
    ),
    TableKey(
        id="week",
        aggregation="weekly",
        title=translatable("Weekly"),
        column="week_start",
        column_heading="Week start",
        column_title=translatable("Week from"),
        sql=f"hour // {_WEEK}",
        reads=("hour", "shift"),
        shown=wall_clock_after(f"key * {_WEEK}"),
        bucket="week",
        about=timedelta(days=7),
    ),
    TableKey(
        id="month",
        aggregation="monthly",
        title=translatable("Monthly"),
        column="month",
        column_heading="Month",
        column_title=translatable("Month"),
        sql=f"date_trunc('month', {wall_clock_after('hour')})",
        reads=("hour", "shift"),
        bucket="month",
        about=timedelta(days=30),
    ),
    TableKey(
        id="session",
        aggregation="by_session",
        title=translatable("By session"),
        column="session_id",
        column_heading="Session id",
        sql="session",
        reads=("session",),
        shown="any_value(session_id)",
        field="session_id",
        has_times=True,
        has_tool_uses=True,
        width=38,
    ),
    TableKey(
        id="user",
        aggregation="by_user",
        title=translatable("By user"),
        column="user_id",
        column_heading="User id",
        sql="user_id",
        reads=("user_id",),
        field="user_id",
        has_tool_uses=True,
    ),
    TableKey(
        id="tool",
        aggregation="by_tool",
        title=translatable("By tool"),
        column="tool",
        column_heading="Tool",
        sql="tool_name",
        reads=("tool_name",),
        field="tool_name",
        leaves_out_null=True,
    ),
    TableKey(
        id="agent",
        aggregation="by_agent",
        title=translatable("By agent"),
        column="agent",
        column_heading="Agent",
        sql="agent_id",
        reads=("agent_id",),
        field="agent_id",
        leaves_out_null=True,
    ),
    TableKey(
        id="project",
        aggregation="by_project",
        title=translatable("By project"),
        column="project_path",
        column_heading="Project path",
        sql="project",
        reads=("project",),
        field="project_path",
        has_tool_uses=True,
        width=38,
    ),
    TableKey(
        id="model",
        aggregation="by_model",
        title=translatable("By model"),
        column="model",
        column_heading="Model",
        sql="model",
        reads=("model",),
        field="model",
    ),
)
AGGREGATIONS = MappingProxyType({key.aggregation: key for key in _KEYS})
"""The keys by the id of the aggregation over them, in the order of the screen."""


def table_key(aggregation: str) -> TableKey:
    """The key of an aggregation. RequestError with the known ids where there is no such aggregation."""
    if aggregation not in AGGREGATIONS:
        raise RequestError("aggregation_unknown", aggregation=aggregation, aggregations=tuple(AGGREGATIONS))
    return AGGREGATIONS[aggregation]


def aggregation_id(text: str) -> str:
    """The text as the id of an aggregation. RequestError, with the known ids, where it is unknown."""
    return table_key(text).aggregation
