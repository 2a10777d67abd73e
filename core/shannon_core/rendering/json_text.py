"""."""

from __future__ import annotations

from shannon_core.store.sql_text import sql_literal


def event_json(before: str = "", after: str = "") -> str:
    """An event as one JSON object: the seed's dictionary, then what the source had beside it."""
    members = (
        "'{\"id\": ', to_json(id)",
        '\', "timestamp": "\', iso_instant(timestamp)',
        '\'", "type": \', to_json(type)',
        "', \"session_id\": ', coalesce(to_json(session_id), 'null')",
        "', \"user_id\": ', coalesce(to_json(user_id), 'null')",
        "', \"data\": ', data",
        "', \"metadata\": ', metadata",
        "CASE WHEN extra IS NULL THEN '}' ELSE ', ' || extra[2:] END",
    )
    return f"concat({', '.join((sql_literal(before), *members, sql_literal(after)))}) AS line"
