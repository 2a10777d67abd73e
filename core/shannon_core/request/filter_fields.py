"""The fields by which events are filtered: one entry with every fact about each.

The check of a request, the command line, the statements, the facets and the window read the entries.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from shannon_core.translation import translatable

RESOLVED_PROJECT = (
    "coalesce(project_path,"
    " (SELECT s.project_path FROM sessions AS s WHERE s.session_id = events.session_id))"
)
"""An event's own project, else that of its session (events.md §4)."""


@dataclass(frozen=True, slots=True)
class FixedValue:
    """One of the fixed values of a field, and its title in the window."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class FilterField:
    """One field: its column, its option on the command line, and its position on the screen."""

    id: str
    option: str
    place: int
    is_rare: bool = False
    """Shown in the window only after “more filters”."""
    sql: str = ""
    """The SQL of the value over ``events``, where it is not the column itself."""
    predicate: str = ""
    """The SQL condition, where it is not an IN list; placeholders of the values replace each ``{values}``."""
    values: tuple[FixedValue, ...] = ()
    """All values of the field; empty where they come from the logs."""

    @property
    def title(self) -> str:
        """The title of its column."""
        from shannon_core.event_columns import column_of  # a request needs no titles

        return column_of(self.id).title

    @property
    def value(self) -> str:
        """The SQL of the value of an event."""
        return self.sql or self.id

    @property
    def condition(self) -> str:
        """The SQL condition for events with one of the values, whose placeholders replace each ``{values}``."""
        return self.predicate or f"{self.value} IN ({{values}})"


_FIELDS = (
    FilterField("session_id", "--session", place=30),
    FilterField("user_id", "--user", place=70, is_rare=True),
    FilterField("type", "--type", place=10),
    FilterField("tool_name", "--tool", place=20),
    FilterField("agent_id", "--agent", place=80, is_rare=True),
    FilterField(
        "project_path",
        "--project",
        place=40,
        sql=RESOLVED_PROJECT,
        predicate="project_path IN ({values}) OR project_path IS NULL AND session_id IN "
        "(SELECT s.session_id FROM sessions AS s WHERE s.project_path IN ({values}))",
    ),
    FilterField("model", "--model", place=50),
    FilterField("source", "--source-type", place=90, is_rare=True),
    FilterField(
        "success",
        "--success",
        place=60,
        sql="CASE success WHEN TRUE THEN 'true' WHEN FALSE THEN 'false' ELSE 'unknown' END",
        values=(
            FixedValue("true", translatable("succeeded")),
            FixedValue("false", translatable("failed")),
            FixedValue("unknown", translatable("unknown")),
        ),
    ),
)
FILTER_FIELDS = MappingProxyType({field.id: field for field in _FIELDS})
"""By id, in the order of the command line."""
