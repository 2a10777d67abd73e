"""The lines that could not be read as events, and the files that could be read in part only: file, line, reason,
beginning."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QTableView, QVBoxLayout, QWidget

from shannon_gui.appearance.measures import wide
from shannon_gui.text.formatting import DASH, plain_tooltip
from shannon_gui.text.i18n import counted, number
from shannon_gui.text.labels import reject_reason
from shannon_gui.widgets.data_table import style_table
from shannon_gui.widgets.styled import button, plain_label

if TYPE_CHECKING:
    import pyarrow as pa

_NAMES = ("file", "line", "reason", "excerpt")
_WIDTHS = (220, 64, 320)
_LINE, _REASON = 1, 2
_Index = QModelIndex | QPersistentModelIndex


class RejectsModel(QAbstractTableModel):
    """Rejected lines as rows of (file, line, reason, excerpt)."""

    def __init__(self, rejects: pa.Table) -> None:
        super().__init__()
        self._titles = (self.tr("File"), self.tr("Line"), self.tr("Reason"), self.tr("How the line begins"))
        columns = [rejects.column(number).to_pylist() for number in range(len(_NAMES))]
        self._rows: list[tuple[str, int | None, str, str]] = [
            # the problem of a file is a phrase with values; the reason of a line is a code, to be copied as it is
            (path, line, reason if line else reject_reason(reason), excerpt)
            for path, line, reason, excerpt in zip(*columns, strict=True)
        ]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 – Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 – Qt's signature
        return 0 if parent.isValid() else len(_NAMES)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
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
                return plain_tooltip(_shown(index.column(), value) if value is None else str(value))
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(index.column())
            case _:
                return None

    def path(self, row: int) -> str:
        """The file of a row."""
        return self._rows[row][0]

    def as_text(self, wanted: Sequence[int] = ()) -> str:
        """Some rows, all where none are named, with columns separated by tabs."""
        rows = [self._titles, *([self._rows[row] for row in wanted] or self._rows)]
        return "\n".join(
            "\t".join(" ".join(str("" if cell is None else cell).split()) for cell in row) for row in rows
        )


def _alignment(column: int) -> int:
    side = Qt.AlignmentFlag.AlignRight if column == _LINE else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def _shown(column: int, value: str | int | None) -> str:
    if value is None:
        return DASH
    if isinstance(value, int):
        return number(value)
    if column == _REASON:
        return reject_reason(value)
    return Path(value).name if column == 0 else " ".join(value.split())


def _title(lines: int, files: int) -> str:
    parts = []
    if lines or not files:
        parts.append(counted("rejects", "{n} line(s) could not be read as events", lines))
    if files:
        parts.append(counted("rejects", "{n} file(s) could be read in part only", files))
    return ", ".join(parts)


class RejectsDialog(QDialog):
    """A table that can be copied and saved, and opens the folder of each file.

    ``lines`` and ``files`` count all that could not be read, of which the table may show the first only.
    """

    save_requested = Signal()
    folder_requested = Signal(str)
    """The folder of this file is to be shown."""

    def __init__(
        self, rejects: pa.Table, lines: int, files: int, parent: QWidget | None = None, *, source: str = ""
    ) -> None:
        super().__init__(parent)
        self._model = RejectsModel(rejects)
        self._table = QTableView()
        self._copy: QPushButton = button(self.tr("&Copy"))
        self._save: QPushButton = button(self.tr("&Save as CSV…"))
        self._reveal: QPushButton = button(self.tr("Show in &folder"))
        self._build_ui(lines, files, source)
        self._connect()

    def _build_ui(self, lines: int, files: int, source: str) -> None:
        self.setWindowTitle(self.tr("Rejected lines"))
        self.resize(wide(920), 460)
        title = plain_label(_title(lines, files), role="title", wrap=True)
        said = [source] if source else []
        said.append(self.tr("They are in no export; every export records their number."))
        shown = self._model.rowCount()
        if shown < lines + files:
            said.append(counted("rejects", "The first {n} are shown; the CSV has all.", shown))
        close = button(self.tr("C&lose"), role="primary")
        close.clicked.connect(self.accept)
        close.setDefault(True)
        self._build_table()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for item in (self._copy, self._save, self._reveal):
            buttons.addWidget(item)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(plain_label("\n".join(said), tone="muted", wrap=True))
        column.addWidget(self._table, 1)
        column.addLayout(buttons)

    def _build_table(self) -> None:
        table = self._table
        style_table(table)
        table.setModel(self._model)
        table.setAccessibleName(self.tr("Rejected lines"))
        table.horizontalHeader().setStretchLastSection(True)
        for section, width in enumerate(_WIDTHS):
            table.setColumnWidth(section, wide(width))

    def _connect(self) -> None:
        self._copy.clicked.connect(self.copy)
        self._save.clicked.connect(self.save_requested)
        self._reveal.clicked.connect(self._on_reveal_clicked)
        self._table.doubleClicked.connect(self._on_reveal_clicked)
        self._table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self._on_selection_changed()

    def model(self) -> RejectsModel:
        return self._model

    def table(self) -> QTableView:
        return self._table

    def save_button(self) -> QPushButton:
        """“Save as CSV…”."""
        return self._save

    def reveal_button(self) -> QPushButton:
        """“Show in folder”."""
        return self._reveal

    def copy(self) -> None:
        """Put the selected lines on the clipboard, or all of them where none is selected."""
        QGuiApplication.clipboard().setText(self._model.as_text(self._selected()))

    def _selected(self) -> list[int]:
        return sorted(index.row() for index in self._table.selectionModel().selectedRows())

    def _on_selection_changed(self) -> None:
        self._reveal.setEnabled(len(self._selected()) == 1)

    def _on_reveal_clicked(self) -> None:
        for row in self._selected()[:1]:
            self.folder_requested.emit(self._model.path(row))
