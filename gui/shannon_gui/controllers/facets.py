"""Finds the real values of a filter field while somebody types. A newer search stops an older one."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from shannon_core.errors import ShannonError
from shannon_core.request.selection import Selection
from shannon_gui.controllers.ports import SessionPort
from shannon_gui.tasks import Latest, Spawn

DEBOUNCE_SECONDS = 0.12
VALUES_SHOWN = 200


class FacetsController(QObject):
    """Answers ``search`` with the values that exist under the other filters, most frequent first."""

    values_found = Signal(str, object)
    """The field and its list of FacetValue."""
    failed = Signal(object)

    def __init__(self, spawn: Spawn) -> None:
        super().__init__()
        self._session: SessionPort | None = None
        self._selection = Selection()
        self._searching = Latest(spawn, "facets")

    def attach(self, session: SessionPort) -> None:
        """Search in this session from now on."""
        self._searching.stop()
        self._session = session

    def detach(self) -> None:
        """Ask nothing more: the session is about to be closed."""
        self._searching.stop()
        self._session = None

    def select(self, selection: Selection) -> None:
        """Count values under this selection from now on."""
        self._selection = selection

    def search(self, field: str, text: str) -> None:
        """Look for values of the field that contain the text; all of them where it is empty."""
        session = self._session
        if session is not None:
            after = DEBOUNCE_SECONDS if text else 0
            self._searching.start(lambda: self._look(session, field, text), after=after)

    async def _look(self, session: SessionPort, field: str, text: str) -> None:
        try:
            values = await session.facets(self._selection, field, search=text, limit=VALUES_SHOWN)
        except ShannonError as error:
            self.failed.emit(error)
        else:
            self.values_found.emit(field, values)
