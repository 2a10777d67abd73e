"""Which logs: what is found, what is open, what is new in it, and what could not be read, routed between panels and controllers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from shannon_core.errors import ShannonError
from shannon_gui.controllers.log_discovery import LogDiscoveryController
from shannon_gui.controllers.ports import SessionPort
from shannon_gui.controllers.source_watch import SourceWatchController
from shannon_gui.controllers.sources import SourcesController
from shannon_gui.coordinators.open_sources import SourceOpener
from shannon_gui.dialogs.error_presenter import ErrorPresenter
from shannon_gui.dialogs.file_dialogs import Asker
from shannon_gui.dialogs.rejects_dialog import RejectsDialog
from shannon_gui.panels.workspace import Workspace
from shannon_gui.state import ExportState, Phase
from shannon_gui.storage.settings import Settings
from shannon_gui.tasks import Spawn
from shannon_gui.text.i18n import counted

if TYPE_CHECKING:
    from shannon_core.query.source_inventory import SourceFigures

_REJECTS_NAME = "rejected-lines.csv"


class SourcesCoordinator(QObject):
    """Everything about sources that is no reading."""

    def __init__(
        self,
        window: QWidget,
        panels: Workspace,
        opening: SourceOpener,
        presenter: ErrorPresenter,
        sources: SourcesController,
        discovery: LogDiscoveryController,
        watch: SourceWatchController,
        settings: Settings,
        asker: Asker,
        spawn: Spawn,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._panels = panels
        self._opening = opening
        self._presenter = presenter
        self._sources = sources
        self._discovery = discovery
        self._watch = watch
        self._settings = settings
        self._asker = asker
        self._spawn = spawn
        self._figures: tuple[SourceFigures, ...] = ()
        self._connect()

    def _connect(self) -> None:
        panels, opening, watch = self._panels, self._opening, self._watch
        for opener in (panels.empty, panels.sources):
            opener.folder_requested.connect(opening.choose_folder)
            opener.files_requested.connect(opening.choose_files)
            opener.sample_requested.connect(opening.open_sample)
        panels.empty.opened.connect(opening.open)
        panels.empty.recent_requested.connect(opening.open_one)
        panels.sources.added_folder_requested.connect(opening.add_folder)
        panels.sources.refresh_requested.connect(self._sources.refresh)
        panels.sources.list_button().clicked.connect(self._discovery.look)
        listed = panels.sources.sources_list()
        listed.added.connect(opening.add)
        listed.removed.connect(opening.remove)
        listed.rejects_requested.connect(self.show_rejects)
        panels.preview.rejects_requested.connect(self.show_rejects)
        self._discovery.found.connect(panels.empty.show_found)
        self._discovery.found.connect(listed.show_found)
        self._sources.opened.connect(watch.attach)
        self._sources.refreshed.connect(watch.refresh)
        self._sources.closing.connect(watch.detach)
        watch.inventory_found.connect(self._on_inventory_found)
        watch.changes_found.connect(panels.sources.show_changes)
        watch.failed.connect(self._presenter.show_error)

    def begin(self) -> None:
        """Look for the logs of this computer."""
        self._panels.empty.set_recent(self._settings.recent_sources)
        self._discovery.look()

    def end(self) -> None:
        """Look no further."""
        self._discovery.stop()

    def follow(self, state: ExportState) -> None:
        """Do not look at the disk while a job does."""
        self._watch.set_paused(state.busy)
        if state.phase is Phase.EMPTY:
            self._panels.empty.set_recent(self._settings.recent_sources)

    def watch(self) -> SourceWatchController:
        """Who looks at the disk."""
        return self._watch

    def show_rejects(self, source: str | None = None) -> None:
        """Show what could not be read, of one source or of all."""
        if self._sources.session is not None:
            self._spawn(self._show_rejects(self._sources.session, source or None), name="rejected lines")

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
        proposal = str(Path(self._settings.last_folder) / _REJECTS_NAME)
        self._asker.ask_save(dialog, proposal, "CSV (*.csv)", lambda path: self._save_rejects(path, source))

    def _save_rejects(self, path: str, source: str | None) -> None:
        if self._sources.session is not None:
            work = self._write_rejects(self._sources.session, path, source)
            self._spawn(work, name="save rejected lines")

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
        folder = Path(path).parent
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            title = self.tr("The folder cannot be opened.")
            self._panels.message.show_message("warning", title, str(folder))
