"""Asks the core how the events that pass the filters are spread over time. A newer question stops an older one."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal

from shannon_core.request.selection import Selection
from shannon_core.request.time_range import TimeRange
from shannon_gui.controllers.ports import SessionPort
from shannon_gui.controllers.session_controller import SessionController
from shannon_gui.tasks import Spawn

HISTOGRAM_DELAY_SECONDS = 0.2
"""Longer than the preview's, so that its rows come first."""
BUCKETS = 64


class HistogramController(SessionController):
    """Keeps a histogram true to the filters; a change of the range alone asks nothing."""

    found = Signal(object)
    """A Histogram."""

    def __init__(self, spawn: Spawn, *, delay: float = HISTOGRAM_DELAY_SECONDS) -> None:
        super().__init__(spawn)
        self._delay = delay
        self._wanted = Selection()

    def attach(self, session: SessionPort) -> None:
        """Count in this session from now on."""
        super().attach(session)
        self.refresh()

    def select(self, selection: Selection) -> None:
        """Count what passes these filters soon, by the clocks of this zone."""
        wanted = replace(selection, time_range=TimeRange(timezone=selection.time_range.timezone))
        if wanted != self._wanted:
            self._wanted = wanted
            self.refresh()

    def refresh(self) -> None:
        """Count again after the delay."""
        self._ask("histogram", lambda session: self._count(session, self._wanted), after=self._delay)

    async def _count(self, session: SessionPort, selection: Selection) -> None:
        self.found.emit(await session.histogram(selection, BUCKETS))
