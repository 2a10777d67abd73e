"""The log of reading and exporting: live, by level, by words; to be copied and saved, and to open what was written."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from shannon_gui.appearance.icons import set_icon
from shannon_gui.appearance.measures import tall, wide
from shannon_gui.models.log import FOLDER_COLUMN, OPEN_COLUMN, LogFilter, LogLine, LogModel
from shannon_gui.text.formatting import plain_tooltip
from shannon_gui.text.log_levels import LogLevel
from shannon_gui.widgets.data_table import tabular
from shannon_gui.widgets.search_field import SearchField
from shannon_gui.widgets.styled import plain_label

_LEVELS: tuple[LogLevel, ...] = ("info", "warning", "danger")
_TIME_WIDTH = 76


class LogPanel(QWidget):
    """Scrolls with the newest line, unless the reader has scrolled up."""

    save_requested = Signal()
    open_requested = Signal(str)
    """This file, which was written, is to be opened."""
    folder_requested = Signal(str)
    """The folder of this file is to be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = LogModel(self)
        self._shown = LogFilter(self)
        self._table = QTableView()
        self._level = QComboBox()
        self._words = SearchField(self.tr("Filter"), self.tr("Filter of the log"))
        self._copy = QToolButton()
        self._save = QToolButton()
        self._follow = True
        self._build_ui()
        self._connect()

    def _build_ui(self) -> None:
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._level.addItems([self.tr("All"), self.tr("Warnings and errors"), self.tr("Errors")])
        self._level.setAccessibleName(self.tr("Level of the log"))
        self._words.setMaximumWidth(wide(200))
        set_icon(self._copy, "copy")
        self._copy.setAccessibleName(self.tr("Copy the log"))
        self._copy.setToolTip(plain_tooltip(self.tr("Copy the lines that are shown")))
        set_icon(self._save, "save")
        self._save.setAccessibleName(self.tr("Save the log"))
        self._save.setToolTip(plain_tooltip(self.tr("Save the lines that are shown")))
        head = QHBoxLayout()
        head.setContentsMargins(12, 4, 8, 4)
        head.setSpacing(8)
        head.addWidget(plain_label(self.tr("Log"), role="heading"))
        head.addStretch(1)
        for widget in (self._level, self._words, self._copy, self._save):
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
        table.verticalHeader().setMinimumSectionSize(tall(22))
        table.verticalHeader().setDefaultSectionSize(tall(22))
        table.verticalHeader().hide()
        table.horizontalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(0, wide(_TIME_WIDTH))
        for column, text in ((OPEN_COLUMN, self.tr("Open")), (FOLDER_COLUMN, self.tr("Show in folder"))):
            table.setColumnWidth(column, table.fontMetrics().horizontalAdvance(text) + 20)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _connect(self) -> None:
        self._level.currentIndexChanged.connect(self._on_level_chosen)
        self._words.textChanged.connect(self._shown.set_words)
        self._copy.clicked.connect(self.copy)
        self._save.clicked.connect(self.save_requested)
        self._table.clicked.connect(self._on_cell_clicked)
        self._table.doubleClicked.connect(self._on_cell_double_clicked)
        self._table.customContextMenuRequested.connect(self._on_menu_requested)
        for keys in ("Return", "Enter"):
            shortcut = QShortcut(QKeySequence(keys), self._table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self._on_enter_pressed)
        self._shown.rowsAboutToBeInserted.connect(self._on_rows_about_to_be_inserted)
        self._shown.rowsInserted.connect(self._on_rows_inserted)

    def add(self, level: LogLevel, text: str, path: str = "") -> None:
        """Add a line with the time of now; ``path`` is the file that was finished."""
        self._model.append(LogLine(datetime.now().astimezone(), level, text, path))

    def value(self) -> list[LogLine]:
        """The lines that are shown, those included that are about to be."""
        self._model.flush()
        rows = range(self._shown.rowCount())
        return [self._model.line(self._shown.mapToSource(self._shown.index(row, 0)).row()) for row in rows]

    def text(self) -> str:
        """The lines that are shown, as they are copied and saved."""
        return "\n".join(line.as_text() for line in self.value())

    def copy(self) -> None:
        """Put the lines that are shown on the clipboard."""
        QGuiApplication.clipboard().setText(self.text())

    def level_box(self) -> QComboBox:
        """The choice of a level."""
        return self._level

    def words_field(self) -> QLineEdit:
        """The filter by words."""
        return self._words

    def copy_button(self) -> QToolButton:
        """The button that copies."""
        return self._copy

    def save_button(self) -> QToolButton:
        """The button that saves."""
        return self._save

    def table(self) -> QTableView:
        return self._table

    def menu_of(self, row: int) -> QMenu:
        """What can be done with a line."""
        line = self._line(row)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if line.path:
            menu.addAction(self.tr("&Open"), lambda: self.open_requested.emit(line.path))
            menu.addAction(self.tr("Show in &folder"), lambda: self.folder_requested.emit(line.path))
        menu.addAction(self.tr("&Copy line"), lambda: QGuiApplication.clipboard().setText(line.as_text()))
        return menu

    def _line(self, row: int) -> LogLine:
        return self._model.line(self._shown.mapToSource(self._shown.index(row, 0)).row())

    def _on_cell_clicked(self, index: QModelIndex) -> None:
        path = self._line(index.row()).path
        if path and index.column() == OPEN_COLUMN:
            self.open_requested.emit(path)
        elif path and index.column() == FOLDER_COLUMN:
            self.folder_requested.emit(path)

    def _on_cell_double_clicked(self, index: QModelIndex) -> None:
        if index.column() < OPEN_COLUMN and (path := self._line(index.row()).path):
            self.open_requested.emit(path)

    def _on_enter_pressed(self) -> None:
        index = self._table.currentIndex()
        if index.isValid():
            self._on_cell_clicked(index)
            self._on_cell_double_clicked(index)

    def _on_menu_requested(self, place: QPoint) -> None:
        index = self._table.indexAt(place)
        if not index.isValid():
            index = self._table.currentIndex()
        if index.isValid():
            self.menu_of(index.row()).popup(self._table.viewport().mapToGlobal(place))

    def _on_level_chosen(self, number: int) -> None:
        self._shown.set_level(_LEVELS[number])

    def _on_rows_about_to_be_inserted(self) -> None:
        bar = self._table.verticalScrollBar()
        self._follow = bar.value() == bar.maximum()

    def _on_rows_inserted(self) -> None:
        if self._follow:
            self._table.scrollToBottom()
