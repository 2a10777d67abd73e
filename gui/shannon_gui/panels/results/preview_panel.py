"""What the export will hold, before it is saved: every row of it, and its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from shannon_core.request.sort_order import BY_TIME, SORTED_ROWS, Order
from shannon_gui.models.columns import COLUMN_NAMES, COLUMNS
from shannon_gui.models.preview_table import MAX_ROWS, PreviewTable
from shannon_gui.panels.results.event_details import EventDetailsPanel
from shannon_gui.panels.results.event_table import EventTable
from shannon_gui.text.i18n import counted, number, translate
from shannon_gui.text.totals_line import figures_line
from shannon_gui.widgets.elided_label import ElidedLabel
from shannon_gui.widgets.notice_page import NoticePage
from shannon_gui.widgets.styled import button, hairline

if TYPE_CHECKING:
    from shannon_core.query.totals import Totals

BUSY_AFTER_MILLISECONDS = 150
_TABLE_AND_DETAILS_WIDTHS = [560, 360]
_CONTEXT = "preview"


class PreviewPanel(QWidget):
    """A virtual table over the selection with the details of a row beside it, its figures, and the way to the rejected
    lines."""

    rejects_requested = Signal()
    filters_cleared = Signal()
    details_toggled = Signal(bool)

    def __init__(self, model: PreviewTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._order = BY_TIME
        self._table = EventTable(model)
        self.detail = EventDetailsPanel()
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self._pages = QStackedWidget()
        self._notice = NoticePage("table")
        self._figures = ElidedLabel()
        self._order_note = ElidedLabel()
        self._back = button(self.tr("Order of time"), role="link")
        self._rejects: QPushButton = button("", role="link")
        self._columns: QPushButton = button(self.tr("Co&lumns"), role="link")
        self._details: QPushButton = button(self.tr("&Details"), role="link")
        self._total: int | None = None
        self._events: int | None = None
        self._totals: Totals | None = None
        self._keeps_place = False
        self._busy_timer = QTimer(self)
        self._build_ui()
        self._connect()

    def _build_ui(self) -> None:
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.split.addWidget(self._table)
        self.split.addWidget(self.detail)
        self.split.setHandleWidth(1)
        self.split.setCollapsible(0, False)
        self.split.setCollapsible(1, False)
        self.split.setStretchFactor(0, 1)
        self.split.setSizes(_TABLE_AND_DETAILS_WIDTHS)
        self.detail.hide()
        self._pages.addWidget(self.split)
        self._pages.addWidget(self._notice)
        self._rejects.setProperty("tone", "warning")
        self._rejects.hide()
        self._details.setCheckable(True)
        self._order_bar = self._build_order_bar()
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 6, 12, 6)
        foot.setSpacing(12)
        foot.addWidget(self._figures, 1)
        for link in (self._rejects, self._columns, self._details):
            foot.addWidget(link)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._order_bar)
        column.addWidget(self._pages, 1)
        column.addWidget(hairline())
        column.addLayout(foot)
        self._busy_timer.setSingleShot(True)
        self._busy_timer.setInterval(BUSY_AFTER_MILLISECONDS)

    def _build_order_bar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 2, 12, 2)
        row.addWidget(self._order_note, 1)
        row.addWidget(self._back)
        bar.hide()
        return bar

    def _connect(self) -> None:
        self._rejects.clicked.connect(self.rejects_requested)
        self._notice.action_triggered.connect(self.filters_cleared)
        self._busy_timer.timeout.connect(self._on_busy_too_long)
        self._columns.clicked.connect(self._on_columns_clicked)
        self._details.toggled.connect(self._on_details_toggled)
        self.detail.closed.connect(lambda: self.show_details(False))
        self._table.doubleClicked.connect(lambda: self.show_details(True))
        self._back.clicked.connect(lambda: self._table.columns.choose_order(BY_TIME))

    def show_details(self, shown: bool) -> None:
        """Show or hide the details of a row."""
        self._details.setChecked(shown)

    def show_order(self, order: Order) -> None:
        """The rows that come next are in this order."""
        self._order = order

    def show_events(self, events: int) -> None:
        """The selection that the table shows from now on has this many events; its other figures follow."""
        row = self._table.rowAt(0) if self._keeps_place else 0
        if not self._keeps_place:
            self.detail.clear()
        self._keeps_place = False
        self._events, self._totals = events, None
        self._model.show_selection(events, self._order)
        self._table.scrollTo(self._model.index(row, 0), QAbstractItemView.ScrollHint.PositionAtTop)
        self._refresh()

    def show_totals(self, totals: Totals) -> None:
        """The selection that the table shows has these figures."""
        self._totals = totals
        self._refresh()

    def keep_place(self) -> None:
        """The figures that come next are those of the same selection: show the same rows as now."""
        self._keeps_place = True

    def show_overall(self, totals: Totals) -> None:
        """Without any filter there are these."""
        self._total = totals.events
        self._refresh()

    def set_rejected(self, lines: int) -> None:
        """Show how many lines were rejected."""
        self._rejects.setVisible(lines > 0)
        self._rejects.setText(counted("preview", "{n} line(s) rejected ▸", lines))

    def set_busy(self, busy: bool) -> None:
        """Show that figures are being counted, once that takes long enough to be noticed."""
        if busy:
            self._busy_timer.start()
        else:
            self._busy_timer.stop()
            self._refresh()

    def show_reading(self) -> None:
        """There is nothing to show yet, because the first reading still runs."""
        if self._events is None:
            text = self.tr("The events appear here as soon as they have been read.")
            self._notice.show_notice(self.tr("Reading the logs"), text)
            self._pages.setCurrentWidget(self._notice)

    def value(self) -> Totals | None:
        """The figures of the selection on the screen; None while they are counted."""
        return self._totals

    def events(self) -> int | None:
        """How many events the selection on the screen has; None before the first."""
        return self._events

    def overall(self) -> int | None:
        """How many events there are without any filter, as far as that is known."""
        return self._total

    def figures(self) -> str:
        """The line of figures."""
        return self._figures.text()

    def table(self) -> EventTable:
        return self._table

    def order_note(self) -> str:
        """What is said about an order other than that of the files; empty for theirs."""
        return "" if self._order_bar.isHidden() else self._order_note.text()

    def columns_button(self) -> QPushButton:
        """“Columns”."""
        return self._columns

    def details_button(self) -> QPushButton:
        """“Details”."""
        return self._details

    def rejects_button(self) -> QPushButton:
        """“3 lines rejected”."""
        return self._rejects

    def notice(self) -> str:
        """What stands in place of the table; empty while the table is shown."""
        return self._notice.text() if self._pages.currentWidget() is self._notice else ""

    def _refresh(self) -> None:
        if self._events is None:
            return
        line = figures_line(self._totals or self._events, self._total)
        if self._events > MAX_ROWS:
            line += " · " + counted("preview", "the table shows the first {n}; the export has all", MAX_ROWS)
        self._figures.setText(line)
        self._refresh_order(self._events)
        if self._events:
            self._pages.setCurrentWidget(self.split)
        else:
            title, text = (
                self.tr("No event matches"),
                self.tr("No event is in this range and passes these filters."),
            )
            self._notice.show_notice(title, text, action=self.tr("Clear range and filters"))
            self._pages.setCurrentWidget(self._notice)

    def _refresh_order(self, events: int) -> None:
        self._order_bar.setVisible(self._order != BY_TIME and events > 0)
        self._order_note.setText(_order_text(self._order, events))

    def _on_busy_too_long(self) -> None:
        self._figures.setText(self.tr("Counting …"))

    def _on_columns_clicked(self) -> None:
        menu = self._table.columns.menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._columns.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _on_details_toggled(self, shown: bool) -> None:
        self.detail.setVisible(shown)
        self.details_toggled.emit(shown)


def _order_text(order: Order, events: int) -> str:
    """How the rows are sorted, how many of them are there, and what it means for the files."""
    if order.is_by_time:
        return translate(_CONTEXT, "Newest first. Files stay in the order of time.")
    title = COLUMNS[COLUMN_NAMES.index(order.column)].title
    if events > SORTED_ROWS:
        text = translate(
            _CONTEXT, "The first {shown} of {all} events by {column}. Files hold all, in the order of time."
        )
    else:
        text = translate(_CONTEXT, "Sorted by {column}. Files stay in the order of time.")
    return text.format(shown=number(SORTED_ROWS), all=number(events), column=title)
