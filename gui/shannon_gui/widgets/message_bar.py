"""A message inside the window: what happened, to what, and what to do. It waits; it does not interrupt."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from shannon_gui.appearance.icons import Tone, pixmap, set_icon
from shannon_gui.text.log_levels import LogLevel
from shannon_gui.widgets.styled import plain_label, restyle


class MessageBar(QWidget):
    """One message at a time; a newer one replaces it. Texts are plain."""

    action_triggered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level: LogLevel = "info"
        self._surface = QFrame()
        self._icon = QLabel()
        self._title = plain_label(role="title", wrap=True)
        self._body = plain_label(wrap=True)
        self._action = QPushButton()
        self._close = QToolButton()
        self._build_ui()
        self.hide()

    def _build_ui(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._surface.setProperty("role", "message")
        for label in (self._title, self._body):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_icon(self._close, "close", "muted")
        self._close.setAccessibleName(self.tr("Close this message"))
        self._close.clicked.connect(self.clear)
        self._action.clicked.connect(self.action_triggered)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._title)
        texts.addWidget(self._body)
        row = QHBoxLayout(self._surface)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        row.addWidget(self._action, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        around = QVBoxLayout(self)
        around.setContentsMargins(8, 8, 8, 8)
        around.addWidget(self._surface)

    def show_message(
        self, level: LogLevel, title: str, message: str = "", hint: str = "", *, action: str = ""
    ) -> None:
        """Show this in place of what is shown; ``action`` is the text of a button, empty for none."""
        self._level = level
        self._title.setText(title)
        self._body.setText("\n".join(part for part in (message, hint) if part))
        self._body.setVisible(bool(message or hint))
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(f"{title} {message} {hint}".strip())
        self._surface.setProperty("level", level)
        restyle(self._surface)
        self.refresh_icon()
        self.show()

    def refresh_icon(self) -> None:
        """Draw the icon in the colours that are in force."""
        tone: Tone = "accent" if self._level == "info" else self._level
        self._icon.setPixmap(pixmap(self._level, tone, 20, self.devicePixelRatioF()))

    def clear(self) -> None:
        """Hide the message."""
        self.hide()

    def level(self) -> LogLevel:
        """How serious the message is."""
        return self._level

    def text(self) -> str:
        """All of the message."""
        return "\n".join(part for part in (self._title.text(), self._body.text()) if part)

    def action_button(self) -> QPushButton:
        """The button of the message."""
        return self._action
