"""What can be done with the lines of the log: save them, open a file that was written, show where it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject

from shannon_core.errors import ShannonError
from shannon_core.files.small_files import write_whole
from shannon_gui.coordinators.collaborators import WindowParts
from shannon_gui.storage.open_with_system import open_file, show_in_folder


class LogActions(QObject):
    """Saves the log, and opens files and folders that its lines name."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._window = parts.window
        self._services = parts.services
        self._show_error = parts.presenter.show_error
        log = self._log = parts.panels.log
        log.save_requested.connect(self.save)
        log.open_requested.connect(lambda path: self._try(open_file, path))
        log.folder_requested.connect(lambda path: self._try(show_in_folder, path))

    def save(self) -> None:
        """Ask where to, then save the lines that are shown."""
        name = f"shannon-exporter-log-{datetime.now().astimezone():%Y-%m-%d}.txt"
        proposal = str(Path(self._services.settings.last_folder) / name)
        self._services.asker.ask_save(self._window, proposal, self.tr("Text (*.txt)"), self._write)

    def show_folder_of(self, paths: Sequence[str]) -> None:
        """Show the folder of these files; they are all in one."""
        for path in paths[:1]:
            self._try(show_in_folder, path)

    def _write(self, path: str) -> None:
        text = self._log.text() + "\n"
        self._services.spawn(self._save(Path(path), text.encode("utf-8", "replace")), name="save the log")

    async def _save(self, path: Path, content: bytes) -> None:
        try:
            await write_whole(path, content)
        except ShannonError as error:
            self._show_error(error)
            return
        self._log.add("success", self.tr("The log was saved"), str(path))

    def _try(self, act: Callable[[str], None], path: str) -> None:
        try:
            act(path)
        except ShannonError as error:
            self._show_error(error)
