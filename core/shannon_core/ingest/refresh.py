"""Brings a store up to date with its files: only new and changed ones are read, gone ones are forgotten.

Lines of several files share one statement, so that many small files cost no more than one large one. Work is committed
at the end of a file: what was read before a cancel stays.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import closing

import duckdb
import pyarrow as pa

from shannon_core.errors import SourceError
from shannon_core.files.path_text import printable
from shannon_core.ingest.block_reader import FileBlock, file_blocks
from shannon_core.ingest.changed_files import ChangedFile, Changes
from shannon_core.ingest.event_derivation import Derivation
from shannon_core.ingest.file_accounting import FileAccount, record_file_accounts, unknown_records
from shannon_core.ingest.line_buffer import LineBuffer
from shannon_core.ingest.package_sources import named_failures
from shannon_core.jobs.control import Control
from shannon_core.jobs.progress import Notice, ReadingProgress, SourcesRead
from shannon_core.messages.texts import Values
from shannon_core.pricing.price_table import PriceTable
from shannon_core.sources.discovery import discover
from shannon_core.sources.line_parser import parse_lines
from shannon_core.sources.line_reader import LINE_SCHEMA, LineBlock, LogFile
from shannon_core.sources.line_validation import validate_event, validate_records
from shannon_core.sources.recognition import fallback
from shannon_core.store.database import merge_row_groups

STATEMENT_BYTES = 96 << 20
"""Bytes of lines, roughly, that one statement parses: several row groups, so that every core packs some."""
RECORDS_STATEMENT_BYTES = 144 << 20
"""More of records, whose texts are left behind: a statement takes a while to be planned."""
FIRST_STATEMENT_BYTES = 32 << 20
"""The first has fewer, for until it begins only one core works."""
COMMIT_BYTES = 128 << 20
FIRST_COMMIT_BYTES = 64 << 20
"""Sooner where much is to come, so that the first events are soon on the screen."""

_COLUMN_OF_FILE = {
    "events": "source_file",
    "facts": "source_file",
    "records": "path",
    "rejects": "path",
    "files": "path",
}
_SESSIONS = """CREATE OR REPLACE TABLE sessions AS
SELECT
    session_id,
    arg_min(project_path, (timestamp, source_file, source_line))
        FILTER (WHERE project_path IS NOT NULL) AS project_path,
    bool_or(type = 'token_usage') AS has_token_usage
