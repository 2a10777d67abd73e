"""How a problem reaches the person: what was to be expected as a message in the window, a bug in the one error
dialog."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from shannon_core.errors import ShannonError
from shannon_core.jobs.progress import Cancelled, Failed, FileFailed, Finished, Terminal
from shannon_core.messages.texts import Words
from shannon_gui.diagnostics.crash_handler import about_program
from shannon_gui.dialogs.error_dialog import ErrorDialog
from shannon_gui.state import ExportState
from shannon_gui.text.core_messages import error_words
from shannon_gui.text.formatting import duration
from shannon_gui.text.i18n import counted, translate
from shannon_gui.widgets.message_bar import MessageBar

_log = logging.getLogger(__name__)
_CONTEXT = "messages"
_FAILURES_SHOWN = 3


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
            self._show_words(error_words(error))
        else:
            self.show_bug(error)

    def show_bug(self, error: BaseException) -> None:
        """Show a bug with details that can be copied; while the dialog is open, further ones join it."""
        _log.error("an unexpected error", exc_info=error)
        self._show_details("".join(traceback.format_exception(error)))

    def _show_details(self, traceback_text: str) -> None:
        details = f"{about_program()}\n{traceback_text}"
        if self._dialog is not None:
            self._dialog.add_details(details)
            return
        self._dialog = ErrorDialog(details, self._window)
        self._dialog.finished.connect(self._on_dialog_finished)
        self._dialog.open()

    def show_end(self, event: Terminal, state: ExportState) -> None:
        """Say how an export ended: what, which file, why, what was kept, and what to do."""
        match event:
            case Finished(paths, events, seconds, failures):
                self._show_finished(len(paths), events, seconds, failures, state)
            case Cancelled():
                title = translate(_CONTEXT, "The export was cancelled.")
                action = _show_in_folder() if state.kept else ""
                self._bar.show_message("info", title, _kept(state), action=action)
            case Failed():
                self._show_bug_of(event)
                action = _show_in_folder() if state.kept else ""
                words = error_words(event)
                why = _failures(state) or words.message
                said = "\n".join(part for part in (why, _kept(state)) if part)
                self._bar.show_message("danger", words.title, said, words.hint, action=action)

    def show_failed(self, event: Failed) -> None:
        """Say what could not be done and why."""
        self._show_bug_of(event)
        self._show_words(error_words(event))

    def _show_bug_of(self, event: Failed) -> None:
        """Open the dialog where the job failed by a bug, which has been logged."""
        details = event.values.get("details")
        if isinstance(details, str):
            self._show_details(details)

    def _show_words(self, words: Words) -> None:
        self._bar.show_message("danger", words.title, words.message, words.hint)

    def _show_finished(
        self, files: int, events: int, seconds: float, failures: int, state: ExportState
    ) -> None:
        written = counted(_CONTEXT, "{n} event(s)", events)
        title = counted(_CONTEXT, "Exported {events} to {n} file(s)", files).replace("{events}", written)
        if failures:
            title = counted(_CONTEXT, "Finished with errors: {n} part(s) could not be made", failures)
            hint = translate(_CONTEXT, "The log has all of it.")
            action = _show_in_folder() if files else ""
            said = "\n".join(part for part in (_failures(state), _kept(state)) if part)
            self._bar.show_message("warning", title, said, hint, action=action)
        else:
            took = translate(_CONTEXT, "In {time}. Every file was checked after writing.").format(
                time=duration(seconds * 1000)
            )
            self._bar.show_message("success", title, took, action=_show_in_folder())

    def _on_dialog_finished(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None


def _kept(state: ExportState) -> str:
    """Which files are complete; that nothing is, and that what stood there is unchanged, where none is."""
    names = ", ".join(Path(path).name for path in state.kept)
    if names:
        return translate(_CONTEXT, "Complete and kept: {names}.").format(names=names)
    return translate(_CONTEXT, "No file was left behind, and none was changed.")


def _failures(state: ExportState) -> str:
    """The parts that could not be made, each with the reason; of many the first ones."""
    said = [_failure(failed) for failed in state.failures]
    more = len(said) - _FAILURES_SHOWN
    if more > 0:
        said = [*said[:_FAILURES_SHOWN], counted(_CONTEXT, "and {n} more", more)]
    return "\n".join(said)


def _failure(failed: FileFailed) -> str:
    """What could not be made and why; what to do is said once, for all of them."""
    words = error_words(failed)
    text = " ".join(part for part in (words.title, words.message) if part)
    return text if failed.names_its_file else f"{Path(failed.path).name}: {text}"


def _show_in_folder() -> str:
    return QCoreApplication.translate(_CONTEXT, "Show in folder")
