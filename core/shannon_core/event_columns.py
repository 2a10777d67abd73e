"""The columns of the relation ``events``: one row an event, whatever its source (events.md §1); what a row's notes mean."""

from __future__ import annotations

from types import MappingProxyType

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

PUBLIC_COLUMNS = tuple(name for name in EVENT_COLUMNS if name != "notes")

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
