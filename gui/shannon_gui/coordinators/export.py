"""Everything about exporting that the window has besides its panels, put together."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from shannon_gui.coordinators.export_flow import ExportFlow
from shannon_gui.coordinators.export_menu import ExportMenu
from shannon_gui.coordinators.log_actions import LogActions
from shannon_gui.dialogs.error_presenter import ErrorPresenter
from shannon_gui.panels.workspace import Workspace
from shannon_gui.state import ExportState
from shannon_gui.storage.history import History
from shannon_gui.storage.json_file import JsonFile
from shannon_gui.storage.presets import Presets

if TYPE_CHECKING:
    from shannon_gui.coordinators.collaborators import Collaborators


class ExportCoordinator(QObject):
    """Presets, history, the export itself, its menu and its log."""

    def __init__(
        self,
        window: QWidget,
        panels: Workspace,
        state: Callable[[], ExportState],
        parts: Collaborators,
        presenter: ErrorPresenter,
    ) -> None:
        super().__init__(window)
        self._parts = parts
        self._presenter = presenter
        show_error = presenter.show_error
        self.presets = Presets(self._kept("presets.json"))
        self.history = History(self._kept("history.json"))
        self.export_flow = ExportFlow(
            window,
            panels,
            state,
            parts.export,
            parts.preflight,
            parts.sources,
            parts.settings,
            parts.asker,
            self.history,
        )
        self.log = LogActions(window, panels.log, parts.settings, parts.asker, parts.spawn, show_error)
        self.menu = ExportMenu(
            window,
            self.export_flow,
            self.presets,
            self.history,
            panels.log,
            parts.asker,
            parts.spawn,
            show_error,
        )
        panels.export_bar.more_button().setMenu(self.menu.menu)
        panels.message.action_triggered.connect(lambda: self.log.show_folder_of(state().kept))
        self.export_flow.started.connect(panels.message.clear)

    def begin(self) -> None:
        """Choose what the default preset says, or the last export."""
        if (preset := self.presets.default) is not None:
            self.export_flow.use(preset)
        elif (request := self._parts.settings.last_request) is not None:
            self.export_flow.propose(request)

    def _kept(self, name: str) -> JsonFile:
        kept = JsonFile(self._parts.settings.folder / name, self._parts.spawn)
        kept.failed.connect(self._presenter.show_error)
        return kept
