"""The table of the preview: cells to copy and to filter by, and columns that can be arranged."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from shannon_core.event_columns import column_of
from shannon_core.request.filter_fields import FILTER_FIELDS
from shannon_gui.appearance.icons import color
from shannon_gui.appearance.measures import tall
from shannon_gui.models.columns import COLUMN_NAMES, COLUMNS
from shannon_gui.models.preview_table import BAR_LENGTH_ROLE, PreviewTable
from shannon_gui.panels.results.column_menu import ColumnMenu
from shannon_gui.text.clipboard_table import Block, Cells
from shannon_gui.text.labels import value_label
from shannon_gui.widgets.data_table import ROW_HEIGHT, style_table

_BAR_ALPHA = 56
_LONGEST_VALUE = 40


class EventTable(QTableView):
    """Shows a PreviewTable; emits what is to be copied and filtered by."""

    copy_requested = Signal(object)
    """Cells."""
    filter_requested = Signal(str, str, bool)
    """A field, a value, and whether events with it are left out."""
    row_entered = Signal(int)
    """This row is the current one now."""

    def __init__(self, model: PreviewTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._events = model
        style_table(self)
        self.setModel(model)
        self._set_delegates()
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectItems)
        self.setAccessibleName(self.tr("Preview of the events"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.columns = ColumnMenu(self)
        self.customContextMenuRequested.connect(self._on_menu_requested)
        self.selectionModel().currentRowChanged.connect(self._on_row_changed)

    def _set_delegates(self) -> None:
        """Cells are drawn in Python only where Qt cannot: scrolling redraws a screen full of them."""
        middle, bars = _MiddleDelegate(self), _BarDelegate(self)
        for number, column in enumerate(COLUMNS):
            if column.entry.is_name:
                self.setItemDelegateForColumn(number, middle)
            elif column.screen.has_bar:
                self.setItemDelegateForColumn(number, bars)

    def cells(self, *, whole_rows: bool = False) -> Cells:
        """What is selected; ``whole_rows`` takes every visible column of its rows, under their titles."""
        shown = self.columns.visible()
        names = [column.name for column in shown]
        blocks = tuple(
            Block(
                part.top(),
                part.bottom(),
                frozenset(
                    name
                    for name in names
                    if whole_rows or part.left() <= COLUMN_NAMES.index(name) <= part.right()
                ),
            )
            for part in self.selectionModel().selection().toList()
        )
        used = [column for column in shown if any(column.name in block.columns for block in blocks)]
        zone = self._events.zone().key
        heads = tuple(column.heading(zone) for column in used) if whole_rows else ()
        return Cells(blocks, tuple(column.name for column in used), heads)

    def copy(self, *, whole_rows: bool = False) -> None:
        """Ask for what is selected."""
        if self.selectionModel().hasSelection():
            self.copy_requested.emit(self.cells(whole_rows=whole_rows))

    def menu_at(self, index: QModelIndex) -> QMenu:
        """What can be done with a cell."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if index.isValid():
            self._add_filters(menu, index)
            copy = menu.addAction(self.tr("&Copy"), QKeySequence(QKeySequence.StandardKey.Copy))
            copy.triggered.connect(lambda: self.copy())
            rows = menu.addAction(self.tr("Copy &rows with titles"))
            rows.triggered.connect(lambda: self.copy(whole_rows=True))
            menu.addSeparator()
            self.columns.add_sorting(menu, index.column())
        menu.addMenu(self.columns.menu(menu))
        return menu

    def _add_filters(self, menu: QMenu, index: QModelIndex) -> None:
        name = COLUMNS[index.column()].name
        if not self._add_filter_pair(menu, name, index.row()):
            menu.addSeparator()
        if name != "session_id" and (session := self._value(index.row(), "session_id")) is not None:
            only = menu.addAction(self.tr("Only this &session"))
            only.triggered.connect(lambda: self.filter_requested.emit("session_id", session, False))
            menu.addSeparator()

    def _add_filter_pair(self, menu: QMenu, name: str, row: int) -> bool:
        value = self._value(row, name)
        if name not in FILTER_FIELDS or value is None:
            return False
        said = _short(value_label(name, value)).replace("&", "&&")
        for text, negated in ((self.tr("&Only “{value}”"), False), (self.tr("&Not “{value}”"), True)):
            action = menu.addAction(text.format(value=said))
            action.triggered.connect(
                lambda _=False, negated=negated: self.filter_requested.emit(name, value, negated)
            )
        return True

    def _value(self, row: int, name: str) -> str | None:
        """The value as a filter spells it; None for null, which no filter can name, but for an outcome."""
        value = self._events.value(row, name)
        if column_of(name).unit == "outcome" and self._events.key(row) is not None:
            return {True: "true", False: "false"}.get(value, "unknown")
        return value if isinstance(value, str) else None

    def _on_menu_requested(self, place: QPoint) -> None:
        index = self.indexAt(place)
        chosen = self.selectionModel()
        if index.isValid() and not chosen.isSelected(index):
            chosen.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.menu_at(index).popup(self.viewport().mapToGlobal(place))

    def _on_row_changed(self, current: QModelIndex) -> None:
        self.viewport().update()
        if current.isValid():
            self.row_entered.emit(current.row())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The row that is looked at has a surface of its own below its cells."""
        current = self.currentIndex()
        if current.isValid():
            row = QRect(
                0, self.rowViewportPosition(current.row()), self.viewport().width(), tall(ROW_HEIGHT) - 1
            )
            QPainter(self.viewport()).fillRect(row, self.palette().alternateBase())
        super().paintEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy what is selected, all of it, and not only what has been loaded."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)


def _short(text: str) -> str:
    """A value as a menu has room for it, cut in its middle."""
    half = _LONGEST_VALUE // 2
    return text if len(text) <= _LONGEST_VALUE else f"{text[:half]}…{text[-half:]}"


class _MiddleDelegate(QStyledItemDelegate):
    """Cuts ids in their middle, where they differ least."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideMiddle


class _BarDelegate(QStyledItemDelegate):
    """Draws a faint bar behind large numbers."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The bar, and the cell over it."""
        share = index.data(BAR_LENGTH_ROLE)
        if share is not None:
            tint = color("accent")
            tint.setAlpha(_BAR_ALPHA)
            bar = option.rect.adjusted(4, 4, -4, -5)
            bar.setWidth(round(bar.width() * share))
            painter.fillRect(bar, tint)
        super().paint(painter, option, index)
