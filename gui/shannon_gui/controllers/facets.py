"""Finds the values of a filter field during typing. A newer search stops an older one."""

from __future__ import annotations

from PySide6.QtCore import Signal

from shannon_core.request.selection import Selection
from shannon_gui.controllers.ports import SessionPort
from shannon_gui.controllers.session_controller import SessionController
from shannon_gui.tasks import Spawn

SEARCH_DELAY_SECONDS = 0.12
VALUES_SHOWN = 200


class FacetsController(SessionController):
    """Answers ``search`` with the values that exist under the other filters, most frequent first."""

    values_found = Signal(str, object)
    """The field and its list of FacetValue."""

    def __init__(self, spawn: Spawn, *, delay: float = SEARCH_DELAY_SECONDS) -> None:
        super().__init__(spawn)
        self._delay = delay
        self._selection = Selection()

    def select(self, selection: Selection) -> None:
        """Count values under this selection from now on."""
        self._selection = selection

    def search(self, field: str, text: str) -> None:
        """Look for values of the field that contain the text; all of them where it is empty."""
        self._ask(
            "facets", lambda session: self._look(session, field, text), after=self._delay if text else 0
        )

    async def _look(self, session: SessionPort, field: str, text: str) -> None:
        values = await session.facets(self._selection, field, search=text, limit=VALUES_SHOWN)
        self.values_found.emit(field, values)
