"""Runs one export at a time and follows it to its end."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from shannon_core.errors import ShannonError
from shannon_core.jobs.progress import Failed, Terminal
from shannon_core.request.output_files import OutputPlan
from shannon_gui.controllers.ports import JobPort, SessionPort
from shannon_gui.state import CancelRequested, ExportRequested
from shannon_gui.tasks import Spawn


class ExportController(QObject):
    """Starts an export, cancels it, and emits its progress."""

    progressed = Signal(object)
    """A StateEvent, the terminal one last."""
    ended = Signal(object)
    """The terminal event, after ``progressed`` has emitted it."""

    def __init__(self, spawn: Spawn) -> None:
        super().__init__()
        self._spawn = spawn
        self._busy = False
        self._job: JobPort | None = None

    @property
    def busy(self) -> bool:
        """Whether an export is running."""
        return self._busy

    def start(self, session: SessionPort, plan: OutputPlan) -> bool:
        """Start the export; False, and nothing happens, while another one runs."""
        if self._busy:
            return False
        self._busy = True
        self.progressed.emit(ExportRequested())
        try:
            self._job = session.export(plan)
        except ShannonError as error:
            self._end(Failed.of(error))
            return True
        self._spawn(self._follow(self._job), name="export")
        return True

    def cancel(self) -> None:
        """Ask the running export to stop; its terminal event says when it has."""
        if self._job is not None:
            self.progressed.emit(CancelRequested())
            self._job.cancel()

    async def _follow(self, job: JobPort) -> None:
        done: Terminal = Failed("export_interrupted")
        try:
            async for event in job:
                if isinstance(event, Terminal):
                    done = event
                else:
                    self.progressed.emit(event)
        finally:
            self._end(done)

    def _end(self, event: Terminal) -> None:
        self._busy = False
        self._job = None
        self.progressed.emit(event)
        self.ended.emit(event)
