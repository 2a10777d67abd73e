"""Updates a store from its files: reads new and changed ones, and deletes the rows of those that are gone.

Lines of several files share one statement, so that many small files cost no more than one large one. Commits are at
ends of files: files that were committed before a cancel stay.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress

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
from shannon_core.sources.line_validation import validate_tail
from shannon_core.sources.recognition import fallback
from shannon_core.store.database import merge_row_groups

STATEMENT_BYTES = 96 << 20
"""Bytes of lines that one statement parses, about: several row groups, so that every core compresses some."""
RECORDS_STATEMENT_BYTES = 144 << 20
"""More for records, whose texts are not stored: planning their long statement takes a while each time."""
FIRST_STATEMENT_BYTES = 32 << 20
"""Fewer for the first statement: until it begins, only one core works."""
COMMIT_BYTES = 128 << 20
"""Bytes of lines between commits: uncommitted rows stay in memory. With STATEMENT_BYTES it brought the peak of a first
reading of 700 MB of transcripts from 730 to 680 MB."""
FIRST_COMMIT_BYTES = 64 << 20
"""Fewer before the first commit of a long reading, so that the first events are soon visible."""

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
"""A quick update for queries while reading goes on; ``_SESSIONS`` replaces the table at the end."""


def refresh(
    connection: duckdb.DuckDBPyConnection,
    sources: Sequence[str],
    control: Control,
    prices: PriceTable,
    on_commit: Callable[[], None] = lambda: None,
) -> SourcesRead:
    """Update the store to the sources, with costs by these prices; counts of what it holds then.

    ``on_commit`` is called when more rows have become visible to other connections. SourceError where a source is
    missing, and where the store has no event in the end. JobCancelled keeps the files that were committed.
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
    """Reads the changed files into the store, in transactions of whole files."""

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
        """Delete the rows of gone and changed files, read the changed ones, and rebuild ``sessions``."""
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
            with suppress(duckdb.TransactionException):  # a commit that failed has ended the transaction
                self._connection.rollback()
            raise

    def _commit_finished(self) -> None:
        """Commit completed files, so that they survive a cancel and become visible."""
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
        self._account_for_tail(account, number, file)
        account.problem = file.problem
        self._bytes_done += file.position
        if account.problem is not None:
            values: Values = {"path": account.name, "problem": account.problem}
            self._control.emit(Notice("file_read_in_part", values))
        takes_long = self._bytes_total - self._bytes_done > 2 * COMMIT_BYTES
        if self._uncommitted >= (FIRST_COMMIT_BYTES if takes_long and not self._committed else COMMIT_BYTES):
            self._commit_finished()

    def _account_for_tail(self, account: FileAccount, number: int, file: LogFile) -> None:
        """Buffer the unterminated last line where it is complete; count it as pending where it is not."""
        tail = validate_tail(file.tail, has_records=self._spec.has_records)
        if tail.reason == "incomplete":
            account.pending += 1
            account.lines += 1
        elif not tail.reason:
            last: dict[str, list[object]] = {"line": [tail.line], "line_no": [file.lines + 1]}
            line = pa.RecordBatch.from_pydict(last, schema=LINE_SCHEMA)
            self._buffer.add(LineBlock([line], len(file.tail)), number)

    def _step(self, block: FileBlock) -> None:
        self._control.check()
        if self._buffer.memory_bytes >= self._statement_bytes():
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
        """Parse the buffered lines, all of one source, and add their outcome to the accounts."""
        buffer, self._buffer = self._buffer, LineBuffer()
        if not buffer.memory_bytes:
            return
        self._uncommitted += buffer.memory_bytes
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
        """Load the buffered lines, record the accounts of the files, and derive their events."""
        self._load()
        accounts = list(self._accounts.values())
        record_file_accounts(self._connection, accounts)
        self._derivation.mark([account.name for account in accounts], self._control)
        self._events += self._derivation.run(self._control)
        self._accounts.clear()
        self._uncommitted = 0
