"""From the form to the files: the plan, the question where to, the start, the end, and closing in between."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from shannon_core.request import ExportRequest
from shannon_gui.controllers.export import ExportController
from shannon_gui.controllers.preflight import PreflightController
from shannon_gui.controllers.sources import SourcesController
from shannon_gui.planning import Plan, plan_export
from shannon_gui.settings import Settings
from shannon_gui.state import ExportState
from shannon_gui.windows.dialogs import Asker
from shannon_gui.windows.layout import Panels


class Exporting(QObject):
    """One export at a time, whatever is clicked how often."""

    started = Signal()
    close_agreed = Signal()
    """Somebody wants to close the window although an export runs; it has been cancelled."""

    def __init__(
        self,
        panels: Panels,
        export: ExportController,
        preflight: PreflightController,
        sources: SourcesController,
        settings: Settings,
        asker: Asker,
    ) -> None:
        super().__init__(panels)
        self._form = panels.form
        self._bar = panels.export_bar
        self._export = export
        self._preflight = preflight
        self._sources = sources
        self._settings = settings
        self._asker = asker
        self._question: QMessageBox | None = None
        self._connect()

    def _connect(self) -> None:
        preflight, bar = self._preflight, self._bar
        self._sources.opened.connect(preflight.attach)
        self._sources.refreshed.connect(preflight.reread)
        self._sources.closing.connect(preflight.detach)
        self._export.ended.connect(preflight.reread)
        preflight.found.connect(bar.show_preflight)
        preflight.voided.connect(lambda: bar.show_preflight(None))
        preflight.failed.connect(bar.show_no_preflight)
        bar.details.guard_requested.connect(self._form.formats.switch_guard_on)

    def show_plan(self, state: ExportState) -> None:
        """Say what an export would write now, and find out how much that is."""
        plan = self.plan(state)
        self._bar.show_plan(plan.paths, plan.problem)
        self._preflight.ask(plan.request)

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
