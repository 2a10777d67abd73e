"""A field for words to look for, with an icon that says so and a cross that empties it."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from shannon_gui.appearance.icons import set_icon


class SearchField(QLineEdit):
    """Its pictures follow the colours, unlike those that Qt brings."""

    def __init__(self, placeholder: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self._search = QAction(self)
        self._clear = QAction(self.tr("Clear"), self)
        set_icon(self._search, "search", "muted")
        set_icon(self._clear, "close", "muted", 12)
        self.addAction(self._search, QLineEdit.ActionPosition.LeadingPosition)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setVisible(False)
        self._clear.triggered.connect(self.clear)
        self.textChanged.connect(lambda text: self._clear.setVisible(bool(text)))
