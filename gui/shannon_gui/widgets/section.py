"""A part of a form: a heading, an optional quiet button beside it, and what belongs to it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from shannon_gui.widgets.styled import plain_label


class Section(QWidget):
    """A heading above its content, on a grid of 4 pixels."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(0, 0, 0, 0)
        self._head.addWidget(plain_label(title, role="heading", parent=self))
        self._head.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addLayout(self._head)

    def add_to_head(self, widget: QWidget) -> None:
        """Put a control at the end of the heading's line."""
        self._head.addWidget(widget)

    def add(self, content: QWidget | QLayout) -> None:
        """Put this below what is there."""
        if isinstance(content, QLayout):
            self._column.addLayout(content)
        else:
            self._column.addWidget(content)
