"""Keeps what is known of the open sources true: the figures of each, and what changed on the disk since they were read."""

from __future__ import annotations

import asyncio
import time

from PySide6.QtCore import QObject, Signal

from shannon_core.errors import ShannonError
from shannon_core.ingest.disk_changes import SourceChanges
from shannon_gui.controllers.ports import SessionPort
from shannon_gui.tasks import Spawn

INTERVAL_SECONDS = 5.0
_SHARE = 50
"""A glance at a large tree is taken so rarely that it keeps a core busy for at most one part in so many."""


class SourceWatchController(QObject):
    """Looks at the disk every few seconds, by names, sizes and times, and not while a job runs.

    Not the system's own watches: they run out where there are thousands of folders, and miss network drives.
    """

    inventory_found = Signal(object)
    """A tuple of SourceFigures."""
    changes_found = Signal(object)
    """SourceChanges, whenever they are not what they were."""
    failed = Signal(object)

    def __init__(self, spawn: Spawn) -> None:
        super().__init__()
        self._spawn = spawn
        self._session: SessionPort | None = None
        self._generation = 0
        self._paused = False
        self._timer: asyncio.TimerHandle | None = None
        self._changes = SourceChanges()

    def attach(self, session: SessionPort) -> None:
        """Look after this session from now on."""
        self._session = session
        self.refresh()

    def detach(self) -> None:
        """Look after nothing: the session is about to be closed."""
        self._session = None
        self._void()
        self._tell(SourceChanges())

    def refresh(self) -> None:
        """The sources have just been read."""
        self._void()
        self._tell(SourceChanges())
        if self._session is not None:
            self._spawn(self._count(self._session, self._generation), name="inventory")
            self._wait(INTERVAL_SECONDS)

    def set_paused(self, paused: bool) -> None:
        """Do not look while a job runs; what is on the screen stays."""
        self._paused = paused

    def glance(self) -> None:
        """Look at the disk now, and again in a while."""
        if self._session is not None and self._paused:
            self._wait(INTERVAL_SECONDS)
        elif self._session is not None:
            self._spawn(self._compare(self._session, self._generation), name="watch")

    def _wait(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(seconds, self.glance)

    def _void(self) -> None:
        self._generation += 1
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    async def _count(self, session: SessionPort, generation: int) -> None:
        try:
            figures = await session.inventory()
        except ShannonError as error:
            if generation == self._generation:
                self.failed.emit(error)
            return
        if generation == self._generation:
            self.inventory_found.emit(figures)

    async def _compare(self, session: SessionPort, generation: int) -> None:
        started = time.monotonic()
        changes = await session.changes()
        if generation == self._generation:
            self._tell(changes)
            self._wait(max(INTERVAL_SECONDS, _SHARE * (time.monotonic() - started)))

    def _tell(self, changes: SourceChanges) -> None:
        if changes != self._changes:
            self._changes = changes
            self.changes_found.emit(changes)
