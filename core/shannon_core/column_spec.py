"""The form of the entries in ``event_columns``: every fact about a column of the events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shannon_core.units import Unit

Personal = Literal["none", "user", "text", "json"]
"""What an export under pseudonyms does with a column: nothing, or rename the user, the names in a text, or those in
JSON."""


@dataclass(frozen=True, slots=True)
class ScreenColumn:
    """A column of the window's table of events: its position from the left, its width in pixels at normal size."""

    place: int
    width: int
    is_rare: bool = False
    """Hidden until it is chosen."""
    has_bar: bool = False
    """A bar behind the value shows its size."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of the workbook's sheet of events: its heading, and its width in characters."""

    heading: str
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the events: its name, SQL type, and what reads, shows and writes it has to know."""

    name: str
    sql_type: str
    title: str
    meaning: str
    """What core/spec/events.md says of it, in Markdown."""
    personal: Personal
    unit: Unit = "text"
    is_required: bool = False
    is_public: bool = True
    """False: the store's own."""
    is_member: bool = False
    """A member of a line of a Shannon log and of an event in JSON; if not JSON itself, a first column of a CSV."""
    is_json: bool = False
    """A JSON object of any length: not sorted by, last in sheets, shown in part."""
    is_name: bool = False
    """A name whose ends distinguish it from others: elided in the middle where there is no room."""
    repeats: bool = True
    """Values recur, so that a dictionary packs them in Parquet."""
    packing: str = ""
    """The store's compression, where DuckDB's own choice takes twice the time and gives a larger file."""
    screen: ScreenColumn | None = None
    sheet: SheetColumn | None = None
    in_terminal: bool = False
    """Shown by ``--preview``."""
