"""The log of reading and exporting: live, by level, by words, and to be copied."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from shannon_gui.formatting import plain_tooltip
from shannon_gui.icons import set_icon
from shannon_gui.models.log import LogFilter, LogLevel, LogLine, LogModel
from shannon_gui.widgets.data_table import tabular
from shannon_gui.widgets.search_field import SearchField
from shannon_gui.widgets.styled import plain_label

_LEVELS: tuple[LogLevel, ...] = ("info", "warning", "danger")
_TIME_WIDTH = 76


class LogPanel(QWidget):
    """Follows its end while nobody has scrolled away from it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = LogModel(self)
        self._shown = LogFilter(self)
        self._table = QTableView()
        self._level = QComboBox()
        self._words = SearchField(self.tr("Filter"), self.tr("Filter of the log"))
        self._copy = QToolButton()
        self._follow = True
        self._build_ui()
        self._connect()

    def _build_ui(self) -> None:
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._level.addItems([self.tr("All"), self.tr("Warnings and errors"), self.tr("Errors")])
        self._level.setAccessibleName(self.tr("Level of the log"))
        self._words.setMaximumWidth(200)
        set_icon(self._copy, "copy")
        self._copy.setAccessibleName(self.tr("Copy the log"))
        self._copy.setToolTip(plain_tooltip(self.tr("Copy the lines that are shown")))
        head = QHBoxLayout()
        head.setContentsMargins(12, 4, 8, 4)
        head.setSpacing(8)
        head.addWidget(plain_label(self.tr("Log"), role="heading"))
        head.addStretch(1)
        for widget in (self._level, self._words, self._copy):
            head.addWidget(widget)
        self._build_table()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._table, 1)

    def _build_table(self) -> None:
        table = self._table
        self._shown.setSourceModel(self._model)
        table.setModel(self._shown)
        table.setProperty("role", "log")
        table.setAccessibleName(self.tr("Log"))
        table.setFont(tabular(table.font()))
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setMinimumSectionSize(22)
        table.verticalHeader().setDefaultSectionSize(22)
        table.verticalHeader().hide()
        table.horizontalHeader().hide()
        table.horizontalHeader().setStretchLastSection(True)
        table.setColumnWidth(0, _TIME_WIDTH)

    def _connect(self) -> None:
        self._level.currentIndexChanged.connect(self._on_level_chosen)
        self._words.textChanged.connect(self._shown.set_words)
        self._copy.clicked.connect(self.copy)
        self._shown.rowsAboutToBeInserted.connect(self._on_rows_about_to_be_inserted)
        self._shown.rowsInserted.connect(self._on_rows_inserted)

    def add(self, level: LogLevel, text: str) -> None:
        """Add a line with the time of now."""
        self._model.append(LogLine(datetime.now().astimezone(), level, text))

    def value(self) -> list[LogLine]:
        """The lines that are shown, those included that are about to be."""
        self._model.flush()
        rows = range(self._shown.rowCount())
        return [self._model.line(self._shown.mapToSource(self._shown.index(row, 0)).row()) for row in rows]

    def copy(self) -> None:
        """Put the lines that are shown on the clipboard."""
        QGuiApplication.clipboard().setText("\n".join(line.as_text() for line in self.value()))

    def level_box(self) -> QComboBox:
        """The choice of a level."""
        return self._level

    def words_field(self) -> QLineEdit:
        """The filter by words."""
        return self._words

    def copy_button(self) -> QToolButton:
        """The button that copies."""
        return self._copy

    def _on_level_chosen(self, number: int) -> None:
        self._shown.set_level(_LEVELS[number])

    def _on_rows_about_to_be_inserted(self) -> None:
        bar = self._table.verticalScrollBar()
        self._follow = bar.value() == bar.maximum()

    def _on_rows_inserted(self) -> None:
        if self._follow:
            self._table.scrollToBottom()
