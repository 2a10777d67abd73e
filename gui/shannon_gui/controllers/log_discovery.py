"""Looks for the log folders of this computer, in a thread of its own: a huge tree delays nothing."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, Signal

from shannon_core.errors import JobCancelled
from shannon_core.jobs.plugin_notices import plugin_notices
from shannon_core.jobs.progress import Notice
from shannon_core.sources.log_locations import (
    Environment,
    FoundFolder,
    KnownFolder,
    known_folders,
    look_into,
)
from shannon_core.sources.registry import SOURCES
from shannon_gui.controllers.found_logs import FoundLog, FoundLogs
from shannon_gui.tasks import Spawn

LookInto = Callable[[KnownFolder, Callable[[], None]], FoundFolder | None]


def known_here() -> list[KnownFolder]:
    """The folders of known tools on this computer."""
    return known_folders(Environment.here())


def broken_sources() -> Iterable[Notice]:
    """A warning for each source of an installed package that cannot be used."""
    return plugin_notices(SOURCES)


class LogDiscoveryController(QObject):
    """Emits the folders as soon as they are known, and again whenever one has been counted."""

    found = Signal(object)
    """FoundLogs."""
    noticed = Signal(object)
    """Notice: what stood in the way of looking, each once."""

    def __init__(
        self,
        spawn: Spawn,
        known: Callable[[], Sequence[KnownFolder]] = known_here,
        look: LookInto = look_into,
        broken: Callable[[], Iterable[Notice]] = broken_sources,
    ) -> None:
        super().__init__()
        self._spawn = spawn
        self._known = known
        self._look_into = look
        self._broken = broken
        self._noticed: list[Notice] = []
        self._stopped = threading.Event()
        self._looking = False

    def look(self) -> None:
        """Look again, unless a search is running."""
        if not self._looking:
            self._looking = True
            self._spawn(self._look(), name="look for logs")

    def stop(self) -> None:
        """Stop looking; no further signal is emitted."""
        self._stopped.set()

    async def _look(self) -> None:
        try:
            logs = {
                known: FoundLog(known.kind, str(known.folder))
                for known in await asyncio.to_thread(self._known)
            }
            self._notice()
            for known in tuple(logs):
                self._emit(FoundLogs(True, tuple(logs.values())))
                counted = await asyncio.to_thread(self._look_into, known, self._check)
                if counted is None:
                    del logs[known]
                else:
                    logs[known] = _log_of(counted)
            self._emit(FoundLogs(False, tuple(logs.values())))
        except JobCancelled:
            return
        finally:
            self._looking = False

    def _notice(self) -> None:
        self._check()
        for notice in self._broken():
            if notice not in self._noticed:
                self._noticed.append(notice)
                self.noticed.emit(notice)

    def _emit(self, found: FoundLogs) -> None:
        self._check()
        self.found.emit(found)

    def _check(self) -> None:
        if self._stopped.is_set():
            raise JobCancelled


def _log_of(counted: FoundFolder) -> FoundLog:
    return FoundLog(counted.kind, str(counted.folder), counted.files, counted.size, counted.newest)
