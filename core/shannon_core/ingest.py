"""Brings a store up to date with its files: only new and changed ones are read, gone ones are forgotten.

Lines of several files share one statement, so that many small files cost no more than one large one. Work is committed at the
end of a file: what was read before a cancel stays.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa

from shannon_core.changes import Changes, reason_of
from shannon_core.errors import SourceError, StoreError
from shannon_core.job import Control
from shannon_core.progress import Notice, ReadingProgress, SourcesRead
from shannon_core.schema import arrow_schema
from shannon_core.sources.discover import discover, printable
from shannon_core.sources.lines import LINE_SCHEMA, FileIdentity, LogFile, RejectedLine
from shannon_core.sources.load import NUMBERED_LINES, load_lines, registered
from shannon_core.sources.settle import settle

STATEMENT_BYTES = 96 << 20
"""About so many bytes of lines are parsed by one statement: several row groups, so that every core packs some."""
COMMIT_BYTES = 256 << 20

_REJECTS = arrow_schema(path=pa.string(), line=pa.int64(), reason=pa.string(), excerpt=pa.string())
_FILES = arrow_schema(
    path=pa.string(),
    device=pa.uint64(),
    inode=pa.uint64(),
    size=pa.uint64(),
    modified_ns=pa.int64(),
    head_hash=pa.string(),
    problem=pa.string(),
    lines=pa.int64(),
    events=pa.int64(),
    pending=pa.int64(),
)
_SESSIONS = """CREATE OR REPLACE TABLE sessions AS
SELECT session_id,
    arg_min(project_path, (timestamp, source_file, source_line)) FILTER (WHERE project_path IS NOT NULL) AS project_path,
    bool_or(type = 'token_usage') AS has_token_usage
