"""The relation ``events``: one row an event, whatever its source (events.md §1), and what a row's notes mean."""

from __future__ import annotations

from types import MappingProxyType

import pyarrow as pa

SCHEMA_VERSION = 3

EVENT_COLUMNS = MappingProxyType(
    {
        "id": "VARCHAR",
        "timestamp": "TIMESTAMP",
        "type": "VARCHAR",
        "session_id": "VARCHAR",
        "user_id": "VARCHAR",
        "data": "VARCHAR",
        "metadata": "VARCHAR",
        "tool_name": "VARCHAR",
        "duration_ms": "DOUBLE",
        "success": "BOOLEAN",
        "token_count": "BIGINT",
        "project_path": "VARCHAR",
        "model": "VARCHAR",
        "agent_id": "VARCHAR",
        "command_name": "VARCHAR",
        "error_type": "VARCHAR",
        "operation": "VARCHAR",
        "input_tokens": "BIGINT",
        "output_tokens": "BIGINT",
        "cache_creation_tokens": "BIGINT",
        "cache_read_tokens": "BIGINT",
        "cost_usd": "DOUBLE",
        "source": "VARCHAR",
        "source_file": "VARCHAR",
        "source_line": "BIGINT",
        "extra": "VARCHAR",
        "notes": "INTEGER",
    }
)
"""Name and SQL type. Times are UTC, ``duration_ms`` milliseconds, ``cost_usd`` US dollars, ``data`` and ``metadata`` JSON
text, ``extra`` the members of a line that the schema does not know (JSON text, null where there are none), ``notes`` a bit
set of NOTES."""

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


PUBLIC_COLUMNS = tuple(name for name in EVENT_COLUMNS if name != "notes")

EVENT_SCHEMA = pa.schema(
    [
        pa.field(name, _ARROW_TYPES[EVENT_COLUMNS[name]], nullable=name not in ("id", "timestamp", "type"))
        for name in PUBLIC_COLUMNS
    ]
)
"""The columns of a preview and of a Parquet file."""

NOTES = MappingProxyType(
    {
        "naive_timestamp": 1,
        "truncated_timestamp": 2,
        "type_mismatch": 4,
        "duplicate_key": 8,
        "non_finite_number": 16,
        "lone_surrogate": 32,
        "byte_order_mark": 64,
        "pseudonym": 128,
    }
)
"""What was altered while an event was read, as bits: a time without an offset was taken as UTC; digits beyond microseconds
were cut; a field of the wrong JSON type became null; the last of equal keys won; NaN or an infinity became null; half a
surrogate pair became U+FFFD; a byte order mark was dropped. The store has no pseudonyms: an export under pseudonyms notes the
events that it renames."""

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
