"""The rows of one aggregation as a table that can be sorted by any column."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from shannon_core.request.export_request import AggregationType
from shannon_core.tables.result import AggregationResult
from shannon_gui.text.formatting import DASH, duration, money, plain_tooltip
from shannon_gui.text.i18n import QT_TRANSLATE_NOOP, decimal, number, translate
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
BARRED = ("metrics_count", "errors", "tokens", "cost_usd", "total_duration_ms")
_Index = QModelIndex | QPersistentModelIndex
_TITLES = {
    "timestamp": QT_TRANSLATE_NOOP("aggregations", "Time"),
    "week_start": QT_TRANSLATE_NOOP("aggregations", "Week from"),
    "month": QT_TRANSLATE_NOOP("aggregations", "Month"),
    "session_id": QT_TRANSLATE_NOOP("aggregations", "Session"),
    "user_id": QT_TRANSLATE_NOOP("aggregations", "User"),
    "tool": QT_TRANSLATE_NOOP("aggregations", "Tool"),
    "agent": QT_TRANSLATE_NOOP("aggregations", "Agent"),
    "project_path": QT_TRANSLATE_NOOP("aggregations", "Project"),
    "metrics_count": QT_TRANSLATE_NOOP("aggregations", "Events"),
    "sessions": QT_TRANSLATE_NOOP("aggregations", "Sessions"),
    "users": QT_TRANSLATE_NOOP("aggregations", "Users"),
    "errors": QT_TRANSLATE_NOOP("aggregations", "Errors"),
    "success": QT_TRANSLATE_NOOP("aggregations", "Succeeded"),
    "failure": QT_TRANSLATE_NOOP("aggregations", "Failed"),
    "success_rate": QT_TRANSLATE_NOOP("aggregations", "Success rate"),
    "total_duration_ms": QT_TRANSLATE_NOOP("aggregations", "Total time"),
    "avg_duration_ms": QT_TRANSLATE_NOOP("aggregations", "Average"),
    "min_duration_ms": QT_TRANSLATE_NOOP("aggregations", "Shortest"),
    "max_duration_ms": QT_TRANSLATE_NOOP("aggregations", "Longest"),
    "p50_duration_ms": QT_TRANSLATE_NOOP("aggregations", "Median"),
    "p95_duration_ms": QT_TRANSLATE_NOOP("aggregations", "95 %"),
    "p99_duration_ms": QT_TRANSLATE_NOOP("aggregations", "99 %"),
    "tokens": QT_TRANSLATE_NOOP("aggregations", "Tokens"),
    "input_tokens": QT_TRANSLATE_NOOP("aggregations", "Input"),
    "output_tokens": QT_TRANSLATE_NOOP("aggregations", "Output"),
    "cache_creation_tokens": QT_TRANSLATE_NOOP("aggregations", "Cache writes"),
    "cache_read_tokens": QT_TRANSLATE_NOOP("aggregations", "Cache reads"),
    "cost_usd": QT_TRANSLATE_NOOP("aggregations", "Cost"),
    "first_seen": QT_TRANSLATE_NOOP("aggregations", "First (UTC)"),
    "last_seen": QT_TRANSLATE_NOOP("aggregations", "Last (UTC)"),
    "start_time": QT_TRANSLATE_NOOP("aggregations", "Start (UTC)"),
    "end_time": QT_TRANSLATE_NOOP("aggregations", "End (UTC)"),
    "duration_seconds": QT_TRANSLATE_NOOP("aggregations", "Span"),
    "tool_uses": QT_TRANSLATE_NOOP("aggregations", "Tools"),
}


class AggregationTable(QAbstractTableModel):
    """Shows an AggregationResult; the sort role gives plain values."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[dict[str, Any], ...] = ()
        self._columns: tuple[str, ...] = ()
        self._kind = AggregationType.DAILY
        self._is_over_time = True
        self._highest: dict[str, float] = {}

    def show(self, result: AggregationResult) -> None:
        """Show the rows of this result."""
        from shannon_core.tables.specs import AGGREGATIONS

        spec = AGGREGATIONS[result.type]
        self.beginResetModel()
        self._rows = result.rows
        self._columns = spec.columns
        self._kind = result.type
        self._is_over_time = spec.is_time_series
        self._highest = {
            name: float(max((row[name] or 0 for row in result.rows), default=0)) for name in BARRED
        }
        self.endResetModel()

    def kind(self) -> AggregationType:
        """Which aggregation is shown."""
        return self._kind

    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self._columns

    def key(self, row: int) -> str | None:
        """The key of a row."""
        key = self._rows[row][self._columns[0]] if 0 <= row < len(self._rows) else None
        return None if key is None else str(key)

    def as_tsv(self, rows: Sequence[int], columns: Sequence[int]) -> str:
        """These rows and columns as lines of fields between tabs, below their names; values as exports write them."""
        names = [self._columns[column] for column in columns]
        lines = [names, *([_plain(self._rows[row][name]) for name in names] for row in rows)]
        return "\n".join("\t".join(line) for line in lines)

    def text(self, row: int, column: int) -> str:
        """What a cell says."""
        name = self._columns[column]
        value = self._rows[row][name]
        return _bucket(self._kind, value) if column == 0 and self._is_over_time else cell_text(name, value)

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
            return translate("aggregations", _TITLES[self._columns[section]])
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, tooltip, alignment, or the value to sort by."""
        if role not in _ROLES or not index.isValid():
            return None
        name = self._columns[index.column()]
        value = self._rows[index.row()][name]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.text(index.row(), index.column())
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(index.column())
            case Qt.ItemDataRole.ToolTipRole:
                return None if value is None else plain_tooltip(str(value))
            case _ if role == SORT_ROLE:
                return _sortable(name, value)
            case _ if role == BAR_ROLE:
                highest = self._highest.get(name)
                return float(value) / highest if highest and value is not None else None
            case _:
                return None


def cell_text(name: str, value: Any) -> str:
    """A value of this column as a cell shows it."""
    if value is None:
        return translate("aggregations", "(none)") if name in _KEYS_WITH_NONE else DASH
    if name.endswith("_ms"):
        return duration(value)
    if name == "duration_seconds":
        return duration(value * 1000)
    if name == "success_rate":
        return f"{decimal(value * 100, 1)} %"
    if name == "cost_usd":
        return money(value)
    if name in _INSTANTS:
        return str(value)[:19].replace("T", " ")
    if isinstance(value, dict):
        return ", ".join(f"{tool} {number(uses)}" for tool, uses in value.items())
    return number(value) if isinstance(value, int) else str(value)


def _bucket(kind: AggregationType, start: str) -> str:
    """The start of a bucket in ISO 8601 as it is read; an hour with its offset, for clocks go through some hours twice."""
    match kind:
        case AggregationType.HOURLY:
            return f"{start[:10]} {start[11:16]} {start[19:]}"
        case AggregationType.MONTHLY:
            return start[:7]
        case _:
            return start[:10]


def _plain(value: Any) -> str:
    """A value in one field of TSV."""
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else " ".join(str(value).split())


_INSTANTS = frozenset(("first_seen", "last_seen", "start_time", "end_time"))
_KEYS_WITH_NONE = frozenset(("session_id", "user_id", "project_path"))
_TEXTS = _KEYS_WITH_NONE | _INSTANTS


def _sortable(name: str, value: Any) -> object:
    """A number or a text; what is not known is less than everything."""
    if value is None:
        return "" if name in _TEXTS else -math.inf
    if isinstance(value, dict):
        return float(sum(value.values()))
    return float(value) if isinstance(value, int) else value


def _alignment(column: int) -> int:
    return RIGHT if column else LEFT
