"""Where every error ends that nobody handled: logged, and shown once. Nothing is swallowed."""

from __future__ import annotations

import logging
import logging.handlers
import sys
import threading
from pathlib import Path
from types import TracebackType

import platformdirs
from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

_log = logging.getLogger(__name__)
_LOG_BYTES = 2_000_000
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class LastResort(QObject):
    """Takes over Python's and Qt's hooks; errors of other threads cross to the window's by a signal."""

    caught = Signal(object)
    """An exception that nobody handled."""

    def install(self) -> None:
        """Become the handler of this process."""
        sys.excepthook = self._on_exception
        sys.unraisablehook = self._on_unraisable
        threading.excepthook = self._on_thread_exception
        qInstallMessageHandler(_on_qt_message)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        _log.critical("nobody handled this", exc_info=(kind, error, trace))
        self.caught.emit(error)

    def _on_unraisable(self, problem: sys.UnraisableHookArgs) -> None:
        error = problem.exc_value
        if error is not None:
            self._on_exception(type(error), error, problem.exc_traceback)

    def _on_thread_exception(self, problem: threading.ExceptHookArgs) -> None:
        error = problem.exc_value
        if error is not None:
            self._on_exception(type(error), error, problem.exc_traceback)


def _on_qt_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s", text)


def log_to_file() -> Path:
    """Log to a rotating file of this user, without the contents of events; its path."""
    folder = platformdirs.user_log_path("shannon-exporter", appauthor=False, ensure_exists=True)
    path = folder / "window.log"
    handler = logging.handlers.RotatingFileHandler(path, maxBytes=_LOG_BYTES, backupCount=2, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)
    return path
