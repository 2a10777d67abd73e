"""How far the running job is: one bar over all and one for each file, the rate, the time left, and Cancel."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from shannon_core.jobs.progress import ReadingProgress
from shannon_gui.appearance.measures import wide
from shannon_gui.panels.export.file_bars import BAR_STEPS, FileBars
from shannon_gui.state import ExportState
from shannon_gui.text.formatting import large, seconds_left, size
from shannon_gui.text.i18n import counted, translate
from shannon_gui.widgets.elided_label import ElidedLabel
from shannon_gui.widgets.styled import button, plain_label

_PACE_WIDTH = 240
"""Room for the longest text, so that the rest does not jump."""
_CONTEXT = "progress"


class ProgressPanel(QFrame):
    """The progress of the running job; hidden while there is none."""

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what = ElidedLabel()
        self._pace = plain_label()
        self._bar = QProgressBar()
        self._files = FileBars()
        self._cancel: QPushButton = button(self.tr("Cancel"))
        self._build_ui()
        self._cancel.clicked.connect(self.cancel_requested)

    def _build_ui(self) -> None:
        self.setProperty("role", "bar")
        self._pace.setMinimumWidth(wide(_PACE_WIDTH))
        self._pace.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._what, 1)
        head.addWidget(self._pace)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addStretch(1)
        texts.addLayout(head)
        texts.addWidget(self._bar)
        texts.addWidget(self._files)
        texts.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(16)
        row.addLayout(texts, 1)
        row.addWidget(self._cancel)

    def show_state(self, state: ExportState) -> None:
        """Draw how far the job of this state is; hide where there is none."""
        if not state.busy:
            return
        fraction = state.fraction
        self._bar.setRange(0, 0 if fraction is None else BAR_STEPS)
        self._bar.setValue(0 if fraction is None else round(fraction * BAR_STEPS))
        self._what.setText(_what(state))
        self._pace.setText(_pace(state))
        self._files.show_files(state.files)
        self._cancel.setEnabled(not state.cancelling)

    def value(self) -> float | None:
        """The part that is done, 0 to 1; None while that is unknown."""
        return self._bar.value() / BAR_STEPS if self._bar.maximum() else None

    def text(self) -> str:
        """The texts about the job."""
        return "\n".join((self._what.text(), self._pace.text(), self._files.text()))

    def files(self) -> FileBars:
        """The bars of the files."""
        return self._files

    def cancel_button(self) -> QPushButton:
        """“Cancel”."""
        return self._cancel


def _what(state: ExportState) -> str:
    if state.cancelling:
        return translate(_CONTEXT, "Cancelling …")
    if state.files:
        return _writing(state)
    return _reading(state.reading)


def _writing(state: ExportState) -> str:
    file = state.current_file
    if file is None:
        return translate(_CONTEXT, "Writing …")
    said = {
        "finishing": translate(_CONTEXT, "Finishing {name} …"),
        "verifying": translate(_CONTEXT, "Checking {name} …"),
    }
    return said.get(file.stage, translate(_CONTEXT, "Writing {name} …")).replace(
        "{name}", Path(file.path).name
    )


def _reading(progress: ReadingProgress | None) -> str:
    if progress is None:
        return translate(_CONTEXT, "Looking for changed files …")
    files = counted(_CONTEXT, "Reading {n} file(s)", progress.files_total)
    read = translate(_CONTEXT, "{done} of {total}").format(
        done=size(progress.bytes_done), total=size(progress.bytes_total)
    )
    return " · ".join(
        [
            files,
            read,
            *([counted(_CONTEXT, "{n} event(s) so far", progress.events)] if progress.events else []),
        ]
    )


def _pace(state: ExportState) -> str:
    parts = []
    if state.fraction is not None:
        parts.append(f"{state.fraction * 100:.0f} %")
    if state.rate is not None:
        parts.append(translate(_CONTEXT, "{count} events/s").format(count=large(state.rate)))
    if state.seconds_left is not None and not state.cancelling:
        parts.append(seconds_left(state.seconds_left))
    return " · ".join(parts)
