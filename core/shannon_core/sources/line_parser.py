"""Parses lines into the relation ``events``, or records into ``facts``: suspicious ones are validated first, the rest
are parsed by one SQL statement.

Every non-blank line ends as an event or a counted record, or as a rejected line.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shannon_core.event_columns import EVENT_COLUMNS
from shannon_core.event_schema import arrow_schema
from shannon_core.sources.line_reader import (
    EXCERPT_CHARACTERS,
    LINE_SCHEMA,
    LONGEST_BLANK,
    RejectedLine,
    excerpt,
)
from shannon_core.sources.line_validation import ValidatedLine, validate_event, validate_records
from shannon_core.sources.macros import define_own_macros
from shannon_core.sources.registry import SourceSpec
from shannon_core.store.relations import registered, script

NUMBERED_LINES = LINE_SCHEMA.append(pa.field("file_no", pa.int32()))
_REPAIRED = NUMBERED_LINES.append(pa.field("notes", pa.int32()))
_FILE_NAMES = arrow_schema(file_no=pa.int32(), source_file=pa.string())
_PLAIN = "SELECT line, line_no, file_no, 0 AS notes FROM lines WHERE NOT is_blank(line)"
_BROKEN = """SELECT file_no, line_no, line FROM lines
WHERE coalesce(TRY(json_type(line)), '') <> 'OBJECT' AND NOT is_blank(line)"""
"""Records are validated only where they are not JSON objects: of them only numbers and names are stored, and their
texts are full of code that looks suspicious."""
_SUSPECTS = "SELECT file_no, line_no, line FROM lines WHERE (file_no, line_no) IN (FROM suspects)"
_SCRIPTS = "shannon_core.sources"
_WHITE_SPACE = " \t\r\n"
_Shape = list[list[str] | None]
"""The names of the members of a line, of its data, and of its metadata."""


@dataclass(slots=True)
class ParsedLines:
    """The outcome of the lines of one statement, by file number: counts of lines, of understood ones and of each type
    of record, and the rejected lines."""

    events: int = 0
    lines: dict[int, int] = field(default_factory=dict)
    understood: dict[int, int] = field(default_factory=dict)
    records: list[tuple[int, str, int]] = field(default_factory=list)
    rejected: list[tuple[int, RejectedLine]] = field(default_factory=list)


def parse_lines(
    connection: duckdb.DuckDBPyConnection, lines: pa.Table, names: Mapping[int, str], spec: SourceSpec
) -> ParsedLines:
    """Insert the events or facts of these NUMBERED_LINES of one source; ``names`` maps file numbers to
    ``source_file``."""
    parsed_lines = ParsedLines()
    named = pa.table({"file_no": list(names), "source_file": list(names.values())}, schema=_FILE_NAMES)
    with registered(connection, lines=lines, file_names=named):
        parsed_lines.lines = _written_lines(lines)
        shapes, odd = _broken(connection) if spec.has_records else _shapes_and_odd_lines(connection)
        repaired = _validated(odd, parsed_lines, validate_records if spec.has_records else validate_event)
        with registered(connection, odd=odd, repaired=repaired):
            clean_lines = script(_SCRIPTS, "sql/clean_lines") if odd.num_rows else _PLAIN
            clean = f"WITH clean AS NOT MATERIALIZED ({clean_lines})"
            if spec.has_records:
                _insert_facts(connection, parsed_lines, spec, clean)
            else:
                extends = repaired.num_rows > 0 or _has_further_keys(shapes, spec.members)
                flags = {"extends": extends} if spec.members else {}
                _insert_events(connection, parsed_lines, spec, clean, flags)
    return parsed_lines


def _written_lines(lines: pa.Table) -> dict[int, int]:
    """Counts of the lines of each file that are not blank."""
    short = lines.filter(pc.less_equal(pc.binary_length(lines["line"]), pa.scalar(LONGEST_BLANK)))
    blank = short.filter(pc.equal(pc.utf8_trim(short["line"], _WHITE_SPACE), pa.scalar("")))
    blanks = _by_file(blank)
    return {number: count - blanks.get(number, 0) for number, count in _by_file(lines).items()}


def _by_file(lines: pa.Table) -> dict[int, int]:
    numbers, counts = np.unique(lines["file_no"].to_numpy(), return_counts=True)
    return dict(zip(numbers.tolist(), counts.tolist(), strict=True))


def _broken(connection: duckdb.DuckDBPyConnection) -> tuple[list[_Shape], pa.Table]:
    return [], connection.sql(_BROKEN).to_arrow_table()


def _shapes_and_odd_lines(connection: duckdb.DuckDBPyConnection) -> tuple[list[_Shape], pa.Table]:
    """The shapes of the lines, and the lines to validate: the suspicious ones, and those with equal keys."""
    looked_at = connection.sql(script(_SCRIPTS, "sql/suspicious_lines")).to_arrow_table()
    suspects = looked_at.filter(pc.is_valid(looked_at["line_no"])).select(["file_no", "line_no"])
    shapes: dict[str, _Shape] = {
        text: json.loads(text) for text in looked_at["shape"].drop_null().to_pylist()
    }
    repeating = [text for text, shape in shapes.items() if _has_equal_keys(shape)]
    if not suspects.num_rows and not repeating:
        return list(shapes.values()), _REPAIRED.empty_table()
    or_equal_keys = " OR shape_of(line) IN (SELECT unnest($shapes))" if repeating else ""
    with registered(connection, suspects=suspects):
        odd = connection.sql(_SUSPECTS + or_equal_keys, params={"shapes": repeating} if repeating else None)
        return list(shapes.values()), odd.to_arrow_table()


def _validated(
    odd: pa.Table, parsed_lines: ParsedLines, validate: Callable[[str], list[ValidatedLine]]
) -> pa.Table:
    repaired = []
    for row in odd.to_pylist():
        validated = validate(row["line"])
        parsed_lines.lines[row["file_no"]] += _further(validated)
        for item in validated:
            if item.reason == "blank":
                parsed_lines.lines[row["file_no"]] -= 1
            elif item.reason:
                parsed_lines.rejected.append(
                    (row["file_no"], RejectedLine(row["line_no"], item.reason, excerpt(row["line"])))
                )
            else:
                repaired.append({**row, "line": item.line, "notes": item.notes})
    return pa.Table.from_pylist(repaired, schema=_REPAIRED)


def _further(validated: list[ValidatedLine]) -> int:
    """Lines to add to the count: a broken record after a whole one on the same line is accounted for as a line."""
    broken = sum(1 for item in validated if item.reason)
    return max(0, broken - (broken == len(validated)))


def _has_equal_keys(shape: _Shape) -> bool:
    return any(len(set(keys)) < len(keys) for keys in shape if keys)


def _has_further_keys(shapes: list[_Shape], members: frozenset[str]) -> bool:
    return any(not members.issuperset(shape[0] or ()) for shape in shapes)


def _insert_events(
    connection: duckdb.DuckDBPyConnection,
    parsed_lines: ParsedLines,
    spec: SourceSpec,
    clean: str,
    flags: dict[str, bool],
) -> None:
    columns = ", ".join(name for name in EVENT_COLUMNS if name != "source")
    parsed = f"{clean}, parsed AS ({script(spec.package, 'events')}) "
    define_own_macros(connection, spec)
    inserted = connection.execute(
        f"INSERT INTO events (source, {columns}) {parsed} SELECT '{spec.id}', {columns}"
        " FROM parsed JOIN file_names USING (file_no) WHERE reason IS NULL",
        flags,
    ).fetchall()[0][0]
    parsed_lines.events = inserted
    if inserted + len(parsed_lines.rejected) < sum(parsed_lines.lines.values()):
        _add_refused(
            connection,
            parsed_lines,
            f"{parsed} SELECT file_no, source_line, reason FROM parsed WHERE reason IS NOT NULL",
            flags,
        )


def _insert_facts(
    connection: duckdb.DuckDBPyConnection, parsed_lines: ParsedLines, spec: SourceSpec, clean: str
) -> None:
    _parse_records(connection, spec, clean)
    connection.execute(
        "INSERT INTO facts SELECT $source, source_file, source_line, session_id, kind, key, timestamp, fields, notes"
        " FROM parsed JOIN file_names USING (file_no) WHERE kind IS NOT NULL",
        {"source": spec.id},
    )
    parsed_lines.records = connection.sql(
        "SELECT file_no, record, count(*) FROM parsed WHERE record IS NOT NULL AND reason IS NULL GROUP BY ALL"
    ).fetchall()
    parsed_lines.understood = dict(
        connection.sql(
            "SELECT file_no, count(DISTINCT source_line) FROM parsed"
            " WHERE record IS NOT NULL AND reason IS NULL GROUP BY 1"
        ).fetchall()
    )
    if sum(parsed_lines.understood.values()) + len(parsed_lines.rejected) < sum(parsed_lines.lines.values()):
        _add_refused(
            connection,
            parsed_lines,
            "SELECT file_no, source_line, any_value(reason) AS reason FROM parsed WHERE record IS NOT NULL"
            " GROUP BY ALL HAVING count(*) = count(reason)",
            {},
        )
    connection.execute("DROP TABLE parsed")


def _parse_records(connection: duckdb.DuckDBPyConnection, spec: SourceSpec, clean: str) -> None:
    """Create the table ``parsed`` from the lines, and add the records that some of them carry."""
    define_own_macros(connection, spec)
    records = f"{clean} FROM ({script(spec.package, 'facts')})"
    if not spec.has_carriers:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE parsed AS {records}")
        return
    connection.execute(f"CREATE OR REPLACE TEMP TABLE parsed AS {records}", {"carried": False})
    if connection.execute("SELECT 1 FROM parsed WHERE key = 'carrier' AND kind IS NULL LIMIT 1").fetchall():
        connection.execute(f"INSERT INTO parsed {records}", {"carried": True})


def _add_refused(
    connection: duckdb.DuckDBPyConnection, parsed_lines: ParsedLines, parsed: str, flags: dict[str, bool]
) -> None:
    """Add the lines that the source's statement rejects with a reason."""
    refused = connection.sql(
        f"SELECT file_no, source_line, reason, line[:{EXCERPT_CHARACTERS}] FROM ({parsed})"
        " JOIN (SELECT file_no, line_no AS source_line, line FROM lines) USING (file_no, source_line)"
        " ORDER BY file_no, source_line",
        params=flags,
    ).fetchall()
    parsed_lines.rejected += [
        (number, RejectedLine(line, why, excerpt(text))) for number, line, why, text in refused
    ]
