"""The ways to open sources: a folder, files, one more folder, a drop, the sample, a recent one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QObject

from shannon_gui.controllers.sources import SourcesController
from shannon_gui.coordinators.collaborators import WindowParts


class SourceOpener(QObject):
    """Turns the answer of a dialog, a drop or a click into sources that are read."""

    def __init__(self, parts: WindowParts, sources: SourcesController) -> None:
        super().__init__(parts.window)
        self._window = parts.window
        self._sources = sources
        self._settings = parts.services.settings
        self._asker = parts.services.asker
        self._sample_folder = parts.services.sample_folder

    def choose_folder(self) -> None:
        """Ask for a folder to open in place of what is open."""
        self._asker.ask_folder(self._window, self._start(), self.open_one)

    def choose_files(self) -> None:
        """Ask for files to open in place of what is open."""
        self._asker.ask_files(self._window, self._start(), self.open)

    def add_folder(self) -> None:
        """Ask for a folder beside those that are open."""
        self._asker.ask_folder(self._window, self._start(), self.add)

    def add(self, source: str) -> None:
        """Read this beside what is open."""
        self.open((*self._open_now(), source))

    def remove(self, source: str) -> None:
        """Close this one; the others stay, and without others the start page returns."""
        others = tuple(name for name in self._open_now() if name != source)
        if others:
            self.open(others)
        else:
            self._sources.clear()

    def open_sample(self) -> None:
        """Open the data that comes with the program."""
        self.open_one(str(self._sample_folder()))

    def open_one(self, source: str) -> None:
        """Read this in place of what is open."""
        self.open((source,))

    def open(self, sources: tuple[str, ...]) -> None:
        """Read these in place of what is open."""
        self._sources.choose(tuple(dict.fromkeys(sources)))

    def _open_now(self) -> tuple[str, ...]:
        session = self._sources.session
        return session.sources if session is not None else ()

    def _start(self) -> str:
        return next(iter(self._settings.recent_sources), str(Path.home()))


def dropped_sources(data: QMimeData) -> tuple[str, ...]:
    """The local files and folders of a drag."""
    return tuple(url.toLocalFile() for url in data.urls() if url.isLocalFile())
