"""From the form to the files: the plan, the question where to, the start, the end, and closing in between."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from shannon_core.progress import Cancelled, Finished
from shannon_core.request import ExportRequest
from shannon_gui.controllers.export import ExportController
from shannon_gui.controllers.sources import SourcesController
from shannon_gui.panels.form import FormPanel
from shannon_gui.planning import Plan, plan_export
from shannon_gui.settings import Settings
from shannon_gui.state import ExportState
from shannon_gui.windows.dialogs import Asker


class Exporting(QObject):
    """One export at a time, whatever is clicked how often."""

    started = Signal()
    close_agreed = Signal()
    """Somebody wants to close the window although an export runs; it has been cancelled."""

    def __init__(
        self,
        form: FormPanel,
        export: ExportController,
        sources: SourcesController,
        settings: Settings,
        asker: Asker,
    ) -> None:
        super().__init__(form)
        self._form = form
        self._export = export
        self._sources = sources
        self._settings = settings
        self._asker = asker
        self._question: QMessageBox | None = None

    def plan(self, state: ExportState) -> Plan:
        """What an export would write now."""
        return plan_export(self._form, state, self._settings.last_folder, self._settings.last_stem)

    def ask(self, window: QWidget, state: ExportState) -> None:
        """Ask where to, then start; nothing happens where there is nothing to export."""
        plan = self.plan(state)
        if plan.request is not None:
            self._asker.ask_target(window, plan.request, self._start)

    def _start(self, request: ExportRequest) -> None:
        session = self._sources.session
        if session is not None and self._export.start(session, replace(request, sources=session.sources)):
            self._settings.remember_request(request, _stem(request))
            self.started.emit()

    def show_in_folder(self, state: ExportState) -> None:
        """Open the folder of the last export's files in the file manager."""
        outcome = state.outcome
        if isinstance(outcome, Finished | Cancelled) and outcome.paths:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(outcome.paths[0]).parent)))

    def ask_before_closing(self, window: QWidget) -> None:
        """An export runs: go on with it, or cancel it and close."""
        if self._question is not None:
            return
        box = QMessageBox(window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.tr("An export is running"))
        box.setText(self.tr("An export is running. Cancel it and close?"))
        box.setInformativeText(self.tr("Files that are not complete yet are not kept."))
        cancel = box.addButton(self.tr("&Cancel and close"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(self.tr("&Keep exporting"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        cancel.clicked.connect(self._on_close_agreed)
        box.finished.connect(self._on_question_answered)
        self._question = box
        box.open()

    def withdraw_question(self) -> None:
        """The export has ended by itself: there is nothing to ask any more."""
        if self._question is not None:
            self._question.close()

    def question(self) -> QMessageBox | None:
        """The question that is open."""
        return self._question

    def _on_close_agreed(self) -> None:
        self._export.cancel()
        self.close_agreed.emit()

    def _on_question_answered(self) -> None:
        self._question = None


def _stem(request: ExportRequest) -> str:
    """The name without the ending that the format gave it."""
    name = Path(request.target).name
    if len(request.formats) > 1:
        return name
    return name.removesuffix(".gz").rpartition(".")[0] or name
