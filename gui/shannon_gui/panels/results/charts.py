"""Charts of the selection: how much when, which tools, what it cost, what failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from shannon_gui.appearance.icons import Tone
from shannon_gui.controllers.answers import Charts
from shannon_gui.panels.results.chart_card import ChartCard, short
from shannon_gui.text.labels import aggregation_label
from shannon_gui.widgets.chart_library import ChartLibrary
from shannon_gui.widgets.notice_page import NoticePage
from shannon_gui.widgets.styled import button, hairline, plain_label

if TYPE_CHECKING:
    from shannon_core.tables.chart_series import ChartSet, Series
    from shannon_gui.widgets.chart_view import ChartView

_TWO_COLUMNS_FROM = 720


class ChartsPanel(QWidget):
    """All charts on one page, asked for only while the tab is visible."""

    wanted_changed = Signal(object)
    """Charts.ALL while the tab is visible, otherwise None."""
    save_requested = Signal(object)
    """A tuple of Picture to be saved."""
    filters_cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._library = ChartLibrary()
        self._waiting: ChartSet | None = None
        self._cards: dict[str, ChartCard] = {}
        self._columns = 0
        self._note = plain_label(tone="muted")
        self._save_all: QPushButton = button(self.tr("Save all"), role="menu")
        self._pages = QStackedWidget()
        self._page = QScrollArea()
        self._grid = QGridLayout()
        self._notice = NoticePage("table")
        self._build_ui()

    def _build_ui(self) -> None:
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        menu = QMenu(self)
        for ending in ("png", "svg"):
            action = menu.addAction(self.tr("As {format}…").format(format=ending.upper()))
            action.triggered.connect(lambda _checked=False, ending=ending: self._on_save_all_chosen(ending))
        self._save_all.setMenu(menu)
        head = QHBoxLayout()
        head.setContentsMargins(12, 6, 12, 6)
        head.addWidget(self._note, 1)
        head.addWidget(self._save_all)
        inner = QWidget()
        inner.setProperty("role", "surface")
        self._grid.setContentsMargins(16, 12, 16, 16)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(16)
        inner.setLayout(self._grid)
        self._page.setAccessibleName(self.tr("Charts"))
        self._page.setWidget(inner)
        self._page.setWidgetResizable(True)
        self._page.setFrameShape(QFrame.Shape.NoFrame)
        self._page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pages.addWidget(self._page)
        self._pages.addWidget(self._notice)
        self._notice.action_triggered.connect(self.filters_cleared)
        self._library.loaded.connect(self._on_library_loaded)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(hairline())
        column.addWidget(self._pages, 1)

    def show_answer(self, answer: object) -> None:
        """Draw the charts of this selection, as soon as there is something to draw with."""
        from shannon_core.tables.chart_series import ChartSet

        if isinstance(answer, ChartSet) and self._library.is_loading:
            self._waiting = answer
        elif isinstance(answer, ChartSet):
            self._draw(answer)

    def _draw(self, answer: ChartSet) -> None:
        for series in answer.series:
            self._card(series, answer.timezone).show_series(series, answer.timezone)
        is_empty = not any(series.points for series in answer.series)
        self._note.setText(f"{aggregation_label(answer.bucket)} · {answer.timezone}")
        self._save_all.setDisabled(is_empty)
        self._pages.setCurrentWidget(self._notice if is_empty else self._page)
        if is_empty:
            title, text = self.tr("No event matches"), self.tr("There is nothing to draw in this selection.")
            self._notice.show_notice(title, text, action=self.tr("Clear range and filters"))

    def _card(self, series: Series, timezone: str) -> ChartCard:
        if series.key not in self._cards:
            from shannon_gui.widgets.chart_view import ChartView

            tone: Tone = "danger" if series.unit == "errors" else "accent"
            unit = series.unit
            chart = ChartView(tone, timezone, lambda value: short(unit, value))
            card = ChartCard(series, chart)
            card.save_requested.connect(
                lambda ending: self.save_requested.emit((self._cards[series.key].picture(ending),))
            )
            self._cards[series.key] = card
            self._columns = 0
            self._arrange()
        return self._cards[series.key]

    def _arrange(self) -> None:
        """Two columns where there is room for them."""
        columns = 2 if self.width() >= _TWO_COLUMNS_FROM else 1
        if columns == self._columns:
            return
        self._columns = columns
        for place, card in enumerate(self._cards.values()):
            self._grid.addWidget(card, place // columns, place % columns)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, columns - 1)
        self._grid.setRowStretch(len(self._cards), 1)

    def redraw(self) -> None:
        """Draw again after the colours have changed."""
        for card in self._cards.values():
            card.chart.redraw()

    def chart(self, key: str) -> ChartView:
        """The chart of this key."""
        return self._cards[key].chart

    def headline(self, key: str) -> str:
        """What the chart of this key says in words."""
        return self._cards[key].headline()

    def picked_text(self, key: str) -> str:
        """What stands beside the title of the chart of this key."""
        return self._cards[key].picked_text()

    def keys(self) -> tuple[str, ...]:
        """The charts in their order."""
        return tuple(self._cards)

    def notice(self) -> str:
        """What stands in place of the charts; empty while they are shown."""
        return self._notice.text() if self._pages.currentWidget() is self._notice else ""

    def save_all_button(self) -> QPushButton:
        """The button whose menu saves every chart."""
        return self._save_all

    def _on_library_loaded(self) -> None:
        if self._waiting is not None:
            self._draw(self._waiting)
        self._waiting = None

    def _on_save_all_chosen(self, ending: str) -> None:
        self.save_requested.emit(
            tuple(card.picture(ending) for card in self._cards.values() if card.series.points)
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._library.load()
        self.wanted_changed.emit(Charts.ALL)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.wanted_changed.emit(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
