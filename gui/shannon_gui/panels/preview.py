"""What the export will hold, before it is saved: every row of it, and its figures."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from shannon_core.session import Totals
from shannon_gui.i18n import counted
from shannon_gui.models.columns import COLUMNS
from shannon_gui.models.preview_table import MAX_ROWS, PreviewTable
from shannon_gui.panels.figures import figures_line
from shannon_gui.widgets.data_table import dress_table
from shannon_gui.widgets.elided_label import ElidedLabel
from shannon_gui.widgets.notice_page import NoticePage
from shannon_gui.widgets.styled import button, hairline

BUSY_AFTER_MILLISECONDS = 150


class PreviewPanel(QWidget):
    """A virtual table over the selection, its figures, and the way to the rejected lines."""

    rejects_requested = Signal()
    filters_cleared = Signal()

    def __init__(self, model: PreviewTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._table = QTableView()
        self._pages = QStackedWidget()
        self._notice = NoticePage("table")
        self._figures = ElidedLabel()
        self._rejects: QPushButton = button("", role="link")
        self._total: int | None = None
        self._totals: Totals | None = None
        self._busy_timer = QTimer(self)
        self._build_ui()
        self._connect()

    def _build_ui(self) -> None:
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build_table()
        self._pages.addWidget(self._table)
        self._pages.addWidget(self._notice)
        self._rejects.setProperty("tone", "warning")
        self._rejects.hide()
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 6, 12, 6)
        foot.setSpacing(12)
        foot.addWidget(self._figures, 1)
        foot.addWidget(self._rejects)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pages, 1)
        column.addWidget(hairline())
        column.addLayout(foot)
        self._busy_timer.setSingleShot(True)
        self._busy_timer.setInterval(BUSY_AFTER_MILLISECONDS)

    def _build_table(self) -> None:
        table = self._table
        dress_table(table)
        table.setModel(self._model)
        table.setItemDelegate(_CellDelegate(table))
        table.setAccessibleName(self.tr("Preview of the events"))
        table.horizontalHeader().setStretchLastSection(True)
        for number, column in enumerate(COLUMNS):
            table.setColumnWidth(number, column.width)

    def _connect(self) -> None:
        self._rejects.clicked.connect(self.rejects_requested)
        self._notice.action_triggered.connect(self.filters_cleared)
        self._busy_timer.timeout.connect(self._on_busy_too_long)

    def show_totals(self, totals: Totals) -> None:
        """The selection that the table shows now has these figures."""
        self._totals = totals
        self._model.show_selection(totals.events)
        self._table.scrollToTop()
        self._refresh()

    def show_overall(self, totals: Totals) -> None:
        """Without any filter there are these."""
        self._total = totals.events
        self._refresh()

    def set_rejected(self, lines: int) -> None:
        """So many lines could not be read."""
        self._rejects.setVisible(lines > 0)
        self._rejects.setText(counted("preview", "{n} line(s) rejected ▸", lines))

    def set_busy(self, busy: bool) -> None:
        """Say that figures are being counted, once it takes long enough to be noticed."""
        if busy:
            self._busy_timer.start()
        else:
            self._busy_timer.stop()
            self._refresh()

    def show_reading(self) -> None:
        """There is nothing to show yet, because the first reading still runs."""
        if self._totals is None:
            text = self.tr("The events appear here as soon as they have been read.")
            self._notice.show_notice(self.tr("Reading the logs"), text)
            self._pages.setCurrentWidget(self._notice)

    def value(self) -> Totals | None:
        """The figures on the screen."""
        return self._totals

    def overall(self) -> int | None:
        """How many events there are without any filter, as far as that is known."""
        return self._total

    def figures(self) -> str:
        """The figures as they are read."""
        return self._figures.text()

    def table(self) -> QTableView:
        """The table."""
        return self._table

    def rejects_button(self) -> QPushButton:
        """“3 lines rejected”."""
        return self._rejects

    def notice(self) -> str:
        """What stands in place of the table; empty while the table is shown."""
        return self._notice.text() if self._pages.currentWidget() is self._notice else ""

    def _refresh(self) -> None:
        if self._totals is None:
            return
        line = figures_line(self._totals, self._total)
        if self._totals.events > MAX_ROWS:
            line += " · " + counted("preview", "the table shows the first {n}; the export has all", MAX_ROWS)
        self._figures.setText(line)
        if self._totals.events:
            self._pages.setCurrentWidget(self._table)
        else:
            title, text = (
                self.tr("No event matches"),
                self.tr("No event is in this range and passes these filters."),
            )
            self._notice.show_notice(title, text, action=self.tr("Clear range and filters"))
            self._pages.setCurrentWidget(self._notice)

    def _on_busy_too_long(self) -> None:
        self._figures.setText(self.tr("Counting …"))


class _CellDelegate(QStyledItemDelegate):
    """Cuts ids in their middle, where they differ least."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Choose where to cut; the row is selected, not the cell."""
        super().initStyleOption(option, index)
        if COLUMNS[index.column()].kind == "id":
            option.textElideMode = Qt.TextElideMode.ElideMiddle
