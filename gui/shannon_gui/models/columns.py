"""The columns of the preview: which column of the events each shows, and how its values look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shannon_core.column_spec import Column as EventColumn
from shannon_core.column_spec import ScreenColumn
from shannon_core.event_columns import COLUMNS as EVENT_COLUMNS
from shannon_core.units import Unit
from shannon_gui.text.formatting import DASH, duration, money
from shannon_gui.text.i18n import CORE, number, translate
from shannon_gui.text.labels import value_label

if TYPE_CHECKING:
    import pyarrow as pa

_LONGEST_CELL = 300
"""Characters of a cell on the screen; the tooltip shows more, the export everything."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table: the entry of the events' column, and how the screen shows it."""

    entry: EventColumn
    screen: ScreenColumn

    @property
    def name(self) -> str:
        """The name of the events' column."""
        return self.entry.name

    @property
    def unit(self) -> Unit:
        """What its values are measured in."""
        return self.entry.unit

    @property
    def title(self) -> str:
        """The heading without a zone, in the window's language."""
        return translate(CORE, self.entry.title)

    @property
    def is_number(self) -> bool:
        """Whether it is aligned to the right."""
        return self.unit in ("milliseconds", "tokens", "count", "dollars")

    def heading(self, zone: str) -> str:
        """The title, with the zone where times are meant in it."""
        return f"{self.title} ({zone})" if self.unit == "instant" else self.title

    def text(self, value: Any) -> str:
        """A value as a cell shows it; instants are formatted by the model, which knows the zone."""
        if value is None:
            return DASH
        shown = _TEXTS.get(self.unit, str)(value)
        return shown if len(shown) <= _LONGEST_CELL else f"{shown[:_LONGEST_CELL]}…"


def _outcome(value: bool) -> str:
    return value_label("success", "true" if value else "false")


_TEXTS: dict[Unit, Callable[[Any], str]] = {
    "milliseconds": duration,
    "dollars": money,
    "tokens": number,
    "count": number,
    "outcome": _outcome,
}

COLUMNS = tuple(
    sorted(
        (Column(entry, entry.screen) for entry in EVENT_COLUMNS if entry.screen),
        key=lambda column: column.screen.place,
    )
)
COLUMN_NAMES = tuple(column.name for column in COLUMNS)


def cells(table: pa.Table, column: Column) -> list[Any]:
    """The values of one column as Python objects; instants as microseconds since 1970."""
    import pyarrow as pa  # imported already: the table is of it

    values = table.column(column.name)
    return (
        values.cast(pa.timestamp("us")).cast(pa.int64()) if column.unit == "instant" else values
    ).to_pylist()
