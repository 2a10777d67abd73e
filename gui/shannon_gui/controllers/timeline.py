"""Asks the core how the events that pass the filters are spread over time. A newer question voids an older one."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from shannon_core.errors import ShannonError
from shannon_core.request import Selection
from shannon_core.timeranges import TimeRange
from shannon_gui.controllers.ports import SessionPort, Spawn

DEBOUNCE_SECONDS = 0.2
"""Longer than the preview's, so that its rows come first."""
BUCKETS = 64


class TimelineController(QObject):
    """Keeps a histogram true to the filters; a change of the range alone asks nothing."""

    found = Signal(object)
    """A Histogram."""
    failed = Signal(object)

    def __init__(self, spawn: Spawn) -> None:
        super().__init__()
        self._spawn = spawn
        self._session: SessionPort | None = None
        self._wanted = Selection()
        self._generation = 0
        self._timer: asyncio.TimerHandle | None = None

    def attach(self, session: SessionPort) -> None:
        """Count in this session from now on."""
        self._session = session
        self.refresh()

    def detach(self) -> None:
        """Ask nothing more: the session is about to be closed."""
        self._session = None
        self._void()

    def select(self, selection: Selection) -> None:
        """Count what passes these filters soon, by the clocks of this zone."""
        wanted = replace(selection, time_range=TimeRange(timezone=selection.time_range.timezone))
        if wanted != self._wanted:
            self._wanted = wanted
            self.refresh()

    def refresh(self) -> None:
        """Count again, soon."""
        self._void()
        self._timer = asyncio.get_running_loop().call_later(DEBOUNCE_SECONDS, self._start)

    def _void(self) -> None:
        self._generation += 1
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _start(self) -> None:
        if self._session is not None:
            self._spawn(self._look(self._session, self._wanted, self._generation), name="timeline")

    async def _look(self, session: SessionPort, selection: Selection, generation: int) -> None:
        if generation != self._generation:
            return
        try:
            found = await session.histogram(selection, BUCKETS)
        except ShannonError as error:
            if generation == self._generation:
                self.failed.emit(error)
            return
        if generation == self._generation:
            self.found.emit(found)
