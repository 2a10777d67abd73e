"""Fetches whole events: one for the details with the line it came from, many for the clipboard."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal

from shannon_core.request.selection import Selection
from shannon_core.request.sort_order import Order
from shannon_gui.controllers.ports import EventKey, SessionPort
from shannon_gui.controllers.session_controller import SessionController
from shannon_gui.tasks import Spawn
from shannon_gui.text.clipboard_table import Cells, table_text
from shannon_gui.text.event_text import event_text

EVENT_DELAY_SECONDS = 0.06
"""While the arrow keys run through rows, the events on the way are not fetched."""
COPY_ROWS = 10_000
_ROWS_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Copied:
    """A table for the clipboard; ``left_out`` rows were too many."""

    text: str
    rows: int
    left_out: int


class EventDetailsController(SessionController):
    """A newer event voids an older one, and so do lines and copies. ``copy_rows`` is the limit of one copy."""

    event_found = Signal(object)
    """A dictionary of all columns, None where the event is gone."""
    original_found = Signal(object)
    """An OriginalLine."""
    copied = Signal(object)
    """A Copied."""

    def __init__(
        self, spawn: Spawn, *, delay: float = EVENT_DELAY_SECONDS, copy_rows: int = COPY_ROWS
    ) -> None:
        super().__init__(spawn)
        self._delay = delay
        self._copy_rows = copy_rows

    def look(self, key: EventKey) -> None:
        """Fetch this event soon."""
        self._stop("original line")
        self._ask("event", lambda session: self._event(session, key), after=self._delay)

    def read_original(self, source_file: str, source_line: int) -> None:
        """Fetch this line of a file."""
        self._ask("original line", lambda session: self._original(session, source_file, source_line))

    def copy(self, selection: Selection, order: Order, cells: Cells, zone: ZoneInfo) -> None:
        """Fetch these cells as text, at most ``copy_rows`` rows."""
        self._ask("copy", lambda session: self._copy(session, selection, order, cells, zone))

    def copy_event(self, event: Mapping[str, Any], zone: ZoneInfo) -> None:
        """Format a whole event as text."""
        self._start("copy", lambda: self._copy_event(event, zone))

    async def _event(self, session: SessionPort, key: EventKey) -> None:
        self.event_found.emit(await session.event(*key))

    async def _original(self, session: SessionPort, source_file: str, source_line: int) -> None:
        self.original_found.emit(await session.original(source_file, source_line))

    async def _copy_event(self, event: Mapping[str, Any], zone: ZoneInfo) -> None:
        self.copied.emit(Copied(await asyncio.to_thread(event_text, event, zone, sys.maxsize), 1, 0))

    async def _copy(
        self, session: SessionPort, selection: Selection, order: Order, cells: Cells, zone: ZoneInfo
    ) -> None:
        rows: list[tuple[int, dict[str, Any]]] = []
        for first, count in _spans(cells.rows(), self._copy_rows):
            found = await session.preview(selection, first, count, order=order)
            wanted = found.select(list(cells.columns))
            rows += enumerate(await asyncio.to_thread(wanted.to_pylist), first)
        text = await asyncio.to_thread(table_text, cells, rows, zone)
        self.copied.emit(Copied(text, len(rows), cells.row_count() - len(rows)))


def _spans(spans: list[tuple[int, int]], most: int) -> Iterator[tuple[int, int]]:
    """``(first row, rows)`` of these spans ``(first, last)``, a few rows at a time, ``most`` in all."""
    for first, last in spans:
        for start in range(first, last + 1, _ROWS_AT_A_TIME):
            count = min(_ROWS_AT_A_TIME, last + 1 - start, most)
            if count <= 0:
                return
            most -= count
            yield start, count
