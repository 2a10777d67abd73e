"""Holds the one ExportState and emits every change of it."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from shannon_gui.state import ExportState, StateEvent, reduce


class StateStore(QObject):
    """Holds ``state``; every event of the controllers passes through ``dispatch``."""

    changed = Signal(object)
    """The ExportState that is true now."""
    event_seen = Signal(object)
    """The StateEvent that led to it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self.state = ExportState()

    def dispatch(self, event: StateEvent) -> None:
        """Reduce the state by the event, then emit both."""
        self.state = reduce(self.state, event, self._clock())
        self.changed.emit(self.state)
        self.event_seen.emit(event)
