"""Controls in the roles and tones that the style sheet knows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget


def plain_label(
    text: str = "", *, role: str = "", tone: str = "", wrap: bool = False, parent: QWidget | None = None
) -> QLabel:
    """A label that never takes its text for rich text."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    if role:
        label.setProperty("role", role)
    if tone:
        label.setProperty("tone", tone)
    return label


def button(text: str, *, role: str = "", parent: QWidget | None = None) -> QPushButton:
    """A push button; the role is “primary”, “link” or none."""
    result = QPushButton(text, parent)
    if role:
        result.setProperty("role", role)
    return result


def hairline(parent: QWidget | None = None, *, vertical: bool = False) -> QFrame:
    """One pixel of line."""
    line = QFrame(parent)
    line.setProperty("role", "hairline")
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line


def restyle(widget: QWidget) -> None:
    """Apply the style sheet again after a property has changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
