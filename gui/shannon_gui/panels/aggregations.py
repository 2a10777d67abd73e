"""The aggregations of the selection, as their files and sheets will hold them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QTableView

from shannon_core.aggregate import AggregationResult
from shannon_core.request import AggregationType
from shannon_gui.i18n import counted
from shannon_gui.labels import aggregation_label
from shannon_gui.models.aggregation_table import SORT_ROLE, AggregationTable
from shannon_gui.panels.answer import AnswerPanel
from shannon_gui.widgets.data_table import dress_table

_KEY_WIDTH, _WIDTH, _WIDEST = 220, 96, 240


class AggregationsPanel(AnswerPanel):
    """One aggregation at a time, as a table that can be sorted."""

    def __init__(self) -> None:
        kinds = [(item, aggregation_label(item)) for item in AggregationType]
        name = QCoreApplication.translate("aggregations", "Aggregation")
        super().__init__(kinds, AggregationType.DAILY, name)
        self._model = AggregationTable()
        self._sorted = QSortFilterProxyModel()
        self._table = QTableView()
        self._sorted.setSourceModel(self._model)
        self._sorted.setSortRole(SORT_ROLE)
        self._table.setModel(self._sorted)
        self._table.setAccessibleName(name)
        self._table.setSortingEnabled(True)
        dress_table(self._table)
        self.show_below(self._table)

    def show_answer(self, answer: object) -> None:
        """Show the result, in its own order until somebody sorts it."""
        if isinstance(answer, AggregationResult):
            self._sorted.sort(-1)
            self._table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self._model.show(answer)
            for column in range(self._model.columnCount()):
                title = self._model.headerData(column, Qt.Orientation.Horizontal)
                self._table.setColumnWidth(column, self._width(column, str(title)))
            self.set_note(counted("aggregations", "{n} row(s)", len(answer.rows)) + f" · {answer.timezone}")

    def _width(self, column: int, title: str) -> int:
        if column == 0:
            return _KEY_WIDTH
        needed = self._table.fontMetrics().horizontalAdvance(title) + 32
        widest = max(
            (
                len(str(self._model.index(row, column).data()))
                for row in range(min(20, self._model.rowCount()))
            ),
            default=0,
        )
        return min(
            _WIDEST, max(_WIDTH, needed, self._table.fontMetrics().horizontalAdvance("0") * widest + 24)
        )

    def table(self) -> QTableView:
        """The table."""
        return self._table
