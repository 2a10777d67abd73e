"""The columns of the relation ``events``: one row per event of any source (events.md §1).

Each column is one entry with every fact about it. The store, Parquet, Excel, CSV, JSON, the terminal, the window,
pseudonyms and hazards read the entries; none of them lists columns itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from shannon_core.column_spec import Column, ScreenColumn, SheetColumn
from shannon_core.translation import translatable


def _tokens(name: str, title: str, meaning: str, place: int, width: int) -> Column:
    """A part of the tokens: hidden in the window until it is chosen."""
    return Column(
        name=name,
        sql_type="BIGINT",
        title=title,
        meaning=meaning,
        personal="none",
        unit="tokens",
        screen=ScreenColumn(place, width, is_rare=True),
    )


COLUMNS = (
    Column(
        name="id",
        sql_type="VARCHAR",
        title=translatable("Id"),
        meaning="the source's own id, else a UUIDv5 of the source and its key, so that reading again gives the same id",
        personal="none",
        is_required=True,
        is_member=True,
        is_name=True,
        repeats=False,
        packing="zstd",
        screen=ScreenColumn(240, 120),
        sheet=SheetColumn("ID", 38),
    ),
    Column(
        name="timestamp",
        sql_type="TIMESTAMP",
        title=translatable("Time"),
        meaning="when it happened (§2)",
        personal="none",
        unit="instant",
        is_required=True,
        is_member=True,
        repeats=False,
        screen=ScreenColumn(10, 184),
        sheet=SheetColumn("Timestamp", 24),
        in_terminal=True,
    ),
    Column(
        name="type",
        sql_type="VARCHAR",
        title=translatable("Type"),
        meaning="one of the types below; an unknown type is kept as it is",
        personal="none",
        is_required=True,
        is_member=True,
        screen=ScreenColumn(20, 152),
        sheet=SheetColumn("Type", 20),
        in_terminal=True,
    ),
    Column(
        name="session_id",
        sql_type="VARCHAR",
        title=translatable("Session"),
        meaning="the session it belongs to",
        personal="text",
        is_member=True,
        is_name=True,
        screen=ScreenColumn(80, 120),
        sheet=SheetColumn("Session ID", 38),
        in_terminal=True,
    ),
    Column(
        name="user_id",
        sql_type="VARCHAR",
        title=translatable("User"),
        meaning="the user, where the source names one",
        personal="user",
        is_member=True,
        is_name=True,
        screen=ScreenColumn(90, 92),
        sheet=SheetColumn("User ID", 14),
        in_terminal=True,
    ),
    Column(
        name="data",
        sql_type="VARCHAR",
        title=translatable("Data"),
        meaning="the event's own members",
        personal="json",
        is_member=True,
        is_json=True,
        repeats=False,
        packing="zstd",
        screen=ScreenColumn(230, 320),
        sheet=SheetColumn("Data", 80),
        in_terminal=True,
    ),
    Column(
        name="metadata",
        sql_type="VARCHAR",
        title=translatable("Metadata"),
        meaning="where it came from: source, file, line, version of the tool, branch",
        personal="json",
        is_member=True,
        is_json=True,
        repeats=False,
    ),
    Column(
        name="tool_name",
        sql_type="VARCHAR",
        title=translatable("Tool"),
        meaning="of a tool use",
        personal="none",
        is_name=True,
        screen=ScreenColumn(30, 120),
        sheet=SheetColumn("Tool Name", 20),
        in_terminal=True,
    ),
    Column(
        name="duration_ms",
        sql_type="DOUBLE",
        title=translatable("Duration"),
        meaning="how long it took; of a session, from its first event to its last",
        personal="none",
        unit="milliseconds",
        screen=ScreenColumn(40, 92, has_bar=True),
        sheet=SheetColumn("Duration (ms)", 14),
        in_terminal=True,
    ),
    Column(
        name="success",
        sql_type="BOOLEAN",
        title=translatable("Outcome"),
        meaning="null where the outcome is unknown",
        personal="none",
        unit="outcome",
        screen=ScreenColumn(50, 92),
        sheet=SheetColumn("Success", 10),
        in_terminal=True,
    ),
    Column(
        name="token_count",
        sql_type="BIGINT",
        title=translatable("Tokens"),
        meaning="input, output, cache writes and cache reads together, or the total that the source gives",
        personal="none",
        unit="tokens",
        screen=ScreenColumn(60, 84, has_bar=True),
        sheet=SheetColumn("Tokens", 12),
        in_terminal=True,
    ),
    Column(
        name="project_path",
        sql_type="VARCHAR",
        title=translatable("Project"),
        meaning="the working directory of a session, on the events that name one",
        personal="text",
        is_name=True,
        screen=ScreenColumn(120, 140),
    ),
    Column(
        name="model",
        sql_type="VARCHAR",
        title=translatable("Model"),
        meaning="the model, as the source spells it",
        personal="none",
        screen=ScreenColumn(100, 128),
    ),
    Column(
        name="agent_id",
        sql_type="VARCHAR",
        title=translatable("Agent"),
        meaning="the kind of agent, of an agent's run",
        personal="text",
        is_name=True,
        screen=ScreenColumn(110, 100),
    ),
    Column(
        name="command_name",
        sql_type="VARCHAR",
        title=translatable("Command"),
        meaning="of a command",
        personal="text",
        screen=ScreenColumn(130, 100),
    ),
    Column(
        name="error_type",
        sql_type="VARCHAR",
        title=translatable("Error"),
        meaning="of an error, or of a tool use that failed",
        personal="text",
        screen=ScreenColumn(140, 110),
    ),
    Column(
        name="operation",
        sql_type="VARCHAR",
        title=translatable("Operation"),
        meaning="of a `performance` event: what was measured",
        personal="text",
        screen=ScreenColumn(150, 110),
    ),
    _tokens("input_tokens", translatable("Input tokens"), "read anew, without the cache", 170, 100),
    _tokens("output_tokens", translatable("Output tokens"), "written, reasoning included", 180, 104),
    _tokens("cache_creation_tokens", translatable("Cache written"), "written into the cache", 190, 104),
    _tokens("cache_read_tokens", translatable("Cache read"), "read from the cache", 200, 96),
    Column(
        name="cost_usd",
        sql_type="DOUBLE",
        title=translatable("Cost"),
        meaning="the source's own cost, else tokens × prices, else null (sources.md, Decisions)",
        personal="none",
        unit="dollars",
        screen=ScreenColumn(70, 76),
    ),
    Column(
        name="source",
        sql_type="VARCHAR",
        title=translatable("Source"),
        meaning="the id of the source",
        personal="none",
        screen=ScreenColumn(160, 90),
    ),
    Column(
        name="source_file",
        sql_type="VARCHAR",
        title=translatable("File"),
        meaning="path of the log file",
        personal="text",
        is_name=True,
        screen=ScreenColumn(210, 200, is_rare=True),
    ),
    Column(
        name="source_line",
        sql_type="BIGINT",
        title=translatable("Line"),
        meaning="line in that file, from 1",
        personal="none",
        unit="count",
        screen=ScreenColumn(220, 72, is_rare=True),
    ),
    Column(
        name="extra",
        sql_type="VARCHAR",
        title=translatable("Other members"),
        meaning="members of a Shannon line beside its seven; null where there are none",
        personal="json",
        is_json=True,
        repeats=False,
    ),
    Column(
        name="notes",
        sql_type="INTEGER",
        title=translatable("Notes"),
        meaning="a set of bits, one for each alteration while reading",
        personal="none",
        unit="count",
        is_public=False,
    ),
)
"""Every column in its order; those of the seven members of a line begin it."""

EVENT_COLUMNS = MappingProxyType({column.name: column.sql_type for column in COLUMNS})
"""Name and SQL type."""
PUBLIC_COLUMNS = tuple(column.name for column in COLUMNS if column.is_public)
LINE_MEMBERS = tuple(column.name for column in COLUMNS if column.is_member)
"""The members of a line of a Shannon log, and of an event in JSON."""
JSON_COLUMNS = tuple(column.name for column in COLUMNS if column.is_json)


def column_of(name: str) -> Column:
    """The column of this name. KeyError where there is none."""
    return _BY_NAME[name]


_BY_NAME = MappingProxyType({column.name: column for column in COLUMNS})


def long_texts_last(columns: Iterable[Column]) -> tuple[Column, ...]:
    """In the order of rows that people read: JSON of any length at their end."""
    return tuple(sorted(columns, key=lambda column: column.is_json))


SHEET_COLUMNS = tuple((column, column.sheet) for column in long_texts_last(COLUMNS) if column.sheet)
"""The columns of the workbook's sheet of events, from left to right."""
TERMINAL_COLUMNS = long_texts_last(column for column in COLUMNS if column.in_terminal)
CSV_COLUMNS = tuple(column for column in COLUMNS if column.is_member and not column.is_json)
"""The first columns of a CSV; those after them are keys of ``data``."""
