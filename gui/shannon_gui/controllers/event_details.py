"""Brings whole events: one for the detail pane with the line it came from, many for the clipboard."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from shannon_core.errors import ShannonError
from shannon_core.request.selection import Selection
from shannon_core.request.sort_order import Order
from shannon_gui.controllers.ports import EventKey, SessionPort
from shannon_gui.tasks import Spawn
from shannon_gui.text.clipboard_table import Cells, table_text
from shannon_gui.text.event_text import event_text

DEBOUNCE_SECONDS = 0.06
"""While somebody runs through rows with the arrow keys, the events on the way are not fetched."""
COPY_ROWS = 10_000
_ROWS_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Copied:
    """A table for the clipboard; ``left_out`` rows were too many."""

    text: str
    rows: int
    left_out: int


class EventDetailsController(QObject):
    """A newer event voids an older one, and so do lines and copies."""

    event_found = Signal(object)
    """A dictionary of all columns, None where the event is gone."""
    original_found = Signal(object)
    """An OriginalLine."""
    copied = Signal(object)
    """A Copied."""
    failed = Signal(object)

    def __init__(self, spawn: Spawn) -> None:
        super().__init__()
        self._spawn = spawn
        self._session: SessionPort | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def attach(self, session: SessionPort) -> None:
        """Ask this session from now on."""
        self.detach()
        self._session = session

    def detach(self) -> None:
        """Ask nothing more: the session is about to be closed."""
        self._session = None
        self._stop_timer()
        for name in tuple(self._tasks):
            self._stop(name)

    def look(self, key: EventKey) -> None:
        """Bring this event soon."""
        self._stop_timer()
        self._stop("event")
        self._stop("original line")
        self._timer = asyncio.get_running_loop().call_later(DEBOUNCE_SECONDS, self._start_look, key)

    def read_original(self, source_file: str, source_line: int) -> None:
        """Bring the line of a file."""
        if self._session is not None:
            self._start("original line", self._original(self._session, source_file, source_line))

    def copy(self, selection: Selection, order: Order, cells: Cells, zone: ZoneInfo) -> None:
        """Bring these cells as text."""
        if self._session is not None:
            self._start("copy", self._copy(self._session, selection, order, cells, zone))

    def copy_event(self, event: Mapping[str, Any], zone: ZoneInfo) -> None:
        """Bring all of an event as text."""
        self._start("copy", self._copy_event(event, zone))

    def _start_look(self, key: EventKey) -> None:
        if self._session is not None:
            self._start("event", self._event(self._session, key))

    def _start(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        self._stop(name)
        self._tasks[name] = self._spawn(self._said(work), name=name)

    def _stop(self, name: str) -> None:
        if name in self._tasks:
            self._tasks.pop(name).cancel()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    async def _said(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except ShannonError as error:
            self.failed.emit(error)

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
        for first, count in _pieces(cells.rows(), COPY_ROWS):
            found = await session.preview(selection, first, count, order=order)
            wanted = found.select(list(cells.columns))
            rows += enumerate(await asyncio.to_thread(wanted.to_pylist), first)
        text = await asyncio.to_thread(table_text, cells, rows, zone)
        self.copied.emit(Copied(text, len(rows), cells.row_count() - len(rows)))


def _pieces(spans: list[tuple[int, int]], most: int) -> Iterator[tuple[int, int]]:
    """``(first row, rows)`` of these spans ``(first, last)``, a few rows at a time, ``most`` in all."""
    for first, last in spans:
        for start in range(first, last + 1, _ROWS_AT_A_TIME):
            count = min(_ROWS_AT_A_TIME, last + 1 - start, most)
            if count <= 0:
                return
            most -= count
            yield start, count
