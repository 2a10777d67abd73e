"""Keeps the figures that are shown before an export true to the form.

A newer request stops the estimate of an older one.
"""

from __future__ import annotations

from PySide6.QtCore import Signal

from shannon_core.errors import JobCancelled
from shannon_core.request.output_files import OutputPlan
from shannon_gui.controllers.ports import SessionPort
from shannon_gui.controllers.session_controller import SessionController
from shannon_gui.tasks import Spawn

PREFLIGHT_DELAY_SECONDS = 0.4
"""Longer than the preview's: while choices still change, the preview comes first."""


class PreflightController(SessionController):
    """Asks the core what the request that is on the screen would do."""

    found = Signal(object)
    """The Preflight of the request that is current."""
    voided = Signal()
    """What was found is of another request or of other data."""

    def __init__(self, spawn: Spawn, *, delay: float = PREFLIGHT_DELAY_SECONDS) -> None:
        super().__init__(spawn)
        self._delay = delay
        self._plan: OutputPlan | None = None

    def attach(self, session: SessionPort) -> None:
        """Ask this session from now on."""
        super().attach(session)
        self.reread()

    def detach(self) -> None:
        """Stop asking, and void what was found."""
        super().detach()
        self.voided.emit()

    def ask(self, plan: OutputPlan | None) -> None:
        """This is what would be exported now; None while nothing can be."""
        if plan != self._plan:
            self._plan = plan
            self.reread()

    def reread(self) -> None:
        """Ask again, soon: the data or the request is another, and what was found is void."""
        self.voided.emit()
        self.recheck()

    def recheck(self) -> None:
        """Ask again, soon, for the free space may have changed; what was found stays until then."""
        self._stop("preflight")
        plan = self._plan
        if plan is not None:
            self._ask("preflight", lambda session: self._estimate(session, plan), after=self._delay)

    async def _estimate(self, session: SessionPort, plan: OutputPlan) -> None:
        try:
            answer = await session.preflight(plan)
        except JobCancelled:
            return  # a newer question was asked, and its answer comes
        self.found.emit(answer)
