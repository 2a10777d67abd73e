"""A page that says why there is nothing on it, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from shannon_gui.appearance.icons import Tone, pixmap
from shannon_gui.widgets.styled import button, plain_label

_ICON_PIXELS = 32
_MOST_TEXT_WIDTH = 480


class NoticePage(QWidget):
    """An icon, a title, a sentence and at most one button, in the middle."""

    action_triggered = Signal()

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._icon = QLabel()
        self._title = plain_label(role="title", wrap=True)
        self._text = plain_label(tone="muted", wrap=True)
        self._action = button("")
        self._build_ui()

    def _build_ui(self) -> None:
        centre = Qt.AlignmentFlag.AlignHCenter
        inner = QWidget()  # as wide as its text needs, which an aligned label would not be
        inner.setMaximumWidth(_MOST_TEXT_WIDTH)
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        for label in (self._icon, self._title, self._text):
            label.setAlignment(centre)
            column.addWidget(label)
        column.addSpacing(4)
        column.addWidget(self._action, 0, centre)
        column.addStretch(3)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(inner, 100)
        row.addStretch(1)
        self._action.clicked.connect(self.action_triggered)
        self._action.hide()

    def show_notice(self, title: str, text: str, *, action: str = "", tone: Tone = "muted") -> None:
        """Say this; ``action`` is the text of the button, empty for none."""
        self._icon.setPixmap(pixmap(self._icon_name, tone, _ICON_PIXELS, self.devicePixelRatioF()))
        self._title.setText(title)
        self._text.setText(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))

    def text(self) -> str:
        """What is said."""
        return f"{self._title.text()}\n{self._text.text()}"

    def action_button(self) -> QWidget:
        """The button."""
        return self._action
