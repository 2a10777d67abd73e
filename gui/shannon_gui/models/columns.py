"""The columns of the preview: which column of the events each shows, and how its values look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from shannon_gui.text.formatting import DASH, duration, money
from shannon_gui.text.i18n import QT_TRANSLATE_NOOP, number, translate

if TYPE_CHECKING:
    import pyarrow as pa

Kind = Literal["instant", "text", "id", "duration", "outcome", "integer", "money"]
_LONGEST_CELL = 300
"""Characters of a cell on the screen; the tooltip shows more, the export everything."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table; ``width`` in pixels at the normal size of text. Rare ones are hidden at first."""

    name: str
    title: str
    kind: Kind
    width: int
    is_rare: bool = False

    @property
    def has_bar(self) -> bool:
        """Whether a bar behind the value says how large it is."""
        return self.name in ("duration_ms", "token_count")

    @property
    def is_number(self) -> bool:
        """Whether it is aligned to the right."""
        return self.kind in ("duration", "integer", "money")

    def heading(self, zone: str) -> str:
        """The title, with the zone where times are meant in it."""
        title = translate("columns", self.title)
        return f"{title} ({zone})" if self.kind == "instant" else title

    def text(self, value: Any) -> str:
        """A value as a cell shows it; instants are formatted by the model, which knows the zone."""
        if value is None:
            return DASH
        shown = _TEXTS.get(self.kind, str)(value)
        return shown if len(shown) <= _LONGEST_CELL else f"{shown[:_LONGEST_CELL]}…"


def _outcome(value: bool) -> str:
    return translate("columns", "succeeded") if value else translate("columns", "failed")


_TEXTS: dict[str, Callable[[Any], str]] = {
    "duration": duration,
    "money": money,
    "integer": number,
    "outcome": _outcome,
}

COLUMNS = (
    Column("timestamp", QT_TRANSLATE_NOOP("columns", "Time"), "instant", 184),
    Column("type", QT_TRANSLATE_NOOP("columns", "Type"), "text", 152),
    Column("tool_name", QT_TRANSLATE_NOOP("columns", "Tool"), "id", 120),
    Column("duration_ms", QT_TRANSLATE_NOOP("columns", "Duration"), "duration", 92),
    Column("success", QT_TRANSLATE_NOOP("columns", "Outcome"), "outcome", 92),
    Column("token_count", QT_TRANSLATE_NOOP("columns", "Tokens"), "integer", 84),
    Column("cost_usd", QT_TRANSLATE_NOOP("columns", "Cost"), "money", 76),
    Column("session_id", QT_TRANSLATE_NOOP("columns", "Session"), "id", 120),
    Column("user_id", QT_TRANSLATE_NOOP("columns", "User"), "id", 92),
    Column("model", QT_TRANSLATE_NOOP("columns", "Model"), "text", 128),
    Column("agent_id", QT_TRANSLATE_NOOP("columns", "Agent"), "id", 100),
    Column("project_path", QT_TRANSLATE_NOOP("columns", "Project"), "id", 140),
    Column("command_name", QT_TRANSLATE_NOOP("columns", "Command"), "text", 100),
    Column("error_type", QT_TRANSLATE_NOOP("columns", "Error"), "text", 110),
    Column("operation", QT_TRANSLATE_NOOP("columns", "Operation"), "text", 110),
    Column("source", QT_TRANSLATE_NOOP("columns", "Source"), "text", 90),
    Column("input_tokens", QT_TRANSLATE_NOOP("columns", "Input tokens"), "integer", 100, True),
    Column("output_tokens", QT_TRANSLATE_NOOP("columns", "Output tokens"), "integer", 104, True),
    Column("cache_creation_tokens", QT_TRANSLATE_NOOP("columns", "Cache written"), "integer", 104, True),
    Column("cache_read_tokens", QT_TRANSLATE_NOOP("columns", "Cache read"), "integer", 96, True),
    Column("source_file", QT_TRANSLATE_NOOP("columns", "File"), "id", 200, True),
    Column("source_line", QT_TRANSLATE_NOOP("columns", "Line"), "integer", 72, True),
    Column("data", QT_TRANSLATE_NOOP("columns", "Data"), "text", 320),
    Column("id", QT_TRANSLATE_NOOP("columns", "Id"), "id", 120),
)
COLUMN_NAMES = tuple(column.name for column in COLUMNS)


def cells(table: pa.Table, column: Column) -> list[Any]:
    """The values of one column as Python objects; instants as microseconds since 1970."""
    import pyarrow as pa  # imported already: the table is of it

    values = table.column(column.name)
    return (
        values.cast(pa.timestamp("us")).cast(pa.int64()) if column.kind == "instant" else values
    ).to_pylist()
