"""Joined buttons, in one row or several, of which at most one is on."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget


class Segmented(QWidget):
    """One choice of a few, each with a key and a text."""

    chosen = Signal(str)
    """The key that a person clicked."""

    def __init__(self, *rows: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for choices in rows:
            column.addLayout(self._row(choices))

    def _row(self, choices: Mapping[str, str]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        for key, text in choices.items():
            button = QToolButton(self)
            button.setText(text)
            button.setCheckable(True)
            button.setProperty("role", "segment")
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._buttons[key] = button
            self._group.addButton(button)
            row.addWidget(button, 1)
        buttons = [self._buttons[key] for key in choices]
        buttons[0].setProperty("place", "first")
        buttons[-1].setProperty("place", "last")
        return row

    def key(self) -> str | None:
        """The key that is on, or None."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), None)

    def set_key(self, key: str | None) -> None:
        """Turn this choice on, or all off; ``chosen`` stays silent."""
        self._group.setExclusive(False)
        for name, button in self._buttons.items():
            button.setChecked(name == key)
        self._group.setExclusive(True)

    def button(self, key: str) -> QToolButton:
        """The button of a choice."""
        return self._buttons[key]
