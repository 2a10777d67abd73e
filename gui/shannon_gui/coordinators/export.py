"""Makes what exporting needs besides the panels: presets, history, the flow of an export, its menu, its log."""

from __future__ import annotations

from PySide6.QtCore import QObject

from shannon_gui.coordinators.collaborators import Controllers, WindowParts
from shannon_gui.coordinators.export_flow import ExportFlow
from shannon_gui.coordinators.export_menu import ExportMenu
from shannon_gui.coordinators.log_actions import LogActions
from shannon_gui.coordinators.plugin_formats import PluginFormats
from shannon_gui.storage.history import History
from shannon_gui.storage.json_file import JsonFile
from shannon_gui.storage.presets import Presets


class ExportCoordinator(QObject):
    """Coordinates exporting, and restores the choices of the default preset or of the last export."""

    def __init__(self, parts: WindowParts, controllers: Controllers) -> None:
        super().__init__(parts.window)
        self._presenter = parts.presenter
        self._services = parts.services
        panels = parts.panels
        self.presets = Presets(self._kept("presets.json"))
        self.history = History(self._kept("history.json"))
        self.plugin_formats = PluginFormats(parts)
        self.export_flow = ExportFlow(parts, controllers, self.history)
        self.log = LogActions(parts)
        self.menu = ExportMenu(parts, self.export_flow, self.presets, self.history)
        panels.export_bar.more_button().setMenu(self.menu.menu)
        panels.message.action_triggered.connect(lambda: self.log.show_folder_of(parts.state().kept))
        self.export_flow.started.connect(panels.message.clear)

    def begin(self) -> None:
        """Choose what the default preset says, or the last export."""
        if (preset := self.presets.default) is not None:
            self.export_flow.use(preset)
        elif (request := self._services.settings.last_request) is not None:
            self.export_flow.propose(request)

    def _kept(self, name: str) -> JsonFile:
        kept = JsonFile(self._services.settings.folder / name, self._services.spawn)
        kept.failed.connect(self._presenter.show_error)
        return kept
