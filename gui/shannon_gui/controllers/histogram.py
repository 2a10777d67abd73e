"""Asks the core how the events that pass the filters are spread over time. A newer question stops an older one."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from shannon_core.errors import ShannonError
from shannon_core.request.selection import Selection
from shannon_core.request.time_range import TimeRange
from shannon_gui.controllers.ports import SessionPort
from shannon_gui.tasks import Latest, Spawn

DEBOUNCE_SECONDS = 0.2
"""Longer than the preview's, so that its rows come first."""
BUCKETS = 64


class HistogramController(QObject):
    """Keeps a histogram true to the filters; a change of the range alone asks nothing."""

    found = Signal(object)
    """A Histogram."""
    failed = Signal(object)

    def __init__(self, spawn: Spawn) -> None:
        super().__init__()
        self._session: SessionPort | None = None
        self._wanted = Selection()
        self._looking = Latest(spawn, "timeline")

    def attach(self, session: SessionPort) -> None:
        """Count in this session from now on."""
        self._session = session
        self.refresh()

    def detach(self) -> None:
        """Ask nothing more: the session is about to be closed."""
        self._session = None
        self._looking.stop()

    def select(self, selection: Selection) -> None:
        """Count what passes these filters soon, by the clocks of this zone."""
        wanted = replace(selection, time_range=TimeRange(timezone=selection.time_range.timezone))
        if wanted != self._wanted:
            self._wanted = wanted
            self.refresh()

    def refresh(self) -> None:
        """Count again, soon."""
        session = self._session
        if session is not None:
            self._looking.start(lambda: self._look(session, self._wanted), after=DEBOUNCE_SECONDS)

    async def _look(self, session: SessionPort, selection: Selection) -> None:
        try:
            found = await session.histogram(selection, BUCKETS)
        except ShannonError as error:
            self.failed.emit(error)
        else:
            self.found.emit(found)
