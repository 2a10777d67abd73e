"""Routes between panels and controllers which logs are found and open, what is new in them, and what could not be
read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from shannon_core.errors import ShannonError
from shannon_core.jobs.progress import Notice
from shannon_gui.controllers.ports import SessionPort
from shannon_gui.controllers.source_watch import SourceWatchController
from shannon_gui.coordinators.collaborators import Controllers, WindowParts
from shannon_gui.coordinators.open_sources import SourceOpener
from shannon_gui.dialogs.rejects_dialog import RejectsDialog
from shannon_gui.state import ExportState, Phase
from shannon_gui.storage.open_with_system import show_in_folder
from shannon_gui.text.i18n import counted
from shannon_gui.text.log_lines import log_line
from shannon_gui.widgets.first_paint import FirstPaint

if TYPE_CHECKING:
    from shannon_core.query.source_inventory import SourceFigures

_REJECTS_NAME = "rejected-lines.csv"


class SourcesCoordinator(QObject):
    """Source actions other than reading: choose, find, list, watch, show and save rejected lines."""

    def __init__(self, parts: WindowParts, controllers: Controllers, opener: SourceOpener) -> None:
        super().__init__(parts.window)
        self._window = parts.window
        self._panels = parts.panels
        self._presenter = parts.presenter
        self._services = parts.services
        self._opener = opener
        self._sources = controllers.sources
        self._discovery = controllers.discovery
        self._watch = controllers.watch
        self._figures: tuple[SourceFigures, ...] = ()
        self._connect()

    def _connect(self) -> None:
        panels, opener, watch = self._panels, self._opener, self._watch
        for panel in (panels.empty, panels.sources):
            panel.folder_requested.connect(opener.choose_folder)
            panel.files_requested.connect(opener.choose_files)
            panel.sample_requested.connect(opener.open_sample)
        panels.empty.opened.connect(opener.open)
        panels.empty.recent_requested.connect(opener.open_one)
        panels.sources.added_folder_requested.connect(opener.add_folder)
        panels.sources.refresh_requested.connect(self._sources.refresh)
        panels.sources.list_button().clicked.connect(self._discovery.look)
        listed = panels.sources.sources_list()
        listed.added.connect(opener.add)
        listed.removed.connect(opener.remove)
        listed.rejects_requested.connect(self.show_rejects)
        panels.preview.rejects_requested.connect(self.show_rejects)
        self._discovery.found.connect(panels.empty.show_found)
        self._discovery.found.connect(listed.show_found)
        self._discovery.noticed.connect(self._on_noticed)
        self._sources.opened.connect(watch.attach)
        self._sources.refreshed.connect(watch.refresh)
        self._sources.closing.connect(watch.detach)
        watch.inventory_found.connect(self._on_inventory_found)
        watch.changes_found.connect(panels.sources.show_changes)
        watch.failed.connect(self._presenter.show_error)

    def begin(self) -> None:
        """Look for the logs of this computer, which begins with listing packages, as soon as the window is on the
        screen."""
        self._panels.empty.set_recent(self._services.settings.recent_sources)
        FirstPaint(self._window).happened.connect(self._discovery.look)

    def end(self) -> None:
        """Stop looking for logs."""
        self._discovery.stop()

    def follow(self, state: ExportState) -> None:
        """Pause watching the disk while a job runs."""
        self._watch.set_paused(state.busy)
        if state.phase is Phase.EMPTY:
            self._panels.empty.set_recent(self._services.settings.recent_sources)

    def watch(self) -> SourceWatchController:
        return self._watch

    def show_rejects(self, source: str | None = None) -> None:
        """Show what could not be read, of one source or of all."""
        if self._sources.session is not None:
            self._services.spawn(
                self._show_rejects(self._sources.session, source or None), name="rejected lines"
            )

    def _on_noticed(self, notice: Notice) -> None:
        if line := log_line(notice):
            self._panels.log.add(*line)

    def _on_inventory_found(self, figures: tuple[SourceFigures, ...]) -> None:
        self._figures = figures
        self._panels.sources.sources_list().show_inventory(figures)

    async def _show_rejects(self, session: SessionPort, source: str | None) -> None:
        try:
            rejects = await session.rejects(source)
        except ShannonError as error:
            self._presenter.show_error(error)
            return
        meant = [item for item in self._figures if source in (None, item.source)]
        lines, files = sum(item.rejected for item in meant), sum(item.problems for item in meant)
        dialog = RejectsDialog(rejects, lines, files, self._window, source=source or "")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.save_requested.connect(lambda: self._ask_where(dialog, source))
        dialog.folder_requested.connect(self._on_folder_requested)
        dialog.open()

    def _ask_where(self, dialog: QWidget, source: str | None) -> None:
        proposal = str(Path(self._services.settings.last_folder) / _REJECTS_NAME)
        self._services.asker.ask_save(
            dialog, proposal, "CSV (*.csv)", lambda path: self._save_rejects(path, source)
        )

    def _save_rejects(self, path: str, source: str | None) -> None:
        if self._sources.session is not None:
            work = self._write_rejects(self._sources.session, path, source)
            self._services.spawn(work, name="save rejected lines")

    async def _write_rejects(self, session: SessionPort, path: str, source: str | None) -> None:
        try:
            rows = await session.save_rejects(Path(path), source, overwrite=True)
        except ShannonError as error:
            self._presenter.show_error(error)
            return
        title = counted("rejects", "{n} line(s) saved", rows)
        self._panels.message.show_message("success", title, path)
        self._panels.log.add("success", f"{title}: {path}")

    def _on_folder_requested(self, path: str) -> None:
        try:
            show_in_folder(path)
        except ShannonError as error:
            self._presenter.show_error(error)
