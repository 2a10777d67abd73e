"""An event as JSON text, rendered in SQL."""

from __future__ import annotations

from shannon_core.column_spec import Column
from shannon_core.event_columns import LINE_MEMBERS, column_of
from shannon_core.store.sql_text import sql_literal


def event_json(before: str = "", after: str = "") -> str:
    """An event as one JSON object: the members of a line of a Shannon log, then further members of its source."""
    members = (
        f"'{', ' if number else '{'}\"{name}\": ', {_json_of(column_of(name))}"
        for number, name in enumerate(LINE_MEMBERS)
    )
    end = "CASE WHEN extra IS NULL THEN '}' ELSE ', ' || extra[2:] END"
    return f"concat({', '.join((sql_literal(before), *members, end, sql_literal(after)))}) AS line"


def _json_of(column: Column) -> str:
    if column.is_json:
        return column.name
    if column.unit == "instant":
        return f"concat('\"', iso_instant({column.name}), '\"')"
    return f"to_json({column.name})" if column.is_required else f"coalesce(to_json({column.name}), 'null')"
