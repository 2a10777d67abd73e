"""Keeps what is known of the open sources true: the figures of each, and what changed on the disk since they were
read."""

from __future__ import annotations

import asyncio
import time

from PySide6.QtCore import Signal

from shannon_core.ingest.disk_changes import SourceChanges
from shannon_gui.controllers.ports import SessionPort
from shannon_gui.controllers.session_controller import SessionController
from shannon_gui.tasks import Spawn

INTERVAL_SECONDS = 5.0
_REST_FACTOR = 50
"""Pause after comparing a tree, in multiples of the time that took: a large tree keeps a core busy for 2 % at most."""


class SourceWatchController(SessionController):
    """Compares the disk every few seconds with what was read, by names, sizes and times, and not while a job runs.

    Not the system's own watches: they run out where there are thousands of folders, and miss network drives.
    """

    inventory_found = Signal(object)
    """A tuple of SourceFigures."""
    changes_found = Signal(object)
    """SourceChanges, whenever they are not what they were."""

    def __init__(self, spawn: Spawn, *, interval: float = INTERVAL_SECONDS) -> None:
        super().__init__(spawn)
        self._interval = interval
        self._paused = False
        self._timer: asyncio.TimerHandle | None = None
        self._changes = SourceChanges()

    def attach(self, session: SessionPort) -> None:
        """Watch the sources of this session from now on."""
        super().attach(session)
        self.refresh()

    def detach(self) -> None:
        """Stop watching: the session is about to be closed."""
        super().detach()
        self._stop_timer()
        self._show(SourceChanges())

    def refresh(self) -> None:
        """The sources have just been read: count again, and compare after the interval."""
        self._stop("changes")
        self._show(SourceChanges())
        if self._session is not None:
            self._ask("inventory", self._count)
            self._compare_after(self._interval)

    def set_paused(self, paused: bool) -> None:
        """Leave the disk alone while a job runs; what is on the screen stays."""
        self._paused = paused

    def compare_now(self) -> None:
        """Compare now, and again after a while; while paused, only after a while."""
        if self._session is not None and self._paused:
            self._compare_after(self._interval)
        else:
            self._ask("changes", self._compare)

    def _compare_after(self, seconds: float) -> None:
        self._stop_timer()
        self._timer = asyncio.get_running_loop().call_later(seconds, self.compare_now)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    async def _count(self, session: SessionPort) -> None:
        self.inventory_found.emit(await session.inventory())

    async def _compare(self, session: SessionPort) -> None:
        started = time.monotonic()
        self._show(await session.changes())
        self._compare_after(max(self._interval, _REST_FACTOR * (time.monotonic() - started)))

    def _show(self, changes: SourceChanges) -> None:
        if changes != self._changes:
            self._changes = changes
            self.changes_found.emit(changes)
