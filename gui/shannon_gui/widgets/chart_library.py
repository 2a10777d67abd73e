"""Imports pyqtgraph in a thread: that takes a quarter of a second, and the window goes on answering."""

from __future__ import annotations

import importlib
import sys
import threading

from PySide6.QtCore import QObject, Signal

_LIBRARY = "pyqtgraph"


class ChartLibrary(QObject):
    """Imports the library once, in a thread of its own; it has no parent, so that it lives as long as that thread."""

    loaded = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._thread: threading.Thread | None = None
        self.loaded.connect(self._on_loaded)

    @property
    def is_loading(self) -> bool:
        """Whether drawing has to wait for ``loaded``."""
        return self._thread is not None

    def load(self) -> None:
        """Begin, where that is not done yet."""
        if self._thread is None and _LIBRARY not in sys.modules:
            self._thread = threading.Thread(target=self._import, name="shannon-charts", daemon=True)
            self._thread.start()

    def _import(self) -> None:
        try:
            importlib.import_module(_LIBRARY)
        finally:  # a failed import is raised again where charts are drawn
            self.loaded.emit()

    def _on_loaded(self) -> None:
        self._thread = None
