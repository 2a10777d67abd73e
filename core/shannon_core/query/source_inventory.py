"""The outcome of reading: counts of each source, and the lines and files that could not be read."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pyarrow as pa

from shannon_core.files.atomic_file import AtomicFile
from shannon_core.files.path_text import printable
from shannon_core.messages.rendering import Phrase
from shannon_core.messages.texts import phrase_text
from shannon_core.rendering.csv_dialects import csv_line
from shannon_core.request.export_request import Encoding

REJECT_COLUMNS = ("path", "line", "reason", "excerpt")
_REJECT_BATCH_ROWS = 10_000
"""Rejected lines in memory at a time while they are written: with excerpts of 200 characters, a few megabytes."""

_COUNTS_OF_FILES = """SELECT
    path, source, size, pending, problem <> '' AS has_problem, coalesce(e.events, 0) AS events,
    coalesce(r.rejected, 0) AS rejected
FROM files
LEFT JOIN (SELECT source_file AS path, count(*) AS events FROM events GROUP BY source_file) AS e USING (path)
LEFT JOIN (SELECT path, count(*) AS rejected FROM rejects GROUP BY path) AS r USING (path)"""

_REJECTED_LINES = """SELECT path, NULL::BIGINT AS line, problem AS reason, '' AS excerpt FROM files WHERE problem <> ''
UNION ALL
SELECT path, line, reason, excerpt FROM rejects"""


@dataclass(frozen=True, slots=True)
class SourceFigures:
    """Counts of one source, as far as it has been read.

    ``kinds`` are ids of sources in the registry, ``size`` bytes on disk, ``pending`` lines that are still being
    written, ``problems`` files that could be read in part only.
    """

    source: str
    kinds: tuple[str, ...] = ()
    files: int = 0
    size: int = 0
    events: int = 0
    rejected: int = 0
    pending: int = 0
    problems: int = 0


def inventory(connection: duckdb.DuckDBPyConnection, sources: Sequence[str]) -> tuple[SourceFigures, ...]:
    """The counts of each source, in the order of ``sources``; a file within several counts for the innermost."""
    figures = {source: SourceFigures(source) for source in sources}
    for path, kind, size, pending, has_problem, events, rejected in connection.sql(
        _COUNTS_OF_FILES
    ).fetchall():
        source = source_of(path, sources)
        if source is None:
            continue
        known = figures[source]
        figures[source] = replace(
            known,
            kinds=tuple(sorted({*known.kinds, kind})),
            files=known.files + 1,
            size=known.size + size,
            events=known.events + events,
            rejected=known.rejected + rejected,
            pending=known.pending + pending,
            problems=known.problems + has_problem,
        )
    return tuple(figures.values())


def source_of(path: str, sources: Iterable[str]) -> str | None:
    """The innermost of ``sources`` that a file of the store is in; None where it is in none."""
    found: tuple[int, str] | None = None
    for source in sources:
        root = printable(Path(source).expanduser())
        inside = path == root or path.startswith(root.rstrip(os.sep) + os.sep)
        if inside and (found is None or len(root) > found[0]):
            found = len(root), source
    return found and found[1]


def rejects(
    connection: duckdb.DuckDBPyConnection, sources: Sequence[str], source: str | None, limit: int
) -> pa.Table:
    """The first rejected lines of one source, or of all: path, line, reason, excerpt.

    A file that could be read in part only is a row without a line, before the lines of that file; ``reason`` is the
    text of a Phrase.
    """
    query, values = _rejects_query(connection, sources, source)
    found: pa.Table = connection.sql(f"{query} LIMIT {limit:d}", params=values).to_arrow_table()
    return found


def save_rejects(
    connection: duckdb.DuckDBPyConnection,
    sources: Sequence[str],
    source: str | None,
    path: Path,
    *,
    overwrite: bool,
) -> int:
    """Write all rejected lines as CSV, atomically; the number of rows.

    TargetError where the file cannot be written.
    """
    query, values = _rejects_query(connection, sources, source)
    encoding, altered, rows = Encoding(), Counter[str](), 0
    with AtomicFile(path, overwrite=overwrite) as file:
        file.write(csv_line(REJECT_COLUMNS, encoding, altered, first=True))
        for batch in connection.sql(query, params=values).to_arrow_reader(_REJECT_BATCH_ROWS):
            columns = [column.to_pylist() for column in batch.columns]
            rows_in_words = map(_in_words, *columns)
            file.write(b"".join(csv_line(row, encoding, altered) for row in rows_in_words))
            rows += batch.num_rows
    return rows


def _in_words(path: str, line: int | None, reason: str, excerpt: str) -> tuple[object, ...]:
    """The row with the problem of a file in English; the reason of a line is its code."""
    return path, line, reason if line else phrase_text(Phrase.from_text(reason)), excerpt


def _rejects_query(
    connection: duckdb.DuckDBPyConnection, sources: Sequence[str], source: str | None
) -> tuple[str, list[object]]:
    where, values = "", list[object]()
    if source is not None:
        paths = (path for (path,) in connection.sql("SELECT path FROM files").fetchall())
        values = [[path for path in paths if source_of(path, sources) == source]]
        where = "WHERE path IN (SELECT unnest(?::VARCHAR[]))"
    return f"SELECT * FROM ({_REJECTED_LINES}) {where} ORDER BY path, line NULLS FIRST", values
