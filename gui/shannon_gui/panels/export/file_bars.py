"""The files of a running export, each with a bar of its own and a word for how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QGridLayout, QLabel, QProgressBar, QWidget

from shannon_gui.appearance.icons import Tone, pixmap
from shannon_gui.appearance.measures import wide
from shannon_gui.state import FileState
from shannon_gui.text.formatting import size
from shannon_gui.text.i18n import translate
from shannon_gui.widgets.elided_label import ElidedLabel
from shannon_gui.widgets.styled import plain_label, restyle

BAR_STEPS = 1000
"""Range of a progress bar: fine enough for one pixel."""
_FILES_PER_ROW = 2
_CELLS_PER_FILE = 4
_NAME_WIDTH, _WORD_WIDTH = 176, 104
_CONTEXT = "progress"
_ENDS: dict[str, Tone] = {"written": "success", "failed": "danger"}


class FileBars(QWidget):
    """Two files beside each other; rows stay where they are while the numbers change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)

    def show_files(self, files: Sequence[FileState]) -> None:
        """Draw how far these files are."""
        if [row.path for row in self._rows] != [file.path for file in files]:
            self._rebuild(files)
        for row, file in zip(self._rows, files, strict=True):
            row.show_file(file)
        self.setVisible(bool(files))

    def redraw_icons(self) -> None:
        """Draw pictures again after the colours have changed."""
        for row in self._rows:
            row.draw_icon()

    def value(self) -> list[float]:
        """The part of each file that is done, 0 to 1."""
        return [row.bar.value() / BAR_STEPS for row in self._rows]

    def text(self) -> str:
        """Name and state of each file."""
        return " · ".join(f"{row.name.text()} {row.word.text()}" for row in self._rows)

    def _rebuild(self, files: Sequence[FileState]) -> None:
        for row in self._rows:
            row.remove()
        self._rows = [_Row(file.path) for file in files]
        columns = _FILES_PER_ROW if len(files) > 1 else 1
        for number, row in enumerate(self._rows):
            for place, widget in enumerate(row.widgets()):
                self._grid.addWidget(widget, number // columns, _CELLS_PER_FILE * (number % columns) + place)
        for column in range(_FILES_PER_ROW):
            used = column < columns
            self._grid.setColumnMinimumWidth(_CELLS_PER_FILE * column + 1, wide(_NAME_WIDTH) if used else 0)
            self._grid.setColumnStretch(_CELLS_PER_FILE * column + 2, int(used))
            self._grid.setColumnMinimumWidth(_CELLS_PER_FILE * column + 3, wide(_WORD_WIDTH) if used else 0)


class _Row:
    def __init__(self, path: str) -> None:
        self.path = path
        self.icon = QLabel()
        self.name = ElidedLabel(Path(path).name)
        self.bar = QProgressBar()
        self.word = plain_label(tone="muted")
        self._stage = ""
        self.icon.setFixedSize(16, 16)
        self.bar.setRange(0, BAR_STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(Path(path).name)

    def widgets(self) -> tuple[QWidget, ...]:
        return self.icon, self.name, self.bar, self.word

    def remove(self) -> None:
        for widget in self.widgets():
            widget.hide()
            widget.deleteLater()

    def show_file(self, file: FileState) -> None:
        self.bar.setValue(round(file.fraction * BAR_STEPS))
        self.word.setText(_word(file))
        if file.stage != self._stage:
            self._stage = file.stage
            self.bar.setProperty("tone", _ENDS.get(file.stage, ""))
            restyle(self.bar)
            self.draw_icon()

    def draw_icon(self) -> None:
        tone = _ENDS.get(self._stage)
        self.icon.setPixmap(pixmap(tone or "file", tone or "muted", 16, self.icon.devicePixelRatioF()))


def _word(file: FileState) -> str:
    match file.stage:
        case "waiting":
            return translate(_CONTEXT, "waiting")
        case "finishing":
            return translate(_CONTEXT, "finishing")
        case "verifying":
            return translate(_CONTEXT, "checking")
        case "written":
            done = translate(_CONTEXT, "done")
            return f"{done}, {size(file.bytes)}" if file.bytes else done
        case "failed":
            return translate(_CONTEXT, "failed")
        case "writing":
            return f"{file.fraction * 100:.0f} %"
