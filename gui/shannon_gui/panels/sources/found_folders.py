"""The log folders that were found on this computer: kind, folder, files, size and last change, a click away from being
open."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from shannon_gui.controllers.found_logs import FoundLog
from shannon_gui.text.formatting import ago, size
from shannon_gui.text.i18n import counted, translate
from shannon_gui.text.labels import kind_label, short_path
from shannon_gui.widgets.elided_label import ElidedLabel
from shannon_gui.widgets.styled import button, plain_label

_PATH = 1


class FoundFolders(QWidget):
    """One line a folder, with a button of its own; where several can be ticked they all are at first."""

    requested = Signal(str)
    """The button of this folder was clicked."""
    ticked_changed = Signal()

    def __init__(self, action: str, *, tickable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = action
        self._tickable = tickable
        self._logs: tuple[FoundLog, ...] = ()
        self._boxes: dict[str, QCheckBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(_PATH, 1)

    def show_logs(self, logs: Sequence[FoundLog]) -> None:
        """Show these; what was unticked stays so."""
        if tuple(logs) == self._logs:
            return
        unticked = {folder for folder, box in self._boxes.items() if not box.isChecked()}
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._logs = tuple(logs)
        self._boxes.clear()
        for row, log in enumerate(self._logs):
            self._add_row(row, log, ticked=log.folder not in unticked)
        self.ticked_changed.emit()

    def value(self) -> tuple[FoundLog, ...]:
        """The folders of the list, in its order."""
        return self._logs

    def ticked(self) -> tuple[str, ...]:
        """The folders that are ticked."""
        return tuple(folder for folder, box in self._boxes.items() if box.isChecked())

    def box(self, folder: str) -> QCheckBox:
        """The box of a folder."""
        return self._boxes[folder]

    def _add_row(self, row: int, log: FoundLog, *, ticked: bool) -> None:
        kind: QWidget = plain_label(kind_label(log.kind), role="heading")
        if self._tickable:
            kind = self._boxes[log.folder] = box = QCheckBox(kind_label(log.kind))
            box.setChecked(ticked)
            box.setAccessibleName(f"{kind_label(log.kind)}: {log.folder}")
            box.toggled.connect(self.ticked_changed)
        path = ElidedLabel(short_path(log.folder), mode=Qt.TextElideMode.ElideMiddle)
        path.setProperty("tone", "muted")
        path.set_hint(log.folder)
        opener = button(self._action, role="link")
        opener.setAccessibleName(f"{self._action}: {log.folder}")
        opener.clicked.connect(lambda _checked=False, folder=log.folder: self.requested.emit(folder))
        cells = [kind, path, *(_figure(text) for text in _figures(log)), opener]
        for column, widget in enumerate(cells):
            self._grid.addWidget(widget, row, column)


def _figures(log: FoundLog) -> tuple[str, str, str]:
    if log.files is None:
        return "", "", translate("found", "counting …")
    changed = translate("found", "changed {ago}").format(ago=ago(time.time() - log.newest))
    return counted("found", "{n} file(s)", log.files), size(log.size), changed


def _figure(text: str) -> QWidget:
    label = plain_label(text, tone="muted")
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return label
