"""Keeps what is said before an export true to the form. A newer request stops what is weighed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from shannon_core.errors import JobCancelled, ShannonError
from shannon_core.request.export_request import ExportRequest
from shannon_gui.controllers.ports import SessionPort
from shannon_gui.tasks import Latest, Spawn

DEBOUNCE_SECONDS = 0.4
"""Longer than the preview's: whoever is still choosing is not kept from looking by what is being weighed."""


class PreflightController(QObject):
    """Asks the core what the request that is on the screen would do."""

    found = Signal(object)
    """The Preflight of the request that is current."""
    voided = Signal()
    """What was found is of another request or of other data."""
    failed = Signal(object)
    """A ShannonError: nothing can be said about the request that is current."""

    def __init__(self, spawn: Spawn) -> None:
        super().__init__()
        self._session: SessionPort | None = None
        self._request: ExportRequest | None = None
        self._weighing = Latest(spawn, "preflight")

    def attach(self, session: SessionPort) -> None:
        """Ask this session from now on."""
        self._session = session
        self.reread()

    def detach(self) -> None:
        """Ask nothing more: the session is about to be closed."""
        self._session = None
        self._void()
        self.voided.emit()

    def ask(self, request: ExportRequest | None) -> None:
        """This is what would be exported now; None while nothing can be."""
        if request != self._request:
            self._request = request
            self.reread()

    def reread(self) -> None:
        """Ask again, soon: the data or the request is another, and what was found is void."""
        self.voided.emit()
        self.recheck()

    def recheck(self) -> None:
        """Ask again, soon, for the disk may have another amount of room; what was found stays until then."""
        self._void()
        session, request = self._session, self._request
        if session is not None and request is not None:
            self._weighing.start(lambda: self._weigh(session, request), after=DEBOUNCE_SECONDS)

    def _void(self) -> None:
        self._weighing.stop()
        self.voided.emit()

    async def _weigh(self, session: SessionPort, request: ExportRequest) -> None:
        try:
            answer = await session.preflight(request)
        except JobCancelled:
            return  # a newer question was asked, and its answer comes
        except ShannonError as error:
            self.failed.emit(error)
        else:
            self.found.emit(answer)
