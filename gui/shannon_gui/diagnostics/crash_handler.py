"""The last-resort handler: logs every unhandled error and shows it once."""

from __future__ import annotations

import logging
import logging.handlers
import os
import platform
import sys
import threading
import traceback
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import cast

import platformdirs
from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler, qVersion

from shannon_core._version import __version__

_log = logging.getLogger(__name__)
_LOG_BYTES = 2_000_000
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class CrashHandler(QObject):
    """Takes over Python's and Qt's hooks; errors of other threads cross to the window's by a signal."""

    caught = Signal(object)
    """An unhandled exception."""

    def install(self) -> None:
        """Become the handler of this process."""
        sys.excepthook = self._on_exception
        sys.unraisablehook = self._on_unraisable
        threading.excepthook = self._on_thread_exception
        qInstallMessageHandler(_on_qt_message)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        _log.critical("unhandled error", exc_info=(kind, error, trace))
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


class PrivateLog(logging.handlers.RotatingFileHandler):
    """A rotating file that only its owner can read, whatever the system's defaults are."""

    def _open(self) -> TextIOWrapper:
        file = open(self.baseFilename, self.mode, encoding=self.encoding, opener=_open_private)  # noqa: SIM115 – Path.open takes no opener; the handler closes it
        if hasattr(os, "fchmod"):
            os.fchmod(file.fileno(), 0o600)  # a file of an older version may be open to others
        return cast("TextIOWrapper", file)


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class QuietFormatter(logging.Formatter):
    """Formats an exception as frames and types, without its text, which may quote a log line."""

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """The frames and the kind of each exception of the chain, the first cause first."""
        error, said = ei[1], []
        while error is not None:
            kind = type(error)
            frames = "".join(traceback.format_tb(error.__traceback__))
            system = f" ({error.strerror})" if isinstance(error, OSError) and error.strerror else ""
            said.append(f"{frames}{kind.__module__}.{kind.__qualname__}{system}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(reversed(said))


def log_file() -> Path:
    """Where the log of the window is."""
    return platformdirs.user_log_path("shannon-exporter", appauthor=False) / "window.log"


def log_to_file() -> Path:
    """Log to a rotating file of this user, without the contents of events; its path."""
    path = log_file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = PrivateLog(path, maxBytes=_LOG_BYTES, backupCount=2, encoding="utf-8")
    handler.setFormatter(QuietFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)
    return path


def about_program() -> str:
    """Versions of program, Python, Qt and system, for the report of a bug."""
    versions = f"Shannon Exporter {__version__}, Python {platform.python_version()}, Qt {qVersion()}"
    return f"{versions}, {platform.platform()}\nLog: {log_file()}\n"
