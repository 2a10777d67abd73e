"""The main window: composes the panels and routes their signals to the controllers and back. It decides nothing."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow

from shannon_core.jobs.progress import Failed, SourcesRead, Terminal
from shannon_gui.controllers.ports import SessionPort
from shannon_gui.controllers.preview import PAGE_ROWS
from shannon_gui.coordinators.collaborators import Controllers, Services, WindowParts
from shannon_gui.coordinators.export import ExportCoordinator
from shannon_gui.coordinators.open_sources import SourceOpener, dropped_sources
from shannon_gui.coordinators.preview import PreviewCoordinator
from shannon_gui.coordinators.save_results import ResultSaver
from shannon_gui.coordinators.sources import SourcesCoordinator
from shannon_gui.dialogs.error_presenter import ErrorPresenter
from shannon_gui.models.preview_table import PreviewTable
from shannon_gui.panels.filters.event_filters import Choice
from shannon_gui.panels.workspace import Workspace
from shannon_gui.state import ExportState, StateEvent
from shannon_gui.state_store import StateStore
from shannon_gui.text.log_lines import log_line, path_of

_FIRST_SIZE = QSize(1280, 800)
_FRAME_SIZE = QSize(8, 40)
"""Room for the frame and the title, which the window manager adds: on a small screen the export bar stays visible."""


class MainWindow(QMainWindow):
    """Sources, form, results and export on one screen."""

    closed = Signal()

    def __init__(self, controllers: Controllers, services: Services, zone: str) -> None:
        super().__init__()
        self._controllers = controllers
        self._settings = services.settings
        self._store = StateStore()
        self._model = PreviewTable(PAGE_ROWS, zone)
        self._closing = False
        self.panels = Workspace(self._model, zone)
        self.presenter = ErrorPresenter(self.panels.message, self)
        parts = WindowParts(self, self.panels, self.presenter, self.state, services)
        self.preview_coordinator = PreviewCoordinator(parts, controllers, self._model)
        self.source_opener = SourceOpener(parts, controllers.sources)
        self.export_coordinator = ExportCoordinator(parts, controllers)
        self.export_flow = self.export_coordinator.export_flow
        self.source_coordinator = SourcesCoordinator(parts, controllers, self.source_opener)
        self.result_saver = ResultSaver(parts)
        self._build_ui()
        self._connect_controllers()
        self._connect_panels()
        self._connect_shortcuts()
        self._restore()

    def _build_ui(self) -> None:
        self.setWindowTitle(self.tr("Shannon Exporter"))
        self.setMinimumSize(QSize(960, 600))
        self.setAcceptDrops(True)
        self.setCentralWidget(self.panels)

    def _connect_controllers(self) -> None:
        controllers, panels = self._controllers, self.panels
        self._store.changed.connect(self._on_state_changed)
        self._store.event_seen.connect(self._on_event_seen)
        controllers.sources.progressed.connect(self._store.dispatch)
        controllers.sources.opened.connect(self._on_sources_opened)
        controllers.sources.refreshed.connect(panels.preview.keep_place)
        controllers.sources.refreshed.connect(self.preview_coordinator.reread)
        controllers.sources.closing.connect(self.preview_coordinator.detach)
        controllers.sources.closing.connect(controllers.answers.detach)
        controllers.sources.failed.connect(self._on_reading_failed)
        controllers.export.progressed.connect(self._store.dispatch)
        controllers.export.ended.connect(self._on_export_ended)
        controllers.answers.failed.connect(self.presenter.show_error)
        controllers.sources.refreshed.connect(controllers.answers.refresh)
        for panel in (panels.aggregations, panels.charts, panels.report):
            panel.wanted_changed.connect(controllers.answers.want)
            controllers.answers.answered.connect(panel.show_answer)

    def _connect_panels(self) -> None:
        panels = self.panels
        panels.form.selection_changed.connect(self._on_selection_changed)
        panels.form.plan_changed.connect(self._on_plan_changed)
        for looked_at in (panels.preview, panels.aggregations, panels.charts):
            looked_at.filters_cleared.connect(panels.form.clear_selection)
        panels.aggregations.filter_requested.connect(self._on_filter_requested)
        panels.aggregations.exported_changed.connect(panels.form.contents.tick)
        panels.form.contents.changed.connect(self._on_contents_changed)
        panels.export_bar.export_requested.connect(self._on_export_requested)
        panels.progress.cancel_requested.connect(self._on_cancel_requested)
        self.export_flow.sources_wanted.connect(self.source_opener.open)
        self.export_flow.close_agreed.connect(self._on_close_agreed)

    def _connect_shortcuts(self) -> None:
        self.addActions(self.panels.sources.actions_with_shortcuts())
        for keys, slot, text in (
            ("Ctrl+E", self._on_export_requested, self.tr("Export")),
            ("Ctrl+F", self.panels.form.focus_search, self.tr("Search for words")),
            ("F5", self._controllers.sources.refresh, self.tr("Read what changed")),
            ("Esc", self._on_cancel_requested, self.tr("Cancel, or close the message")),
            ("Ctrl+Q", self.close, self.tr("Quit")),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setWhatsThis(text)  # the list of keys takes it from there
            shortcut.activated.connect(slot)

    def _restore(self) -> None:
        settings = self._settings
        if not self.restoreGeometry(settings.bytes("window_geometry")):
            self.resize(_FIRST_SIZE.boundedTo(self.screen().availableSize() - _FRAME_SIZE))
        self.panels.split.restoreState(settings.bytes("window_split"))
        self.export_coordinator.begin()
        self.source_coordinator.begin()
        self.preview_coordinator.restore()
        self.preview_coordinator.select()
        self._on_state_changed(self.state())
        self._on_contents_changed()
        self._on_selection_changed()

    def state(self) -> ExportState:
        """The state that the window shows."""
        return self._store.state

    def table_model(self) -> PreviewTable:
        """The rows of the preview."""
        return self._model

    def redraw_icons(self) -> None:
        """Draw pictures again after the colours have changed."""
        self.panels.redraw_icons()
        self._model.redraw()
        self._on_state_changed(self.state())

    def _on_state_changed(self, state: ExportState) -> None:
        if not state.busy:  # a button that is disabled while it has the focus would give it to anything
            self._on_plan_changed()
        self.panels.show_state(state)
        self.source_coordinator.follow(state)

    def _on_event_seen(self, event: StateEvent) -> None:
        if (line := log_line(event)) is not None:
            self.panels.log.add(*line, path_of(event))
        if isinstance(event, SourcesRead):
            self.panels.preview.set_rejected(event.rejected)

    def _on_sources_opened(self, session: SessionPort) -> None:
        self.panels.message.clear()
        self._settings.remember_sources(session.sources)
        self.preview_coordinator.attach(session)
        self._controllers.answers.attach(session)
        self.panels.preview.table().setFocus()

    def _on_reading_failed(self, event: Failed) -> None:
        self.presenter.show_failed(event)

    def _on_selection_changed(self) -> None:
        selection = self.panels.form.selection()
        if selection is not None:
            self._controllers.answers.select(selection)

    def _on_filter_requested(self, field: str, value: str) -> None:
        self.panels.form.filters.add_choice(Choice(field, value))

    def _on_contents_changed(self) -> None:
        self.panels.aggregations.set_exported(self.panels.form.contents.value().aggregations)

    def _on_plan_changed(self) -> None:
        self.export_flow.show_plan()

    def _on_export_requested(self) -> None:
        self.export_flow.ask()

    def _on_cancel_requested(self) -> None:
        if self._controllers.export.busy:
            self._controllers.export.cancel()
        elif self.state().busy:
            self._controllers.sources.cancel()
        else:
            self.panels.message.clear()

    def _on_export_ended(self, event: Terminal) -> None:
        self.presenter.show_end(event, self.state())
        if self._closing:
            self.close()

    def _on_close_agreed(self) -> None:
        self._closing = True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders, but not while an export runs."""
        if dropped_sources(event.mimeData()) and not self._controllers.export.busy:
            event.acceptProposedAction()
            self.panels.empty.set_drop_active(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self.panels.empty.set_drop_active(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.panels.empty.set_drop_active(False)
        event.acceptProposedAction()
        self.source_opener.open(dropped_sources(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Never close over a running export without asking."""
        if self._controllers.export.busy:
            event.ignore()
            self.export_flow.ask_before_closing()
            return
        self._settings.set_bytes("window_geometry", self.saveGeometry())
        self._settings.set_bytes("window_split", self.panels.split.saveState())
        self.preview_coordinator.save()
        super().closeEvent(event)
        self.source_coordinator.end()
        self.closed.emit()
