"""The rows of one aggregation as a table that can be sorted by any column."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from shannon_core.request.contents import AggregationType
from shannon_core.request.measures import MEASURES, TableColumn
from shannon_core.request.table_keys import AGGREGATIONS, TableKey
from shannon_core.tables.result import AggregationResult
from shannon_core.units import Unit
from shannon_gui.text.formatting import DASH, duration, money, plain_tooltip
from shannon_gui.text.i18n import CORE, decimal, number, translate
from shannon_gui.widgets.data_table import LEFT, RIGHT

SORT_ROLE = int(Qt.ItemDataRole.UserRole)
BAR_ROLE = SORT_ROLE + 1
"""The share of the column's largest value, from 0 to 1; None where no bar belongs."""
_ROLES = frozenset(
    int(role)
    for role in (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.TextAlignmentRole,
        Qt.ItemDataRole.ToolTipRole,
        SORT_ROLE,
        BAR_ROLE,
    )
)
"""Qt asks for as many others while it draws a cell."""
_Index = QModelIndex | QPersistentModelIndex


class AggregationTable(QAbstractTableModel):
    """Shows an AggregationResult; the sort role gives plain values."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[dict[str, Any], ...] = ()
        self._kind = AGGREGATIONS[AggregationType.DAILY]
        self._columns: tuple[TableColumn, ...] = ()
        self._highest: dict[str, float] = {}

    def show(self, result: AggregationResult) -> None:
        """Show the rows of this result."""
        self.beginResetModel()
        self._rows = result.rows
        self._kind = AGGREGATIONS[result.type]
        self._columns = self._kind.columns
        self._highest = {
            name: float(max((row[name] or 0 for row in result.rows), default=0))
            for name, measure in MEASURES.items()
            if measure.has_bar
        }
        self.endResetModel()

    def kind(self) -> TableKey:
        """The key of the aggregation that is shown."""
        return self._kind

    def columns(self) -> tuple[TableColumn, ...]:
        """The columns, from left to right."""
        return self._columns

    def key(self, row: int) -> str | None:
        """The key of a row."""
        key = self._rows[row][self._kind.column] if 0 <= row < len(self._rows) else None
        return None if key is None else str(key)

    def as_tsv(self, rows: Sequence[int], columns: Sequence[int]) -> str:
        """These rows and columns as lines of fields between tabs, below their names; values as exports write them."""
        names = [self._columns[column].id for column in columns]
        lines = [names, *([_plain(self._rows[row][name]) for name in names] for row in rows)]
        return "\n".join("\t".join(line) for line in lines)

    def text(self, row: int, column: int) -> str:
        """What a cell says."""
        shown = self._columns[column]
        value = self._rows[row][shown.id]
        return _bucket(self._kind, value) if column == 0 and self._kind.is_time else cell_text(shown, value)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 – Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 – Qt's signature
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return translate(CORE, self._columns[section].title)
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, tooltip, alignment, or the value to sort by."""
        if role not in _ROLES or not index.isValid():
            return None
        column = self._columns[index.column()]
        value = self._rows[index.row()][column.id]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.text(index.row(), index.column())
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(index.column())
            case Qt.ItemDataRole.ToolTipRole:
                return None if value is None else plain_tooltip(str(value))
            case _ if role == SORT_ROLE:
                return _sortable(column, value)
            case _ if role == BAR_ROLE:
                highest = self._highest.get(column.id)
                return float(value) / highest if highest and value is not None else None
            case _:
                return None


def cell_text(column: TableColumn, value: Any) -> str:
    """A value of this column as a cell shows it."""
    if value is None:
        return translate("aggregations", "(none)") if column.unit == "text" else DASH
    return _TEXTS[column.unit](value)


def _uses(uses: dict[str, int]) -> str:
    return ", ".join(f"{tool} {number(count)}" for tool, count in uses.items())


_TEXTS: dict[Unit, Callable[[Any], str]] = {
    "text": str,
    "instant": lambda moment: moment[:19].replace("T", " "),
    "count": number,
    "tokens": number,
    "milliseconds": duration,
    "seconds": lambda seconds: duration(seconds * 1000),
    "dollars": money,
    "share": lambda share: f"{decimal(share * 100, 1)} %",
    "uses": _uses,
}
"""How a cell spells a value of each unit that a table has."""


def _bucket(key: TableKey, start: str) -> str:
    """The start of a bucket in ISO 8601 as it is read; an hour with its offset, for clocks go through some hours
    twice."""
    match key.bucket:
        case "hour":
            return f"{start[:10]} {start[11:16]} {start[19:]}"
        case "month":
            return start[:7]
        case _:
            return start[:10]


def _plain(value: Any) -> str:
    """A value in one field of TSV."""
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else " ".join(str(value).split())


def _sortable(column: TableColumn, value: Any) -> object:
    """A number or a text; what is not known is less than everything."""
    if value is None:
        return "" if column.unit in ("text", "instant") else -math.inf
    if isinstance(value, dict):
        return float(sum(value.values()))
    return float(value) if isinstance(value, int) else value


def _alignment(column: int) -> int:
    return RIGHT if column else LEFT