FROM events WHERE session_id IS NOT NULL GROUP BY session_id"""


def refresh(connection: duckdb.DuckDBPyConnection, sources: Sequence[str], control: Control) -> SourcesRead:
    """Make the store hold what the sources hold now, and tell what it holds.

    SourceError where a source is missing, and where there is not a single event. JobCancelled keeps the files that were
    committed.
    """
    started = time.monotonic()
    changes = Changes.since(connection, discover(sources), control)
    if changes.changed or changes.gone:
        _Reader(connection, control, changes, started).run()
    return _summary(connection, sources, len(changes.changed), started)


def _summary(
    connection: duckdb.DuckDBPyConnection, sources: Sequence[str], read: int, started: float
) -> SourcesRead:
    (counts,) = connection.sql(
        "SELECT count(*), coalesce(sum(events), 0)::BIGINT, coalesce(sum(pending), 0)::BIGINT,"
        " (SELECT count(*) FROM rejects) FROM files"
    ).fetchall()
    files, events, pending, rejected = counts
    if not events:
        raise SourceError(
            f"There are no events in {', '.join(printable(source) for source in sources)}.",
            f"{rejected:,} lines could not be read as events."
            if rejected
            else f"{files} log files were found.",
            "Choose a folder with .jsonl event logs, for example one that holds metrics/.",
        )
    return SourcesRead(files, events, rejected, pending, read, time.monotonic() - started)


@dataclass(slots=True)
class _FileRecord:
    """What is known of one file when all its lines are loaded."""

    name: str
    identity: FileIdentity
    lines: int = 0
    events: int = 0
    pending: int = 0
    problem: str = ""
    rejected: list[RejectedLine] = field(default_factory=list)

    def add_rejected(self, lines: Iterable[RejectedLine]) -> None:
        """Count lines that were refused before they reached a statement."""
        more = list(lines)
        self.rejected += more
        self.lines += len(more)


class _Reader:
    """Reads the changed files into the store."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, control: Control, changes: Changes, started: float
    ) -> None:
        self._connection = connection
        self._control = control
        self._changes = changes
        self._started = started
        self._records: dict[int, _FileRecord] = {}
        self._batches: list[pa.RecordBatch] = []
        self._batch_bytes = self._uncommitted = self._bytes_done = self._events = 0

    def run(self) -> None:
        """Forget what is gone, read what changed, and note each session's project."""
        self._connection.begin()
        try:
            self._forget([*self._changes.gone, *(printable(path) for path, _ in self._changes.changed)])
            for number, (path, _) in enumerate(self._changes.changed):
                self._read(number, path)
                if self._uncommitted >= COMMIT_BYTES:
                    self._complete()
                    self._connection.commit()
                    self._connection.begin()
            self._complete()
            self._connection.execute(_SESSIONS)
            self._connection.commit()
        except BaseException:
            self._connection.rollback()
            raise

    def _forget(self, names: list[str]) -> None:
        for table, column in (("events", "source_file"), ("rejects", "path"), ("files", "path")):
            self._connection.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT unnest(?))", [names])

    def _read(self, number: int, path: Path) -> None:
        try:
            file = LogFile(path)
        except (OSError, ValueError) as error:
            self._control.report(Notice("warning", f"{printable(path)} cannot be read: {reason_of(error)}."))
            return
        with file:
            record = self._records[number] = _FileRecord(printable(path), file.identity)
            before = self._bytes_done
            for block in file:
                record.add_rejected(block.rejected)
                for batch in block.batches:
                    self._add(batch, number)
                self._bytes_done = before + file.position
                self._step(number)
            self._settle_tail(file, number)
            record.problem = file.problem
        if record.problem:
            self._control.report(
                Notice("warning", f"{record.name} {record.problem}. What came before was read.")
            )

    def _settle_tail(self, file: LogFile, number: int) -> None:
        """An unterminated last line counts when it is a whole object; else it is still being written."""
        tail = file.tail.decode("utf-8", "replace").strip(" \t\r\n")
        reason = settle(tail).reason
        if reason == "blank":
            return
        if reason or not _is_utf8(file.tail):
            self._records[number].pending += 1
            self._records[number].lines += 1
        else:
            last: dict[str, list[object]] = {"line": [tail], "line_no": [file.lines + 1]}
            self._add(pa.RecordBatch.from_pydict(last, schema=LINE_SCHEMA), number)

    def _add(self, batch: pa.RecordBatch, number: int) -> None:
        numbers = pa.repeat(pa.scalar(number, pa.int32()), batch.num_rows)
        self._batches.append(pa.RecordBatch.from_arrays([*batch.columns, numbers], schema=NUMBERED_LINES))
        self._batch_bytes += batch.nbytes

    def _step(self, number: int) -> None:
        self._control.check()
        if self._batch_bytes >= STATEMENT_BYTES:
            self._load()
        self._control.report(
            ReadingProgress(
                files_done=number,
                files_total=len(self._changes.changed),
                bytes_done=self._bytes_done,
                bytes_total=sum(size for _, size in self._changes.changed),
                events=self._events,
                seconds=time.monotonic() - self._started,
            )
        )

    def _load(self) -> None:
        lines = pa.Table.from_batches(self._batches, schema=NUMBERED_LINES)
        self._uncommitted += self._batch_bytes
        self._batches, self._batch_bytes = [], 0
        loaded = load_lines(
            self._connection, lines, {number: record.name for number, record in self._records.items()}
        )
        self._events += loaded.events
        for number, count in loaded.lines.items():
            self._records[number].lines += count
        for number, rejected in loaded.rejected:
            self._records[number].rejected.append(rejected)

    def _complete(self) -> None:
        """Load what waits, and record the files that are read."""
        if self._batches:
            self._load()
        self._check_conservation()
        with registered(self._connection, records=self._file_table(), refused=self._reject_table()):
            self._connection.execute("INSERT INTO files BY NAME SELECT * FROM records")
            self._connection.execute("INSERT INTO rejects BY NAME SELECT * FROM refused")
        self._records.clear()
        self._uncommitted = 0

    def _check_conservation(self) -> None:
        """Every non-blank line is an event, rejected or pending; anything else would be a silent loss."""
        names = [record.name for record in self._records.values()]
        counted = dict(
            self._connection.execute(
                "SELECT source_file, count(*) FROM events WHERE source_file IN (SELECT unnest(?)) GROUP BY 1",
                [names],
            ).fetchall()
        )
        for record in self._records.values():
            record.events = counted.get(record.name, 0)
            if record.lines != record.events + len(record.rejected) + record.pending:
                raise StoreError(
                    f"The lines of {record.name} do not add up.",
                    f"{record.lines} lines, {record.events} events, {len(record.rejected)} rejected, {record.pending} pending.",
                    "Please report it; nothing was exported.",
                )

    def _file_table(self) -> pa.Table:
        return pa.Table.from_pylist(
            [
                {
                    "path": record.name,
                    **asdict(record.identity),
                    "problem": record.problem,
                    "lines": record.lines,
                    "events": record.events,
                    "pending": record.pending,
                }
                for record in self._records.values()
            ],
            schema=_FILES,
        )

    def _reject_table(self) -> pa.Table:
        rows = [
            {"path": record.name, **asdict(line)}
            for record in self._records.values()
            for line in record.rejected
        ]
        return pa.Table.from_pylist(rows, schema=_REJECTS)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True
