"""The aggregations of the selection, as their files and sheets will hold them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QModelIndex, QPoint, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QMenu, QPushButton, QStackedWidget, QTableView

from shannon_core.request.contents import AggregationType
from shannon_core.request.measures import Measure
from shannon_core.request.table_keys import AGGREGATIONS
from shannon_core.tables.result import AggregationResult
from shannon_gui.appearance.measures import wide
from shannon_gui.models.aggregation_table import BAR_ROLE, SORT_ROLE, AggregationTable
from shannon_gui.panels.results.result_tab import ResultTab
from shannon_gui.text.i18n import counted
from shannon_gui.text.labels import aggregation_label
from shannon_gui.text.totals_line import result_line
from shannon_gui.widgets.bar_delegate import BarDelegate
from shannon_gui.widgets.data_table import style_table
from shannon_gui.widgets.elided_label import ElidedLabel
from shannon_gui.widgets.notice_page import NoticePage
from shannon_gui.widgets.styled import button

_SHOWN = frozenset(column.id for key in AGGREGATIONS.values() for column in key.columns if column.on_screen)
_KEY_WIDTH, _LEAST_COLUMN_WIDTH, _MOST_COLUMN_WIDTH = 220, 84, 240
_MEASURED_ROWS = 50


class AggregationsPanel(ResultTab):
    """One aggregation at a time, as a table that can be sorted, copied and narrowed down by."""

    filter_requested = Signal(str, str)
    """A filter field and the one value that it is to have."""
    exported_changed = Signal(object, bool)
    """Whether an aggregation, by its id, is to be part of the export."""
    filters_cleared = Signal()

    def __init__(self) -> None:
        kinds = [(item, aggregation_label(item)) for item in AGGREGATIONS]
        name = QCoreApplication.translate("aggregations", "Aggregation")
        super().__init__(kinds, AggregationType.DAILY, name)
        self._model = AggregationTable()
        self._sorted = QSortFilterProxyModel()
        self._table = QTableView()
        self._bars = BarDelegate(BAR_ROLE, self._table)
        self._pages = QStackedWidget()
        self._notice = NoticePage("table")
        self._exported = QCheckBox(self.tr("Part of the e&xport"))
        self._ticked: frozenset[str] = frozenset()
        self._columns: QPushButton = button(self.tr("Co&lumns"), role="menu")
        self._totals = ElidedLabel()
        self._shown = set(_SHOWN)
        self._build_ui()
        self._connect()
        self._table.setAccessibleName(name)

    def _build_ui(self) -> None:
        table = self._table
        self._sorted.setSourceModel(self._model)
        self._sorted.setSortRole(SORT_ROLE)
        table.setModel(self._sorted)
        table.setSortingEnabled(True)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.horizontalHeader().setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        style_table(table)
        self._columns.setMenu(QMenu(self))
        self._pages.addWidget(table)
        self._pages.addWidget(self._notice)
        self.add_to_head(self._exported)
        self.add_to_head(self._columns)
        self.show_below(self._pages)
        self.show_at_foot(self._totals)

    def _connect(self) -> None:
        header, table = self._table.horizontalHeader(), self._table
        header.customContextMenuRequested.connect(self._on_header_menu_requested)
        table.customContextMenuRequested.connect(self._on_row_menu_requested)
        table.doubleClicked.connect(self._on_row_double_clicked)
        self._notice.action_triggered.connect(self.filters_cleared)
        self._exported.toggled.connect(self._on_exported_toggled)
        self._columns.menu().aboutToShow.connect(self._on_columns_about_to_show)
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), table)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self.copy)

    def show_answer(self, answer: object) -> None:
        """Show the result, in its own order until a column is sorted by."""
        if not isinstance(answer, AggregationResult):
            return
        self._sorted.sort(-1)
        self._table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._model.show(answer)
        for column, shown in enumerate(self._model.columns()):
            has_bar = column == 0 or (isinstance(shown, Measure) and shown.has_bar)
            self._table.setItemDelegateForColumn(
                column, self._bars if has_bar else self._table.itemDelegate()
            )
            self._table.setColumnWidth(column, self._width(column))
            self._table.setColumnHidden(column, bool(column) and shown.id not in self._shown)
        self.set_note(counted("aggregations", "{n} row(s)", len(answer.rows)) + f" · {answer.timezone}")
        self._totals.setText(result_line(answer.totals) if answer.totals else "")
        self._pages.setCurrentWidget(self._table if answer.rows else self._notice)
        if not answer.rows:
            self._show_nothing(answer)
        self._show_exported()

    def _show_nothing(self, answer: AggregationResult) -> None:
        if answer.totals and answer.totals["metrics_count"]:
            title = self.tr("No rows")
            text = self.tr("No event of this selection names a tool or an agent.")
            self._notice.show_notice(title, text)
        else:
            title, text = (
                self.tr("No event matches"),
                self.tr("There is nothing to sum up in this selection."),
            )
            self._notice.show_notice(title, text, action=self.tr("Clear range and filters"))

    def _width(self, column: int) -> int:
        if column == 0:
            return wide(_KEY_WIDTH)
        title = str(self._model.headerData(column, Qt.Orientation.Horizontal))
        metrics = self._table.fontMetrics()
        rows = range(min(_MEASURED_ROWS, self._model.rowCount()))
        texts = (self._model.text(row, column) for row in rows)
        needed = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        return min(
            wide(_MOST_COLUMN_WIDTH),
            max(wide(_LEAST_COLUMN_WIDTH), needed + 20, metrics.horizontalAdvance(title) + 32),
        )

    def set_exported(self, kinds: tuple[str, ...]) -> None:
        """These aggregations are part of the export."""
        self._ticked = frozenset(kinds)
        self._show_exported()

    def _show_exported(self) -> None:
        self._exported.blockSignals(True)
        self._exported.setChecked(self.value() in self._ticked)
        self._exported.blockSignals(False)
        self.mark_kinds(self._ticked)

    def refresh_icons(self) -> None:
        """Draw check marks again after the colours have changed."""
        self.mark_kinds(self._ticked)

    def copy(self) -> None:
        """Put the chosen rows, or all where none is chosen, on the clipboard: exact values of the columns that are
        shown."""
        rows = sorted({index.row() for index in self._table.selectionModel().selectedRows()})
        wanted = rows or list(range(self._sorted.rowCount()))
        header = self._table.horizontalHeader()
        places = (header.logicalIndex(place) for place in range(header.count()))
        columns = [column for column in places if not self._table.isColumnHidden(column)]
        source = [self._sorted.mapToSource(self._sorted.index(row, 0)).row() for row in wanted]
        QGuiApplication.clipboard().setText(self._model.as_tsv(source, columns))

    def show_column(self, name: str, is_shown: bool) -> None:
        """Show or hide the column of this name, in this and in every other aggregation."""
        (self._shown.add if is_shown else self._shown.discard)(name)
        for column, other in enumerate(self._model.columns()):
            if other.id == name and column:
                self._table.setColumnHidden(column, not is_shown)

    def table(self) -> QTableView:
        return self._table

    def exported_box(self) -> QCheckBox:
        """“Part of the export”."""
        return self._exported

    def totals_text(self) -> str:
        """The line below the table."""
        return self._totals.text()

    def notice(self) -> str:
        """What stands in place of the table; empty while it is shown."""
        return self._notice.text() if self._pages.currentWidget() is self._notice else ""

    def columns_menu(self) -> QMenu:
        """A check mark for every column but the key."""
        menu = QMenu(self)
        self._fill(menu)
        return menu

    def _fill(self, menu: QMenu) -> None:
        for column, shown in enumerate(self._model.columns()):
            if column:
                action = menu.addAction(str(self._model.headerData(column, Qt.Orientation.Horizontal)))
                action.setCheckable(True)
                action.setChecked(shown.id in self._shown)
                action.toggled.connect(lambda is_on, name=shown.id: self.show_column(name, is_on))

    def _only_this(self, index: QModelIndex) -> tuple[str, str] | None:
        key = self._model.key(self._sorted.mapToSource(index).row())
        field = self._model.kind().field if index.isValid() else ""
        return None if not field or key is None else (field, key)

    def _on_columns_about_to_show(self) -> None:
        self._columns.menu().clear()
        self._fill(self._columns.menu())

    def _on_header_menu_requested(self, place: QPoint) -> None:
        menu = self.columns_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._table.horizontalHeader().mapToGlobal(place))

    def _on_row_menu_requested(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        wanted = self._only_this(self._table.indexAt(place))
        if wanted is not None:
            menu.addAction(self.tr("&Only this")).triggered.connect(
                lambda: self.filter_requested.emit(*wanted)
            )
        menu.addAction(self.tr("&Copy rows")).triggered.connect(self.copy)
        menu.popup(self._table.viewport().mapToGlobal(place))

    def _on_row_double_clicked(self, index: QModelIndex) -> None:
        if (wanted := self._only_this(index)) is not None:
            self.filter_requested.emit(*wanted)

    def _on_exported_toggled(self, is_on: bool) -> None:
        self.exported_changed.emit(self.value(), is_on)
