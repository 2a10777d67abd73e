"""How a problem reaches the person: what was to be expected as a message in the window, a bug in the one error dialog."""

from __future__ import annotations

import logging
import traceback

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from shannon_core.errors import ShannonError
from shannon_core.progress import Cancelled, Failed, Finished, Terminal
from shannon_gui.formatting import duration
from shannon_gui.i18n import counted, translate
from shannon_gui.widgets.message_bar import MessageBar
from shannon_gui.windows.error_dialog import ErrorDialog

_log = logging.getLogger(__name__)
_CONTEXT = "messages"


class ErrorPresenter(QObject):
    """Chooses between the message bar and the dialog, and words the end of a job."""

    def __init__(self, bar: MessageBar, window: QWidget) -> None:
        super().__init__(window)
        self._bar = bar
        self._window = window
        self._dialog: ErrorDialog | None = None

    def show_error(self, error: BaseException) -> None:
        """Show a problem; one that is no ShannonError is a bug."""
        if isinstance(error, ShannonError):
            self._bar.show_message("danger", error.title, error.message, error.hint)
        else:
            self.show_bug(error)

    def show_bug(self, error: BaseException) -> None:
        """Show a bug with details that can be copied; while the dialog is open, further ones join it."""
        _log.error("an unexpected error", exc_info=error)
        details = "".join(traceback.format_exception(error))
        if self._dialog is not None:
            self._dialog.add_details(details)
            return
        self._dialog = ErrorDialog(details, self._window)
        self._dialog.finished.connect(self._on_dialog_finished)
        self._dialog.open()

    def show_end(self, event: Terminal) -> None:
        """Say how an export ended."""
        match event:
            case Finished(paths, events, seconds, failures):
                self._show_finished(len(paths), events, seconds, failures)
            case Cancelled(paths):
                kept = counted(_CONTEXT, "{n} file(s) that had been completed before stay.", len(paths))
                nothing = translate(_CONTEXT, "No file was left behind.")
                self._bar.show_message(
                    "info",
                    translate(_CONTEXT, "The export was cancelled."),
                    kept if paths else nothing,
                    action=_show_in_folder() if paths else "",
                )
            case Failed():
                self.show_failed(event)

    def show_failed(self, event: Failed) -> None:
        """Say what could not be done and why."""
        self._bar.show_message("danger", event.title, event.message, event.hint)

    def _show_finished(self, files: int, events: int, seconds: float, failures: int) -> None:
        written = counted(_CONTEXT, "{n} event(s)", events)
        title = counted(_CONTEXT, "Exported {events} to {n} file(s)", files).replace("{events}", written)
        if failures:
            title = counted(_CONTEXT, "Finished, but {n} part(s) could not be made", failures)
            message = counted(_CONTEXT, "{n} file(s) are complete.", files)
            hint = translate(_CONTEXT, "The log says which part and why.")
            self._bar.show_message("warning", title, message, hint, action=_show_in_folder() if files else "")
        else:
            took = translate(_CONTEXT, "In {time}. Every file was checked after writing.").format(
                time=duration(seconds * 1000)
            )
            self._bar.show_message("success", title, took, action=_show_in_folder())

    def _on_dialog_finished(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None


def _show_in_folder() -> str:
    return QCoreApplication.translate(_CONTEXT, "Show in folder")
