"""The rows of one aggregation as a table that can be sorted by any column."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from shannon_core.aggregate import AGGREGATIONS, AggregationResult
from shannon_gui.formatting import DASH, duration, money, plain_tooltip
from shannon_gui.i18n import QT_TRANSLATE_NOOP, decimal, number, translate

SORT_ROLE = int(Qt.ItemDataRole.UserRole)
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

    def show(self, result: AggregationResult) -> None:
        """Show the rows of this result."""
        self.beginResetModel()
        self._rows = result.rows
        self._columns = AGGREGATIONS[result.type].columns
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 – Qt's signature
        """The rows of the aggregation."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 – Qt's signature
        """The columns of events.md §4."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Titles of columns; rows have none."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return translate("aggregations", _TITLES[self._columns[section]])
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, tooltip, alignment, or the value to sort by."""
        if not index.isValid():
            return None
        name = self._columns[index.column()]
        value = self._rows[index.row()][name]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell_text(name, value)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(index.column())
            case Qt.ItemDataRole.ToolTipRole:
                return None if value is None else plain_tooltip(str(value))
            case Qt.ItemDataRole.UserRole:
                return _sortable(value)
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
    if isinstance(value, dict):
        return ", ".join(f"{tool} {number(uses)}" for tool, uses in value.items())
    return number(value) if isinstance(value, int) else str(value)


_KEYS_WITH_NONE = frozenset(("session_id", "user_id", "project_path"))


def _sortable(value: Any) -> object:
    if isinstance(value, dict):
        return float(sum(value.values()))
    return float(value) if isinstance(value, int) else value


def _alignment(column: int) -> int:
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
