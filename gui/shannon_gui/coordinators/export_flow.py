"""From the form to the files: the plan, the question where to, the start, the end, and closing in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox

from shannon_core.errors import RequestError
from shannon_core.jobs.progress import Finished, Terminal
from shannon_core.request.export_request import ExportRequest
from shannon_core.request.output_files import OutputPlan, plan_output
from shannon_gui.coordinators.collaborators import Controllers, WindowParts
from shannon_gui.coordinators.export_plan import Plan, plan_export
from shannon_gui.storage.history import History, PastExport
from shannon_gui.storage.presets import Preset


class ExportFlow(QObject):
    """Runs one export at a time, however many clicks there are."""

    started = Signal()
    close_agreed = Signal()
    """The window is to be closed although an export runs; the export has been cancelled."""
    sources_wanted = Signal(object)
    """An export of other sources is to be done: these paths are to be opened."""

    def __init__(self, parts: WindowParts, controllers: Controllers, history: History) -> None:
        super().__init__(parts.window)
        self._window = parts.window
        self._form = parts.panels.form
        self._bar = parts.panels.export_bar
        self._state = parts.state
        self._export = controllers.export
        self._preflight = controllers.preflight
        self._sources = controllers.sources
        self._settings = parts.services.settings
        self._asker = parts.services.asker
        self._history = history
        self._preset: Preset | None = None
        self._running: ExportRequest | None = None
        self._waiting: ExportRequest | None = None
        self._question: QMessageBox | None = None
        self._connect()

    def _connect(self) -> None:
        preflight, bar = self._preflight, self._bar
        self._sources.opened.connect(preflight.attach)
        self._sources.opened.connect(self._on_sources_read)
        self._sources.refreshed.connect(self._on_sources_read)
        self._sources.failed.connect(self._on_sources_failed)
        self._sources.refreshed.connect(preflight.reread)
        self._sources.closing.connect(preflight.detach)
        self._export.ended.connect(self._on_export_ended)
        preflight.found.connect(bar.show_preflight)
        preflight.voided.connect(lambda: bar.show_preflight(None))
        preflight.failed.connect(bar.show_no_preflight)
        bar.details.guard_requested.connect(self._form.formats.switch_guard_on)

    def show_plan(self) -> None:
        """Show what an export would write now, and ask for its size."""
        plan = self.plan()
        self._bar.show_plan(plan.paths, plan.problem, asks=plan.asks)
        self._preflight.ask(plan.output)

    def plan(self) -> Plan:
        """What an export would write now."""
        settings = self._settings
        return plan_export(
            self._form, self._state(), settings.last_folder, settings.last_stem, self.current_preset()
        )

    def request(self) -> ExportRequest | None:
        """What would be exported now; None where nothing can be."""
        return self.plan().request

    def quick_range(self) -> str:
        """The key of the quick range that is chosen, or nothing."""
        return self._form.time.quick()

    def folder(self) -> str:
        """The folder of the last export."""
        return self._settings.last_folder

    def use(self, preset: Preset) -> None:
        """Make the choices of a preset those of the window."""
        self._preset = preset
        self._form.set_request(preset.request)
        self._form.set_selection(preset.request.selection, preset.quick)
        self.show_plan()

    def propose(self, request: ExportRequest) -> None:
        """Begin with the formats and contents of the last export; its range and filters belong to other data."""
        self._form.set_request(request)

    def current_preset(self) -> Preset | None:
        """The chosen preset, while the form still has its values."""
        preset, state = self._preset, self._state()
        if preset is None:
            return None
        try:
            request = self._form.request(state.sources or preset.request.sources, preset.request.target)
        except RequestError:
            return None
        return preset if preset.is_chosen_in(request, self.quick_range()) else None

    def take_over(self, request: ExportRequest) -> None:
        """Make the choices of a request those of the window, its sources included."""
        self._settings.remember_request(request, _stem(request))
        self._form.set_request(request)
        self._form.set_selection(request.selection)
        if not self._has_open(request):
            self.sources_wanted.emit(request.sources)
        self.show_plan()

    def again(self, request: ExportRequest) -> None:
        """Repeat a past export as soon as its sources are open."""
        if self._has_open(request):
            self._start_there(plan_output(request))
        else:
            self._waiting = request
            self.sources_wanted.emit(request.sources)

    def ask(self) -> None:
        """Ask where to, then start; nothing happens where there is nothing to export."""
        plan = self.plan()
        if plan.output is None:
            return
        if plan.asks:
            self._asker.ask_target(self._window, plan.output, self._start)
        else:
            self._start_there(plan.output)

    def _has_open(self, request: ExportRequest) -> bool:
        session = self._sources.session
        return session is not None and set(session.sources) == set(request.sources)

    def _start_there(self, plan: OutputPlan) -> None:
        """Start where the plan says, after a question where files are there already."""
        existing = plan.existing()
        if existing:
            agreed = plan.replacing(overwrite=True)
            self._asker.ask_replace(self._window, existing, lambda: self._start(agreed))
        else:
            self._start(plan.replacing(overwrite=False))

    def _start(self, plan: OutputPlan) -> None:
        session = self._sources.session
        if session is None:
            return
        request = replace(plan.request, sources=session.sources)
        if not self._export.busy:
            self._running = request
            self._export.start(session, replace(plan, request=request))
            if not self._has_place():
                self._settings.remember_request(request, _stem(request))
            self.started.emit()

    def _has_place(self) -> bool:
        preset = self.current_preset()
        return preset is not None and bool(preset.target)

    def _on_sources_read(self) -> None:
        """What is on the screen before all of it has been read is not what a past export was of."""
        if self._waiting is None or self._state().busy:
            return
        waiting, self._waiting = self._waiting, None
        if self._has_open(waiting):
            self._start_there(plan_output(waiting))

    def _on_sources_failed(self) -> None:
        self._waiting = None

    def _on_export_ended(self, event: Terminal) -> None:
        if self._running is not None:
            state, now = self._state(), datetime.now().astimezone()
            events = max((file.rows_total for file in state.files), default=0)
            if isinstance(event, Finished):
                events = event.events
            self._history.add(PastExport.of(now, self._running, event, events, state.kept))
            self._running = None
        self._preflight.recheck()
        self.withdraw_question()

    def ask_before_closing(self) -> None:
        """An export runs: go on with it, or cancel it and close."""
        if self._question is not None:
            return
        box = QMessageBox(self._window)
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
        """The open question, if there is one."""
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
