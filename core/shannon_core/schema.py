"""The relation ``events``: one row an event, whatever its source (events.md §1), and what a row's notes mean."""

from __future__ import annotations

import pyarrow as pa

from shannon_core.columns import EVENT_COLUMNS, NOTES, PUBLIC_COLUMNS

__all__ = [
    "EVENT_COLUMNS",
    "EVENT_SCHEMA",
    "NOTES",
    "PUBLIC_COLUMNS",
    "SCHEMA_VERSION",
    "STORE_TABLES",
    "arrow_schema",
]

SCHEMA_VERSION = 3

_ARROW_TYPES = {
    "VARCHAR": pa.string(),
    "TIMESTAMP": pa.timestamp("us", tz="UTC"),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "BIGINT": pa.int64(),
}


def arrow_schema(**columns: pa.DataType) -> pa.Schema:
    """A schema of these columns in this order."""
    return pa.schema(columns)


EVENT_SCHEMA = pa.schema(
    [
        pa.field(name, _ARROW_TYPES[EVENT_COLUMNS[name]], nullable=name not in ("id", "timestamp", "type"))
        for name in PUBLIC_COLUMNS
    ]
)
"""The columns of a preview and of a Parquet file."""

_PACKED = {"id": " USING COMPRESSION zstd", "data": " USING COMPRESSION zstd"}
"""Columns whose texts hardly repeat: the engine's own choice takes twice the time to come to a larger file."""

STORE_TABLES = f"""
CREATE TABLE events({", ".join(f"{name} {kind}{_PACKED.get(name, '')}" for name, kind in EVENT_COLUMNS.items())});
CREATE TABLE files(
    path VARCHAR, source VARCHAR, device UBIGINT, inode UBIGINT, size UBIGINT, modified_ns BIGINT,
    head_hash VARCHAR, problem VARCHAR, lines BIGINT, understood BIGINT, pending BIGINT
);
CREATE TABLE rejects(path VARCHAR, line BIGINT, reason VARCHAR, excerpt VARCHAR);
CREATE TABLE sessions(session_id VARCHAR, project_path VARCHAR, has_token_usage BOOLEAN);
CREATE TABLE facts(
    source VARCHAR, source_file VARCHAR, source_line BIGINT, session_id VARCHAR, kind VARCHAR, key VARCHAR,
    timestamp TIMESTAMP, fields VARCHAR, notes INTEGER
);
CREATE TABLE records(path VARCHAR, record VARCHAR, lines BIGINT);
CREATE TABLE store_facts(schema_version INTEGER, prices VARCHAR);
INSERT INTO store_facts VALUES ({SCHEMA_VERSION}, NULL);
"""
"""``lines`` counts non-blank lines: lines = understood + rejects + pending, for every file. A line of a Shannon file is understood
when it is an event; one of a transcript when it is a record, which ``records`` counts by type, and which may have left ``facts``:
what the events of its session are derived from. ``sessions`` has one row a session: the project that its first event names, and
whether it has token_usage events, so that tokens are counted once. ``prices`` is the digest of the price table that the costs were
computed with."""
