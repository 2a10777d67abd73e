"""Along the bottom: which files will be written, or why none can be, and the one primary button."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from shannon_gui.icons import pixmap
from shannon_gui.widgets.elided_label import ElidedLabel
from shannon_gui.widgets.styled import button, restyle


class ExportBar(QFrame):
    """Says before a click what the click will do."""

    export_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel()
        self._text = ElidedLabel()
        self._export: QPushButton = button(self.tr("&Export…"), role="primary")
        self._problem = ""
        self._build_ui()
        self._export.clicked.connect(self.export_requested)

    def _build_ui(self) -> None:
        self.setProperty("role", "bar")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addSpacing(8)
        row.addWidget(self._export)
        self._icon.hide()

    def show_plan(self, paths: Sequence[Path], problem: str) -> None:
        """These files will be written; with a problem none can be, and the button is off."""
        self._problem = problem
        names = ", ".join(path.name for path in paths)
        self._text.setText(problem or self.tr("Will write: {names}").format(names=names))
        self._text.setProperty("tone", "warning" if problem else "")
        restyle(self._text)
        self._icon.setVisible(bool(problem))
        self._icon.setPixmap(pixmap("warning", "warning", 16, self.devicePixelRatioF()))
        self._export.setEnabled(not problem)

    def value(self) -> str:
        """What is said."""
        return self._text.text()

    def problem(self) -> str:
        """Why nothing can be exported; empty where something can."""
        return self._problem

    def button(self) -> QPushButton:
        """“Export…”."""
        return self._export
