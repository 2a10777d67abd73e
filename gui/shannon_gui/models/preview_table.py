"""The events of a selection as a table of any length, of which only the visible pages are fetched."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from shannon_core.request.sort_order import BY_TIME, SORTED_ROWS, Order
from shannon_gui.appearance.icons import color
from shannon_gui.models.columns import COLUMN_NAMES, COLUMNS, Column, cells
from shannon_gui.text.formatting import instant, plain_tooltip
from shannon_gui.widgets.data_table import LEFT, RIGHT

if TYPE_CHECKING:
    import pyarrow as pa

MAX_ROWS = (2**31 - 1) // 24 - 1
"""Qt places rows with 32-bit pixels: at 24 pixels a row a table ends here, at 89 million."""
PAGES_KEPT = 256
PLACEHOLDER = "…"
"""The first cell of a row whose page is being fetched."""
BAR_LENGTH_ROLE = Qt.ItemDataRole.UserRole
"""How long a bar behind a value is, 0 to 1; None where none belongs."""
_FULL_BAR_QUANTILE = 0.97
"""A bar is full at this quantile of a page, so that one outlier does not flatten the others."""
_BAR_EXPONENT = 1 / 3
"""Bars grow with the cube root, so that seconds are seen beside hours."""
_SHORTEST_BAR = 0.03
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_ARROWS = {False: " ↑", True: " ↓"}
_TOOLTIP_CHARACTERS = 2000
_Index = QModelIndex | QPersistentModelIndex


class PreviewTable(QAbstractTableModel):
    """Rows come as pages; a row whose page is missing asks for it once."""

    page_needed = Signal(int)
    """This page is visible and not loaded."""

    def __init__(self, page_rows: int, zone: str = "UTC") -> None:
        super().__init__()
        self._page_rows = page_rows
        self._zone = ZoneInfo(zone)
        self._rows = 0
        self._pages: OrderedDict[int, _Page] = OrderedDict()
        self._asked: set[int] = set()
        self._scales: dict[str, float] = {}
        self._order = BY_TIME

    def show_selection(self, events: int, order: Order = BY_TIME) -> None:
        """Forget every row; the selection that is shown now has this many events, in this order."""
        self.beginResetModel()
        self._rows = min(events, MAX_ROWS if order.is_by_time else SORTED_ROWS)
        self._pages.clear()
        self._asked.clear()
        self._scales.clear()
        self._order = order
        self.endResetModel()

    def add_page(self, number: int, rows: pa.Table) -> None:
        """Show these rows; the page that was not visible for longest is dropped."""
        first = number * self._page_rows
        count = min(rows.num_rows, self._rows - first)
        self._asked.discard(number)
        if count <= 0:
            return
        self._pages[number] = page = _Page(rows)
        self._pages.move_to_end(number)
        grown = self._grow_scales(page)
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        self.dataChanged.emit(self.index(first, 0), self.index(first + count - 1, len(COLUMNS) - 1))
        if grown:
            self.redraw()

    def _grow_scales(self, page: _Page) -> bool:
        """Bars become shorter beside larger values, and never longer again while this selection is shown."""
        before = dict(self._scales)
        for column in COLUMNS:
            if column.screen.has_bar and (large := page.large_value(column)):
                self._scales[column.name] = max(large, before.get(column.name, 0))
        return self._scales != before

    def drop_page(self, number: int) -> None:
        """The page will not come; ask again when it becomes visible."""
        self._asked.discard(number)

    def set_zone(self, zone: str) -> None:
        """Show times as this zone's wall clock."""
        self._zone = ZoneInfo(zone)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self._rows - 1, 0))

    def redraw(self) -> None:
        """Draw every cell again, after the colours have changed."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self._rows - 1, len(COLUMNS) - 1))

    def value(self, row: int, column: str) -> Any:
        """The value itself, an instant in microseconds since 1970; None while its page is not there."""
        page = self._pages.get(row // self._page_rows)
        return page and page.value(row % self._page_rows, COLUMNS[COLUMN_NAMES.index(column)])

    def key(self, row: int) -> tuple[int, str, int, str] | None:
        """What names the event of a row; None while its page is not there."""
        if (moment := self.value(row, "timestamp")) is None:
            return None
        return moment, self.value(row, "source_file"), self.value(row, "source_line"), self.value(row, "id")

    def zone(self) -> ZoneInfo:
        """The zone of the times."""
        return self._zone

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 – Qt's signature
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 – Qt's signature
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            arrow = _ARROWS[self._order.descending] if self._order.column == column.name else ""
            return column.heading(self._zone.key) + arrow
        return _alignment(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, tooltip, colour and alignment of a cell."""
        give = _ROLES.get(role)
        if (give is None and role != _ALIGNMENT) or not index.isValid():
            return None
        column = COLUMNS[index.column()]
        if give is None:
            return _alignment(column)
        page = self._page(index.row() // self._page_rows)
        if page is None:
            return self._placeholder(column, role)
        return give(self, column, page.value(index.row() % self._page_rows, column))

    def _page(self, number: int) -> _Page | None:
        page = self._pages.get(number)
        if page is not None:
            self._pages.move_to_end(number)
        elif number not in self._asked:
            self._asked.add(number)
            self.page_needed.emit(number)
        return page

    def _placeholder(self, column: Column, role: int) -> object:
        if role == Qt.ItemDataRole.ForegroundRole:
            return color("muted")
        return PLACEHOLDER if role == Qt.ItemDataRole.DisplayRole and column is COLUMNS[0] else None

    def display_text(self, column: Column, value: Any) -> str:
        """The value as its cell shows it."""
        if column.unit == "instant" and value is not None:
            return instant(value, self._zone)
        return column.text(value)

    def tooltip(self, column: Column, value: Any) -> str | None:
        """The value as exactly as fits a tooltip; nothing for null."""
        if value is None:
            return None
        exact = {"milliseconds": f"{value} ms", "dollars": f"${value}"}.get(column.unit)
        text = exact or (
            self.display_text(column, value) if column.unit in ("instant", "outcome") else str(value)
        )
        return plain_tooltip(text[:_TOOLTIP_CHARACTERS])

    def bar(self, column: Column, value: Any) -> float | None:
        """How large a duration or a number of tokens is beside the others that were loaded."""
        scale = self._scales.get(column.name)
        if not scale or value is None or value <= 0:
            return None
        share = (value / scale) ** _BAR_EXPONENT
        return float(min(1.0, share)) if share >= _SHORTEST_BAR else None

    def foreground(self, column: Column, value: Any) -> object:
        """Grey for null, red for a failed outcome."""
        if value is None:
            return color("muted")
        return color("danger") if column.unit == "outcome" and value is False else None


class _Page:
    """Some rows, each column made into Python objects when it is first looked at."""

    def __init__(self, rows: pa.Table) -> None:
        self._rows = rows
        self._columns: dict[str, list[Any]] = {}

    def value(self, row: int, column: Column) -> Any:
        """The value, None past the end."""
        if column.name not in self._columns:
            self._columns[column.name] = cells(self._rows, column)
        values = self._columns[column.name]
        return values[row] if row < len(values) else None

    def large_value(self, column: Column) -> float | None:
        """The quantile of the column at which a bar is full; None without values."""
        values = sorted(value for value in self._rows.column(column.name).to_pylist() if value is not None)
        return float(values[min(len(values) - 1, int(_FULL_BAR_QUANTILE * len(values)))]) if values else None


_ROLES: dict[int, Callable[[PreviewTable, Column, Any], object]] = {
    int(Qt.ItemDataRole.DisplayRole): PreviewTable.display_text,
    int(Qt.ItemDataRole.ToolTipRole): PreviewTable.tooltip,
    int(Qt.ItemDataRole.ForegroundRole): PreviewTable.foreground,
    int(BAR_LENGTH_ROLE): PreviewTable.bar,
}


def _alignment(column: Column) -> int:
    return RIGHT if column.is_number else LEFT
