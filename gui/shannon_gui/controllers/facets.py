"""Finds the real values of a filter field while somebody types. A newer search voids an older one."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QObject, Signal

from shannon_core.errors import ShannonError
from shannon_core.request import Selection
from shannon_gui.controllers.ports import SessionPort, Spawn

DEBOUNCE_SECONDS = 0.12
VALUES_SHOWN = 200


class FacetsController(QObject):
    """Answers ``search`` with the values that exist under the other filters, most frequent first."""

    values_found = Signal(str, object)
    """The field and its list of FacetValue."""
    failed = Signal(object)

    def __init__(self, spawn: Spawn) -> None:
        super().__init__()
        self._spawn = spawn
        self._session: SessionPort | None = None
        self._selection = Selection()
        self._generation = 0
        self._timer: asyncio.TimerHandle | asyncio.Handle | None = None

    def attach(self, session: SessionPort) -> None:
        """Search in this session from now on."""
        self._session = session
        self._generation += 1

    def detach(self) -> None:
        """Ask nothing more: the session is about to be closed."""
        self._session = None
        self._generation += 1

    def select(self, selection: Selection) -> None:
        """Count values under this selection from now on."""
        self._selection = selection

    def search(self, field: str, text: str) -> None:
        """Look for values of the field that contain the text; all of them where it is empty."""
        self._generation += 1
        if self._timer is not None:
            self._timer.cancel()
        delay = DEBOUNCE_SECONDS if text else 0
        self._timer = asyncio.get_running_loop().call_later(delay, self._start, field, text, self._generation)

    def _start(self, field: str, text: str, generation: int) -> None:
        if self._session is not None and generation == self._generation:
            self._spawn(self._look(self._session, field, text, generation), name="facets")

    async def _look(self, session: SessionPort, field: str, text: str, generation: int) -> None:
        if generation != self._generation:
            return
        try:
            values = await session.facets(self._selection, field, search=text, limit=VALUES_SHOWN)
        except ShannonError as error:
            if generation == self._generation:
                self.failed.emit(error)
            return
        if generation == self._generation:
            self.values_found.emit(field, values)
