"""Parses lines into the relation ``events``: the odd ones are settled first, the rest goes through one SQL statement.

Every non-blank line ends as an event or as a rejected line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import duckdb
import pyarrow as pa

from shannon_core.schema import EVENT_COLUMNS, arrow_schema
from shannon_core.sources.lines import LINE_SCHEMA, RejectedLine, excerpt
from shannon_core.sources.settle import settle

NUMBERED_LINES = LINE_SCHEMA.append(pa.field("file_no", pa.int32()))
_REPAIRED = NUMBERED_LINES.append(pa.field("notes", pa.int32()))
_NAMES = arrow_schema(file_no=pa.int32(), source_file=pa.string())
EVENT_MEMBERS = frozenset(("id", "timestamp", "type", "session_id", "user_id", "data", "metadata"))
_COUNT = """SELECT file_no, count(*) FROM lines
WHERE NOT (strlen(line) < 100 AND trim(line, E' \\t\\r\\n') = '') GROUP BY 1"""


@dataclass(slots=True)
class Loaded:
    """What became of the lines of one statement, by file number."""

    events: int = 0
    lines: dict[int, int] = field(default_factory=dict)
    rejected: list[tuple[int, RejectedLine]] = field(default_factory=list)


def load_lines(connection: duckdb.DuckDBPyConnection, lines: pa.Table, names: Mapping[int, str]) -> Loaded:
    """Insert the events among these NUMBERED_LINES; ``names`` gives each file number its ``source_file``."""
    loaded = Loaded()
    named = pa.table({"file_no": list(names), "source_file": list(names.values())}, schema=_NAMES)
    with registered(connection, lines=lines, file_names=named):
        loaded.lines = dict(connection.sql(_COUNT).fetchall())
        shapes = connection.sql(_sql("shapes")).fetchall()
        odd = connection.sql(_sql("suspicious"), params={"repeats": _has_equal_keys(shapes)}).to_arrow_table()
        repaired = _settle(odd, loaded)
        with registered(connection, odd=odd, repaired=repaired):
            _insert(connection, loaded, {"extends": repaired.num_rows > 0 or _has_further_keys(shapes)})
    return loaded


def _settle(odd: pa.Table, loaded: Loaded) -> pa.Table:
    repaired = []
    for row in odd.to_pylist():
        verdict = settle(row["line"])
        if verdict.reason == "blank":
            loaded.lines[row["file_no"]] -= 1
        elif verdict.reason:
            loaded.rejected.append(
                (row["file_no"], RejectedLine(row["line_no"], verdict.reason, excerpt(row["line"])))
            )
        else:
            repaired.append({**row, "line": verdict.line, "notes": verdict.notes})
    return pa.Table.from_pylist(repaired, schema=_REPAIRED)


def _has_equal_keys(shapes: list[tuple[list[list[str] | None]]]) -> bool:
    return any(len(set(keys)) < len(keys) for (parts,) in shapes for keys in parts if keys)


def _has_further_keys(shapes: list[tuple[list[list[str] | None]]]) -> bool:
    return any(not EVENT_MEMBERS.issuperset(parts[0] or ()) for (parts,) in shapes)


def _insert(connection: duckdb.DuckDBPyConnection, loaded: Loaded, flags: dict[str, bool]) -> None:
    columns = ", ".join(EVENT_COLUMNS)
    parsed = f"WITH clean AS ({_sql('clean')}), parsed AS ({_sql('shannon')}) "
    inserted = connection.execute(
        f"INSERT INTO events ({columns}) {parsed} SELECT {columns} FROM parsed JOIN file_names USING (file_no)"
        " WHERE reason IS NULL",
        flags,
    ).fetchall()[0][0]
    loaded.events = inserted
    if inserted + len(loaded.rejected) == sum(loaded.lines.values()):
        return
    refused = connection.sql(
        f"{parsed} SELECT file_no, source_line, reason, line[:200] FROM parsed"
        " JOIN (SELECT file_no, line_no AS source_line, line FROM clean) USING (file_no, source_line)"
        " WHERE reason IS NOT NULL ORDER BY file_no, source_line",
        params=flags,
    ).fetchall()
    loaded.rejected += [
        (number, RejectedLine(line, why, excerpt(text))) for number, line, why, text in refused
    ]


@contextmanager
def registered(connection: duckdb.DuckDBPyConnection, **tables: pa.Table) -> Iterator[None]:
    """Arrow tables as relations of these names, for the time of the block."""
    for name, table in tables.items():
        connection.register(name, table)
    try:
        yield
    finally:
        for name in tables:
            connection.unregister(name)


@cache
def _sql(name: str) -> str:
    return files("shannon_core.sources").joinpath(f"{name}.sql").read_text(encoding="utf-8")
