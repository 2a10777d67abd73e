"""Accounts for each file that is read: its lines, and the outcome of every one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from shannon_core.errors import InternalError
from shannon_core.event_schema import arrow_schema
from shannon_core.ingest.package_sources import sql_digest
from shannon_core.messages.rendering import Phrase
from shannon_core.sources.line_reader import FileIdentity, RejectedLine
from shannon_core.sources.registry import SOURCES, SourceSpec
from shannon_core.store.relations import registered

_FILES = arrow_schema(
    path=pa.string(),
    source=pa.string(),
    device=pa.uint64(),
    inode=pa.uint64(),
    size=pa.uint64(),
    modified_ns=pa.int64(),
    head_hash=pa.string(),
    problem=pa.string(),
    lines=pa.int64(),
    understood=pa.int64(),
    pending=pa.int64(),
    sql_digest=pa.string(),
)
_REJECTS = arrow_schema(path=pa.string(), line=pa.int64(), reason=pa.string(), excerpt=pa.string())
_RECORDS = arrow_schema(path=pa.string(), record=pa.string(), lines=pa.int64())


@dataclass(slots=True)
class FileAccount:
    """One file, when all its lines are loaded: the columns of ``files`` (store/tables.py), and its rejected lines.

    ``records`` counts lines by the type of record.
    """

    name: str
    spec: SourceSpec
    identity: FileIdentity
    lines: int = 0
    understood: int = 0
    pending: int = 0
    problem: Phrase | None = None
    records: Counter[str] = field(default_factory=Counter)
    rejected: list[RejectedLine] = field(default_factory=list)

    def add_rejected(self, lines: Iterable[RejectedLine]) -> None:
        """Count lines that the line reader rejected."""
        more = list(lines)
        self.rejected += more
        self.lines += len(more)

    def add_further(self, lines: int) -> None:
        """Count lines that belong to a record which began on an earlier line."""
        self.lines += lines
        self.understood += lines

    def row(self) -> dict[str, object]:
        """Its row of the table ``files``."""
        return {
            "path": self.name,
            "source": self.spec.id,
            **{name: getattr(self.identity, name) for name in FileIdentity.__slots__},
            "problem": self.problem.to_text() if self.problem else "",
            "lines": self.lines,
            "understood": self.understood,
            "pending": self.pending,
            "sql_digest": sql_digest(self.spec),
        }


def record_file_accounts(connection: duckdb.DuckDBPyConnection, accounts: list[FileAccount]) -> None:
    """Write these accounts to the store; excerpts of lines only where the source keeps them.

    InternalError where one does not add up: a line would be dropped silently.
    """
    _count_events(connection, [account for account in accounts if not account.spec.has_records])
    for account in accounts:
        if account.lines != account.understood + len(account.rejected) + account.pending:
            raise InternalError(
                "lines_do_not_add_up",
                path=account.name,
                lines=account.lines,
                understood=account.understood,
                rejected=len(account.rejected),
                pending=account.pending,
            )
    rejects = [
        {
            "path": a.name,
            "line": line.line,
            "reason": line.reason,
            "excerpt": line.excerpt if a.spec.keeps_excerpts else "",
        }
        for a in accounts
        for line in a.rejected
    ]
    records = [
        {"path": a.name, "record": name, "lines": count}
        for a in accounts
        for name, count in a.records.items()
    ]
    tables = {
        "files": pa.Table.from_pylist([account.row() for account in accounts], schema=_FILES),
        "rejects": pa.Table.from_pylist(rejects, schema=_REJECTS),
        "records": pa.Table.from_pylist(records, schema=_RECORDS),
    }
    for table, rows in tables.items():
        with registered(connection, rows=rows):
            connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM rows")


def unknown_records(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Counts of records of types that their source does not know, by type."""
    counted = connection.sql(
        "SELECT source, split_part(record, '/', 1), sum(records.lines)::BIGINT FROM records JOIN files USING (path)"
        " GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    known = {source: spec.records for source, _, _ in counted if (spec := SOURCES.get(source))}
    return {record: lines for source, record, lines in counted if record not in known.get(source, ())}


def _count_events(connection: duckdb.DuckDBPyConnection, accounts: list[FileAccount]) -> None:
    """Set ``understood`` of files whose lines are events: the number of their events in the store."""
    counted = dict(
        connection.execute(
            "SELECT source_file, count(*) FROM events WHERE source_file IN (SELECT unnest(?)) GROUP BY 1",
            [[account.name for account in accounts]],
        ).fetchall()
    )
    for account in accounts:
        account.understood = counted.get(account.name, 0)
