"""A small rounded value that can be turned around and removed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from shannon_gui.appearance.icons import set_icon
from shannon_gui.text.formatting import plain_tooltip

_LONGEST = 230


class Chip(QFrame):
    """A text that says what it does when clicked, and a cross that removes it."""

    clicked = Signal()
    removed = Signal()

    def __init__(
        self,
        text: str,
        *,
        tooltip: str,
        remove_name: str,
        negated: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "chip")
        self.setProperty("negated", negated)
        self._label = QToolButton(self)
        self._cross = QToolButton(self)
        self._build_ui(text, tooltip, remove_name)

    def _build_ui(self, text: str, tooltip: str, remove_name: str) -> None:
        metrics = self.fontMetrics()
        self._label.setText(
            metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, _LONGEST).replace("&", "&&")
        )
        self._label.setToolTip(plain_tooltip(tooltip))
        self._label.setAccessibleName(text)
        self._label.clicked.connect(self.clicked)
        set_icon(self._cross, "close", "muted", 12)
        self._cross.setAccessibleName(remove_name)
        self._cross.setToolTip(plain_tooltip(remove_name))
        self._cross.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 1, 1, 1)
        row.setSpacing(0)
        row.addWidget(self._label)
        row.addWidget(self._cross)

    def remove_button(self) -> QToolButton:
        return self._cross

    def text_button(self) -> QToolButton:
        return self._label
