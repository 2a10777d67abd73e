"""Small JSON files of the window's own, such as presets: read at the start, and written whole or not at all."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from shannon_core.errors import ShannonError
from shannon_core.files.small_files import write_whole
from shannon_gui.tasks import Spawn

_log = logging.getLogger(__name__)


class JsonFile(QObject):
    """One file. What another version wrote, or what cannot be read, is set aside under another name and not lost."""

    failed = Signal(object)
    """A ShannonError: the change could not be saved."""

    def __init__(self, path: Path, spawn: Spawn) -> None:
        super().__init__()
        self._path = path
        self._spawn = spawn
        self._lock = asyncio.Lock()
        self._newest = 0

    def load(self, read: Callable[[Any], None]) -> None:
        """Hand what the file holds to ``read``; nothing happens where there is no file."""
        try:
            read(json.loads(self._path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return
        except (OSError, ValueError, KeyError, TypeError, AttributeError, ShannonError) as error:
            _log.warning("%s cannot be read: %s", self._path.name, type(error).__name__)
            self._set_aside()

    def save(self, content: Any) -> None:
        """Write this soon, off the event loop; of several contents the newest stays."""
        self._newest += 1
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        self._spawn(self._write(text.encode("utf-8", "backslashreplace"), self._newest), name="keep")

    async def _write(self, content: bytes, number: int) -> None:
        async with self._lock:
            if number < self._newest:
                return
            try:
                await write_whole(self._path, content)
            except ShannonError as error:
                self.failed.emit(error)

    def _set_aside(self) -> None:
        try:
            self._path.replace(self._path.with_name(f"{self._path.name}.unreadable"))
        except OSError as error:
            _log.warning("%s cannot be set aside: %s", self._path.name, error.strerror)
