"""The tables of the store, and the version of their layout and content."""

from __future__ import annotations

from shannon_core.event_columns import COLUMNS

SCHEMA_VERSION = 5
"""Raised by every change of these tables or of what the SQL of built-in sources makes of a line: stores are rebuilt."""
_EVENTS = ", ".join(
    f"{column.name} {column.sql_type}{column.packing and f' USING COMPRESSION {column.packing}'}"
    for column in COLUMNS
)

STORE_TABLES = f"""
CREATE TABLE events({_EVENTS});
CREATE TABLE files(
    path VARCHAR, source VARCHAR, device UBIGINT, inode UBIGINT, size UBIGINT, modified_ns BIGINT,
    head_hash VARCHAR, problem VARCHAR, lines BIGINT, understood BIGINT, pending BIGINT, sql_digest VARCHAR
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
"""``lines`` counts non-blank lines: lines = understood + rejects + pending, for every file. Where lines are events, a
line is understood when it is an event; where they are records, when it is a record, which ``records`` counts by type. A
record may have ``facts``, which the events of its session are derived from. ``sql_digest`` is the digest of the SQL
with which a package's source read the file, and empty for a built-in source, whose SQL changes only with
SCHEMA_VERSION. ``sessions`` has one row per session: the project of its first event that has one, and whether it has
token_usage events, so that tokens are counted once. ``prices`` is the digest of the price table that the costs were
computed with."""
