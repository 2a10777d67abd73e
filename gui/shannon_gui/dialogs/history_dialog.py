"""The exports of the past as a table: do one again, show where its files are, or copy its command."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from shannon_core.cli.shell_command import as_command
from shannon_gui.appearance.icons import icon
from shannon_gui.appearance.measures import wide
from shannon_gui.storage.history import History, Outcome, PastExport
from shannon_gui.text.formatting import DASH, plain_tooltip
from shannon_gui.text.i18n import QT_TRANSLATE_NOOP, number, translate
from shannon_gui.text.labels import format_label
from shannon_gui.widgets.data_table import style_table
from shannon_gui.widgets.styled import button, plain_label

_WORDS: dict[Outcome, tuple[str, str]] = {
    "finished": ("success", QT_TRANSLATE_NOOP("history", "Finished")),
    "errors": ("warning", QT_TRANSLATE_NOOP("history", "Finished with errors")),
    "failed": ("danger", QT_TRANSLATE_NOOP("history", "Failed")),
    "cancelled": ("info", QT_TRANSLATE_NOOP("history", "Cancelled")),
}
_WIDTHS = (136, 168, 84, 168, 240)
_EVENTS = 2


class HistoryDialog(QDialog):
    """A table of past exports, the newest first."""

    again_requested = Signal(object)
    """This ExportRequest is to run once more."""
    folder_requested = Signal(str)
    """The folder of this file is to be shown."""

    def __init__(self, history: History, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self._model = QStandardItemModel(0, len(_WIDTHS), self)
        self._table = QTableView()
        self._empty = plain_label(self.tr("Nothing has been exported yet."), tone="muted")
        self._again: QPushButton = button(self.tr("Export &again"), role="primary")
        self._folder: QPushButton = button(self.tr("Show in &folder"))
        self._copy: QPushButton = button(self.tr("&Copy as command"))
        self._clear: QPushButton = button(self.tr("C&lear history"))
        self._close: QPushButton = button(self.tr("Cl&ose"))
        self._build_ui()
        self._connect()
        self._fill()

    def _build_ui(self) -> None:
        self.setWindowTitle(self.tr("History of exports"))
        self.resize(wide(880), 440)
        self._model.setHorizontalHeaderLabels(
            [self.tr("Time"), self.tr("Outcome"), self.tr("Events"), self.tr("Formats"), self.tr("Files")]
        )
        table = self._table
        table.setModel(self._model)
        table.setAccessibleName(self.tr("Exports"))
        style_table(table)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        for column, width in enumerate(_WIDTHS):
            table.setColumnWidth(column, wide(width))
        table.horizontalHeader().setStretchLastSection(True)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        table.horizontalHeader().setDefaultAlignment(left)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._model.horizontalHeaderItem(_EVENTS).setTextAlignment(right)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._clear)
        buttons.addStretch(1)
        for item in (self._copy, self._folder, self._close, self._again):
            buttons.addWidget(item)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(16, 16, 16, 16)
        column_box.setSpacing(12)
        column_box.addWidget(self._empty)
        column_box.addWidget(table, 1)
        column_box.addLayout(buttons)

    def _connect(self) -> None:
        self._table.selectionModel().currentRowChanged.connect(self._refresh)
        self._table.doubleClicked.connect(self._on_again)
        self._again.clicked.connect(self._on_again)
        self._folder.clicked.connect(self._on_folder_clicked)
        self._copy.clicked.connect(self._on_copy_clicked)
        self._clear.clicked.connect(self._history.clear)
        self._close.clicked.connect(self.reject)
        self._history.changed.connect(self._fill)

    def chosen(self) -> PastExport | None:
        """The export that the buttons act on."""
        row = self._table.currentIndex().row()
        past = self._history.all()
        return past[row] if 0 <= row < len(past) else None

    def model(self) -> QStandardItemModel:
        return self._model

    def again_button(self) -> QPushButton:
        """“Export again”."""
        return self._again

    def folder_button(self) -> QPushButton:
        """“Show in folder”."""
        return self._folder

    def clear_button(self) -> QPushButton:
        """“Clear history”."""
        return self._clear

    def _fill(self) -> None:
        past = self._history.all()
        self._model.setRowCount(0)
        for item in past:
            self._model.appendRow(_row(item))
        self._empty.setVisible(not past)
        self._table.setVisible(bool(past))
        if past:
            self._table.selectRow(0)
        self._refresh()

    def _refresh(self) -> None:
        chosen = self.chosen()
        for item in (self._again, self._copy, self._clear):
            item.setEnabled(chosen is not None)
        self._folder.setEnabled(chosen is not None and bool(chosen.paths))

    def _on_again(self) -> None:
        if (chosen := self.chosen()) is not None:
            self.again_requested.emit(chosen.request)
            self.accept()

    def _on_folder_clicked(self) -> None:
        if (chosen := self.chosen()) is not None and chosen.paths:
            self.folder_requested.emit(chosen.paths[0])

    def _on_copy_clicked(self) -> None:
        if (chosen := self.chosen()) is not None:
            QGuiApplication.clipboard().setText(as_command(chosen.request))


def _row(export: PastExport) -> list[QStandardItem]:
    level, word = _WORDS[export.outcome]
    names = ", ".join(Path(path).name for path in export.paths)
    texts = (
        f"{export.at.astimezone():%Y-%m-%d %H:%M}",
        translate("history", word),
        number(export.events) if export.events else DASH,
        ", ".join(format_label(item) for item in export.request.formats),
        names or export.problem or export.request.target,
    )
    items = [QStandardItem(text) for text in texts]
    items[1].setIcon(icon(level, "muted" if level == "info" else level))  # type: ignore[arg-type]  # a level is a tone
    items[2].setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    items[4].setToolTip(plain_tooltip("\n".join(export.paths) or export.problem or export.request.target))
    return items
