"""Which columns the preview shows, where, how wide, and by which it is sorted."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QItemSelectionModel, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QTableView, QWidget

from shannon_core.request.sort_order import BY_TIME, SORTABLE, Order
from shannon_gui.appearance.measures import wide
from shannon_gui.models.columns import COLUMN_NAMES, COLUMNS, Column
from shannon_gui.text.i18n import translate


class ColumnMenu(QObject):
    """Arranges a table's header by hand, by menu, and as it was left."""

    order_chosen = Signal(object)
    """An Order."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self._header = table.horizontalHeader()
        self._order = BY_TIME
        self._build_ui()
        self._connect()
        self.reset()

    def _build_ui(self) -> None:
        header = self._header
        self._table.setSortingEnabled(True)  # or a click on a title would select its column
        header.setSortIndicatorShown(False)
        # Qt's header asks of every row whether it is selected before it draws a title: seconds for millions of rows
        header.setSelectionModel(QItemSelectionModel(self._table.model(), header))
        header.setStretchLastSection(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _connect(self) -> None:
        self._header.sectionClicked.connect(self._on_title_clicked)
        self._header.customContextMenuRequested.connect(self._on_menu_requested)

    def visible(self) -> list[Column]:
        """The columns on the screen, from left to right."""
        header = self._header
        numbers = (header.logicalIndex(place) for place in range(header.count()))
        return [COLUMNS[number] for number in numbers if not header.isSectionHidden(number)]

    def order(self) -> Order:
        """By what the rows are sorted."""
        return self._order

    def choose_order(self, order: Order) -> None:
        """Sort by this."""
        if order != self._order:
            self._order = order
            self.order_chosen.emit(order)

    def set_visible(self, name: str, visible: bool) -> None:
        """Show or hide a column; the last one stays."""
        if visible or len(self.visible()) > 1:
            self._header.setSectionHidden(COLUMN_NAMES.index(name), not visible)

    def reset(self) -> None:
        """The columns as they are at first, in the order of time."""
        for number, column in enumerate(COLUMNS):
            self._header.setSectionHidden(number, column.screen.is_rare)
            self._header.moveSection(self._header.visualIndex(number), number)
            self._table.setColumnWidth(number, wide(column.screen.width))
        self.choose_order(BY_TIME)

    def state(self) -> QByteArray:
        """The arrangement, to be remembered; it belongs to these columns only."""
        names = ",".join((*COLUMN_NAMES, "")).encode()
        order = f"{self._order.column},{int(self._order.descending)}".encode()
        return QByteArray(names + b"\n" + order + b"\n" + bytes(self._header.saveState().toBase64().data()))

    def restore(self, state: QByteArray) -> None:
        """The arrangement of another day; one of other columns is forgotten."""
        names, _, rest = bytes(state.data()).decode("ascii", "replace").partition("\n")
        order, _, header = rest.partition("\n")
        column, _, descending = order.partition(",")
        if names == ",".join((*COLUMN_NAMES, "")) and column in SORTABLE:
            self._header.restoreState(QByteArray.fromBase64(header.encode()))
            self.choose_order(Order(column, descending == "1"))

    def menu(self, parent: QWidget) -> QMenu:
        """All columns to tick, and the way back."""
        menu = QMenu(translate("columns", "Co&lumns"), parent)
        shown = {column.name for column in self.visible()}
        for column in COLUMNS:
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(column.name in shown)
            action.toggled.connect(lambda on, name=column.name: self.set_visible(name, on))
        menu.addSeparator()
        menu.addAction(translate("columns", "&Reset columns")).triggered.connect(self.reset)
        return menu

    def add_sorting(self, menu: QMenu, number: int) -> None:
        """The ways to sort by a column, and the way back to the order of time."""
        column = COLUMNS[number]
        if column.name in SORTABLE:
            for text, order in _sortings(column):
                action = menu.addAction(text)
                action.setCheckable(True)
                action.setChecked(order == self._order)
                action.triggered.connect(lambda _=False, order=order: self.choose_order(order))
        if not self._order.is_by_time and column.unit != "instant":
            back = menu.addAction(translate("columns", "Back to the order of &time"))
            back.triggered.connect(lambda: self.choose_order(BY_TIME))
        menu.addSeparator()

    def header_menu(self, number: int) -> QMenu:
        """What can be done with a column."""
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.add_sorting(menu, number)
        name = COLUMNS[number].name
        hide = menu.addAction(translate("columns", "&Hide this column"))
        hide.setEnabled(len(self.visible()) > 1)
        hide.triggered.connect(lambda: self.set_visible(name, False))
        menu.addMenu(self.menu(menu))
        return menu

    def _on_title_clicked(self, number: int) -> None:
        """The first click sorts numbers and outcomes from the large end; the next turns around, the third goes back to
        time."""
        column = COLUMNS[number]
        if column.name in SORTABLE:
            first, second = (order for _, order in _sortings(column))
            following = {first: second, second: BY_TIME}
            self.choose_order(following.get(self._order, first))

    def _on_menu_requested(self, place: QPoint) -> None:
        number = self._header.logicalIndexAt(place)
        if number >= 0:
            self.header_menu(number).popup(self._header.mapToGlobal(place))


def _sortings(column: Column) -> list[tuple[str, Order]]:
    """The two directions, the likelier one first."""
    up, down = Order(column.name), Order(column.name, descending=True)
    if column.unit == "instant":
        return [
            (translate("columns", "&Oldest first"), up),
            (translate("columns", "&Newest first"), down),
        ]
    if column.is_number:
        return [
            (translate("columns", "&Largest first"), down),
            (translate("columns", "&Smallest first"), up),
        ]
    if column.unit == "outcome":
        return [
            (translate("columns", "&Failed first"), up),
            (translate("columns", "&Succeeded first"), down),
        ]
    return [(translate("columns", "Sort &A to Z"), up), (translate("columns", "Sort &Z to A"), down)]
