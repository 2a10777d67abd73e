"""The lines that could not be read as events: file, line, reason and how the line begins."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from shannon_gui.formatting import plain_tooltip
from shannon_gui.i18n import counted, number
from shannon_gui.labels import reject_reason
from shannon_gui.widgets.data_table import HEADER_HEIGHT, ROW_HEIGHT, tabular
from shannon_gui.widgets.styled import button, plain_label

_NAMES = ("file", "line", "reason", "excerpt")
_WIDTHS = (220, 72, 240)
_LINE, _REASON = 1, 2
_Index = QModelIndex | QPersistentModelIndex


class RejectsModel(QAbstractTableModel):
    """Rows of (file, line, reason, excerpt)."""

    def __init__(self, rejects: pa.Table) -> None:
        super().__init__()
        self._titles = (self.tr("File"), self.tr("Line"), self.tr("Reason"), self.tr("How the line begins"))
        columns = [rejects.column(number).to_pylist() for number in range(len(_NAMES))]
        self._rows: list[tuple[str, int, str, str]] = list(zip(*columns, strict=True))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 – Qt's signature
        """How many lines."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 – Qt's signature
        """Four."""
        return 0 if parent.isValid() else len(_NAMES)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Titles of columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return self._titles[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, tooltip and alignment of a cell."""
        if not index.isValid():
            return None
        value = self._rows[index.row()][index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _shown(index.column(), value)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tooltip(str(value))
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(index.column())
            case _:
                return None

    def as_text(self) -> str:
        """All rows, columns separated by tabs."""
        rows = [self._titles, *self._rows]
        return "\n".join("\t".join(" ".join(str(cell).split()) for cell in row) for row in rows)


def _alignment(column: int) -> int:
    side = Qt.AlignmentFlag.AlignRight if column == _LINE else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def _shown(column: int, value: str | int) -> str:
    if isinstance(value, int):
        return number(value)
    if column == _REASON:
        return reject_reason(value)
    return Path(value).name if column == 0 else " ".join(value.split())


class RejectsDialog(QDialog):
    """A table that can be copied."""

    def __init__(self, rejects: pa.Table, total: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = RejectsModel(rejects)
        self._table = QTableView()
        self._build_ui(total)

    def _build_ui(self, total: int) -> None:
        self.setWindowTitle(self.tr("Rejected lines"))
        self.resize(880, 440)
        title = plain_label(
            counted("rejects", "{n} line(s) could not be read as events", total), role="title"
        )
        shown = self._model.rowCount()
        said = self.tr("They are in no export; every export records their number.")
        if shown < total:
            said += " " + counted("rejects", "The first {n} are shown.", shown)
        copy, close = button(self.tr("&Copy")), button(self.tr("C&lose"), role="primary")
        copy.clicked.connect(self.copy)
        close.clicked.connect(self.accept)
        close.setDefault(True)
        self._build_table()
        buttons = QHBoxLayout()
        buttons.addWidget(copy)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(plain_label(said, tone="muted", wrap=True))
        column.addWidget(self._table, 1)
        column.addLayout(buttons)

    def _build_table(self) -> None:
        table = self._table
        table.setModel(self._model)
        table.setFont(tabular(table.font()))
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        table.verticalHeader().hide()
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setFixedHeight(HEADER_HEIGHT)
        table.horizontalHeader().setHighlightSections(False)
        for section, width in enumerate(_WIDTHS):
            table.setColumnWidth(section, width)

    def model(self) -> RejectsModel:
        """The lines."""
        return self._model

    def copy(self) -> None:
        """Put the lines on the clipboard."""
        QGuiApplication.clipboard().setText(self._model.as_text())
