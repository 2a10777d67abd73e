"""“More”, beside the button that exports: presets, the history, the command, and jobs as files."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

from shannon_core.cli.shell_command import as_command
from shannon_core.errors import RequestError, ShannonError
from shannon_core.files.small_files import MAX_JOB_BYTES, read_small, write_whole
from shannon_core.request.export_request import ExportRequest
from shannon_gui.coordinators.collaborators import WindowParts
from shannon_gui.coordinators.export_flow import ExportFlow
from shannon_gui.dialogs.history_dialog import HistoryDialog
from shannon_gui.dialogs.preset_dialogs import ManagePresetsDialog, SavePresetDialog
from shannon_gui.storage.history import History
from shannon_gui.storage.presets import Preset, Presets

_KEYS = 9
_JOBS = "(*.json)"


class ExportMenu(QObject):
    """The actions of the menu beside the export button, with their keys."""

    def __init__(self, parts: WindowParts, flow: ExportFlow, presets: Presets, history: History) -> None:
        super().__init__(parts.window)
        self._window = parts.window
        self._flow = flow
        self._presets = presets
        self._history = history
        self._log = parts.panels.log
        self._asker = parts.services.asker
        self._spawn = parts.services.spawn
        self._show_error = parts.presenter.show_error
        self.menu = QMenu(parts.window)
        self._chosen: list[QAction] = []
        self._save_preset = self._action(self.tr("&Save as preset…"), "Ctrl+Shift+P", self.save_preset)
        self._manage = self._action(self.tr("&Manage presets…"), "", self.manage_presets)
        self._past = self._action(self.tr("&History…"), "Ctrl+H", self.show_history)
        self._copy = self._action(self.tr("&Copy as command"), "Ctrl+Shift+C", self.copy_command)
        self._save_job = self._action(self.tr("Save &job…"), "Ctrl+S", self.save_job)
        self._open_job = self._action(self.tr("&Open job…"), "Ctrl+J", self.open_job)
        self._fill()
        presets.changed.connect(self._fill)
        self.menu.aboutToShow.connect(self._refresh)
        self.menu.aboutToHide.connect(self._let_keys_work)

    def _action(self, text: str, keys: str, act: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(act)
        self._window.addAction(action)
        return action

    def _fill(self) -> None:
        for action in self._chosen:
            self._window.removeAction(action)
            action.deleteLater()
        self._chosen = [
            self._preset_action(number, preset) for number, preset in enumerate(self._presets.all().values())
        ]
        self.menu.clear()
        for action in (*self._chosen, self._save_preset, self._manage):
            self.menu.addAction(action)
        self.menu.addSeparator()
        self.menu.addAction(self._past)
        self.menu.addSeparator()
        for action in (self._copy, self._save_job, self._open_job):
            self.menu.addAction(action)

    def _preset_action(self, number: int, preset: Preset) -> QAction:
        keys = f"Ctrl+{number + 1}" if number < _KEYS else ""
        action = self._action(preset.name.replace("&", "&&"), keys, lambda: self._flow.use(preset))
        action.setCheckable(True)
        return action

    def _refresh(self) -> None:
        current = self._flow.current_preset()
        for action, preset in zip(self._chosen, self._presets.all().values(), strict=True):
            action.setChecked(preset == current)
        has_plan = self._flow.request() is not None
        for action in (self._save_preset, self._copy, self._save_job):
            action.setEnabled(has_plan)
        self._manage.setEnabled(bool(self._chosen))

    def _let_keys_work(self) -> None:
        """A disabled action would ignore its key when the state has changed since the menu was open."""
        for action in (self._save_preset, self._manage, self._copy, self._save_job):
            action.setEnabled(True)

    def save_preset(self) -> None:
        """Ask for a name, then save the choices of the window under it."""
        request = self._flow.request()
        if request is None:
            return
        dialog = SavePresetDialog(
            request,
            self._flow.quick_range(),
            self._presets,
            self._asker.ask_target_folder,
            self._window,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.agreed.connect(self._on_preset_agreed)
        dialog.open()

    def manage_presets(self) -> None:
        """Show the presets to be renamed, deleted, or begun with."""
        dialog = ManagePresetsDialog(self._presets, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def show_history(self) -> None:
        """Show the exports of the past."""
        dialog = HistoryDialog(self._history, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.again_requested.connect(self._flow.again)
        dialog.folder_requested.connect(self._log.folder_requested)
        dialog.open()

    def copy_command(self) -> None:
        """Put the command that does this export on the clipboard."""
        request = self._flow.request()
        if request is not None:
            QGuiApplication.clipboard().setText(as_command(request))
            self._log.add("info", self.tr("The command that does this export was copied"))

    def save_job(self) -> None:
        """Ask where to, then save this export as a job that the command line runs too."""
        request = self._flow.request()
        if request is not None:
            kind = f"{self.tr('Jobs')} {_JOBS}"
            self._asker.ask_save(
                self._window,
                f"{request.target}-job.json",
                kind,
                lambda path: self._run(self._write_job(Path(path), request)),
            )

    def open_job(self) -> None:
        """Ask for a job, then make its choices those of the window."""
        kind = f"{self.tr('Jobs')} {_JOBS}"
        self._asker.ask_open(
            self._window, self._flow.folder(), kind, lambda path: self._run(self._take_over_job(Path(path)))
        )

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        self._spawn(work, name="job file")

    async def _write_job(self, path: Path, request: ExportRequest) -> None:
        try:
            await write_whole(path, request.to_json().encode("utf-8", "backslashreplace"))
        except ShannonError as error:
            self._show_error(error)
            return
        self._log.add("success", self.tr("The job was saved: {path}").format(path=path), str(path))

    async def _take_over_job(self, path: Path) -> None:
        try:
            request = await _read_job(path)
        except ShannonError as error:
            self._show_error(error)
            return
        self._flow.take_over(request)

    def _on_preset_agreed(self, preset: Preset, begins: bool) -> None:
        self._presets.put(preset)
        if begins:
            self._presets.set_default(preset.name)
        self._flow.use(preset)


async def _read_job(path: Path) -> ExportRequest:
    try:
        content = await read_small(path, MAX_JOB_BYTES)
    except OSError as error:
        raise RequestError("job_unreadable", path=str(path), reason=error.strerror or str(error)) from error
    return ExportRequest.from_json(content.decode("utf-8", "replace"))