FROM events
WHERE session_id IS NOT NULL
GROUP BY session_id"""
_NEW_SESSIONS = (
    """INSERT INTO sessions
    SELECT
        session_id,
        arg_min(project_path, timestamp) FILTER (WHERE project_path IS NOT NULL),
        bool_or(type = 'token_usage')
    FROM events
    WHERE session_id IS NOT NULL AND session_id NOT IN (SELECT session_id FROM sessions)
    GROUP BY session_id""",
    """UPDATE sessions SET has_token_usage = TRUE
    WHERE NOT has_token_usage
        AND session_id IN (SELECT session_id FROM events WHERE type = 'token_usage')""",
)
"""Enough to look at what is in already; ``_SESSIONS`` has the last word."""


def refresh(
    connection: duckdb.DuckDBPyConnection,
    sources: Sequence[str],
    control: Control,
    prices: PriceTable,
    on_commit: Callable[[], None] = lambda: None,
) -> SourcesRead:
    """Make the store hold what the sources hold now, costs by these prices, and tell what it holds.

    ``on_commit`` is called when others can see more of it than before.
    SourceError where a source is missing, and where there is not a single event. JobCancelled keeps the files that were
    committed.
    """
    started = time.monotonic()
    changes = Changes.since(connection, discover(sources), control)
    derivation = Derivation(connection, prices)
    has_other_prices = derivation.has_other_prices()
    if changes.changed or changes.gone or has_other_prices:
        _Reader(connection, control, changes, derivation, started, on_commit).run()
    if changes.changed and (unknown := unknown_records(connection)):
        control.emit(Notice("records_unknown", {"records": unknown}))
    return _summary(connection, sources, len(changes.changed), started)


def _summary(
    connection: duckdb.DuckDBPyConnection, sources: Sequence[str], read: int, started: float
) -> SourcesRead:
    (counts,) = connection.sql(
        "SELECT count(*), (SELECT count(*) FROM events), coalesce(sum(pending), 0)::BIGINT,"
        " (SELECT count(*) FROM rejects) FROM files"
    ).fetchall()
    files, events, pending, rejected = counts
    if not events:
        names = tuple(printable(source) for source in sources)
        if rejected:
            raise SourceError("sources_without_events", sources=names, n=rejected)
        raise SourceError("sources_without_logs", sources=names, n=files)
    return SourcesRead(files, events, rejected, pending, read, time.monotonic() - started)


class _Reader:
    """Reads the changed files into the store."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        control: Control,
        changes: Changes,
        derivation: Derivation,
        started: float,
        on_commit: Callable[[], None],
    ) -> None:
        self._connection = connection
        self._control = control
        self._changes = changes
        self._derivation = derivation
        self._started = started
        self._on_commit = on_commit
        self._accounts: dict[int, FileAccount] = {}
        self._spec = fallback()
        self._buffer = LineBuffer()
        self._uncommitted = self._bytes_done = self._events = self._committed = 0
        self._bytes_total = sum(file.size for file in changes.changed)

    def run(self) -> None:
        """Forget what is gone, read what changed, and note each session's project."""
        merge_row_groups(self._connection, small=self._bytes_total < FIRST_COMMIT_BYTES)
        self._connection.begin()
        try:
            self._derivation.start()
            self._forget([*self._changes.gone, *(printable(file.path) for file in self._changes.changed)])
            with closing(file_blocks(self._changes.changed)) as blocks:
                for block in blocks:
                    self._take(block)
            self._complete()
            self._derivation.finish()
            self._connection.execute(_SESSIONS)
            self._connection.commit()
        except BaseException:
            self._connection.rollback()
            raise

    def _commit_finished(self) -> None:
        """Commit the files that are read, so that they stay whatever happens and can be looked at."""
        self._complete()
        for statement in _NEW_SESSIONS:
            self._connection.execute(statement)
        self._connection.commit()
        self._committed = self._events
        self._on_commit()
        self._connection.begin()

    def _forget(self, names: list[str]) -> None:
        self._derivation.mark(names, self._control)
        for table, column in _COLUMN_OF_FILE.items():
            self._connection.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT unnest(?))", [names])

    def _take(self, block: FileBlock) -> None:
        changed = self._changes.changed[block.number]
        if block.file is None:
            values: Values = {"path": printable(changed.path), "reason": block.problem}
            self._control.emit(Notice("file_unreadable", values))
            return
        account = self._accounts.get(block.number) or self._open(block.number, changed, block.file)
        if block.lines is None:
            self._close(account, block.number, block.file)
            return
        account.add_rejected(block.lines.rejected)
        account.add_further(block.lines.further)
        self._buffer.add(block.lines, block.number)
        self._step(block)

    def _open(self, number: int, changed: ChangedFile, file: LogFile) -> FileAccount:
        if changed.spec != self._spec:
            self._load()
            self._spec = changed.spec
        account = FileAccount(printable(changed.path), changed.spec, file.identity)
        self._accounts[number] = account
        return account

    def _close(self, account: FileAccount, number: int, file: LogFile) -> None:
        self._read_tail(file, number)
        account.problem = file.problem
        self._bytes_done += file.position
        if account.problem is not None:
            values: Values = {"path": account.name, "problem": account.problem}
            self._control.emit(Notice("file_read_in_part", values))
        takes_long = self._bytes_total - self._bytes_done > 2 * COMMIT_BYTES
        if self._uncommitted >= (FIRST_COMMIT_BYTES if takes_long and not self._committed else COMMIT_BYTES):
            self._commit_finished()

    def _read_tail(self, file: LogFile, number: int) -> None:
        """An unterminated last line counts when it is a whole object; else it is still being written."""
        tail = file.tail.decode("utf-8", "replace").strip(" \t\r\n")
        reasons = {
            line.reason for line in (validate_records if self._spec.has_records else validate_event)(tail)
        }
        if reasons == {"blank"}:
            return
        if reasons != {""} or not _is_utf8(file.tail):
            self._accounts[number].pending += 1
            self._accounts[number].lines += 1
        else:
            last: dict[str, list[object]] = {"line": [tail], "line_no": [file.lines + 1]}
            line = pa.RecordBatch.from_pydict(last, schema=LINE_SCHEMA)
            self._buffer.add(LineBlock([line], len(file.tail)), number)

    def _step(self, block: FileBlock) -> None:
        self._control.check()
        if self._buffer.weight >= self._statement_bytes():
            self._load()
        self._control.emit(
            ReadingProgress(
                files_done=block.number,
                files_total=len(self._changes.changed),
                bytes_done=self._bytes_done + block.position,
                bytes_total=self._bytes_total,
                events=self._events,
                committed=self._committed,
                seconds=time.monotonic() - self._started,
            )
        )

    def _statement_bytes(self) -> int:
        if not (self._events or self._uncommitted):
            return FIRST_STATEMENT_BYTES
        return RECORDS_STATEMENT_BYTES if self._spec.has_records else STATEMENT_BYTES

    def _load(self) -> None:
        """Parse the lines that wait, all of one source."""
        buffer, self._buffer = self._buffer, LineBuffer()
        if not buffer.weight:
            return
        self._uncommitted += buffer.weight
        names = {number: account.name for number, account in self._accounts.items()}
        with named_failures(self._spec):
            parsed = parse_lines(self._connection, buffer.table(), names, self._spec)
        self._events += parsed.events
        for number, count in parsed.lines.items():
            self._accounts[number].lines += count
        for number, count in parsed.understood.items():
            self._accounts[number].understood += count
        for number, name, count in parsed.records:
            self._accounts[number].records[name] += count
        for number, rejected in parsed.rejected:
            self._accounts[number].rejected.append(rejected)

    def _complete(self) -> None:
        """Load what waits, and record the files that are read."""
        self._load()
        accounts = list(self._accounts.values())
        record_file_accounts(self._connection, accounts)
        self._derivation.mark([account.name for account in accounts], self._control)
        self._events += self._derivation.run(self._control)
        self._accounts.clear()
        self._uncommitted = 0


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True
