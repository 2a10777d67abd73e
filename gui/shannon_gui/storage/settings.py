"""What the window keeps between two starts. No setting holds data of events."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import platformdirs
from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from shannon_core.errors import RequestError
from shannon_core.request.export_request import ExportRequest

_log = logging.getLogger(__name__)
_RECENT = 5
DEFAULT_STEM = "shannon-export"


class Settings:
    """Typed access to the system's settings, or to a file in a test."""

    def __init__(self, store: QSettings) -> None:
        self._store = store

    @classmethod
    def of_user(cls) -> Settings:
        """The settings of the current user."""
        return cls(QSettings("shannon-exporter", "shannon-exporter"))

    def bytes(self, key: str) -> QByteArray:
        """A saved geometry; empty where there is none."""
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_bytes(self, key: str, value: QByteArray) -> None:
        """Save a geometry or the state of a splitter."""
        self._store.setValue(key, value)

    def flag(self, key: str) -> bool:
        """A saved yes or no; no where there is none."""
        return self._text(key) == "yes"

    def set_flag(self, key: str, value: bool) -> None:
        """Save a yes or no."""
        self._store.setValue(key, "yes" if value else "no")

    @property
    def folder(self) -> Path:
        """Where files of the window's own are kept: beside the settings, where those are a file."""
        path = Path(self._store.fileName())
        if path.parent.is_dir() and self._store.format() == QSettings.Format.IniFormat:
            return path.parent
        return platformdirs.user_config_path("shannon-exporter", appauthor=False)

    @property
    def language(self) -> str:
        """The language that was chosen; empty for the system's."""
        return self._text("language")

    @language.setter
    def language(self, value: str) -> None:
        self._store.setValue("language", value)

    @property
    def appearance(self) -> str:
        """“light” or “dark”; empty for that of the system."""
        return self._text("appearance")

    @appearance.setter
    def appearance(self, value: str) -> None:
        self._store.setValue("appearance", value)

    @property
    def last_folder(self) -> str:
        """Where files were saved last; the documents folder before the first time."""
        folder = self._text("last_folder")
        if folder and Path(folder).is_dir():
            return folder
        return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or str(
            Path.home()
        )

    @property
    def last_stem(self) -> str:
        """The name of the files that were saved last, without an ending."""
        return self._text("last_stem") or DEFAULT_STEM

    @property
    def recent_sources(self) -> tuple[str, ...]:
        """Sources that were opened and still exist, the newest first."""
        return tuple(name for name in self._text("recent_sources").splitlines() if Path(name).exists())

    def remember_sources(self, sources: Sequence[str]) -> None:
        """Put these first among the recent sources."""
        names = dict.fromkeys((*sources, *self.recent_sources))
        kept = [name for name in names if "\n" not in name][:_RECENT]
        self._store.setValue("recent_sources", "\n".join(kept))

    @property
    def last_request(self) -> ExportRequest | None:
        """The last export; None before the first one, and where another version saved it."""
        text = self._text("last_request")
        try:
            return ExportRequest.from_json(text) if text else None
        except RequestError as error:
            _log.info("the last request is of another version: %s", error)
            return None

    def remember_request(self, request: ExportRequest, stem: str) -> None:
        """Keep the request, its folder and its name for the next time."""
        self._store.setValue("last_request", request.to_json())
        self._store.setValue("last_folder", str(Path(request.target).parent))
        self._store.setValue("last_stem", stem)

    def _text(self, key: str) -> str:
        value = self._store.value(key, "")
        return value if isinstance(value, str) else ""
