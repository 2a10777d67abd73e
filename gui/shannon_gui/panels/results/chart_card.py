"""One chart of the Charts tab: its title, what is picked, the chart itself, and the way to save it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from shannon_gui.appearance.icons import set_icon
from shannon_gui.text.formatting import duration, large, money
from shannon_gui.text.i18n import QT_TRANSLATE_NOOP, counted, number, translate
from shannon_gui.widgets.chart_files import as_png, as_svg
from shannon_gui.widgets.elided_label import ElidedLabel
from shannon_gui.widgets.styled import plain_label

if TYPE_CHECKING:
    from shannon_core.tables.chart_series import Point, Series, Unit
    from shannon_gui.widgets.chart_view import ChartView

_CONTEXT = "charts"
_TITLES = {
    "events": QT_TRANSLATE_NOOP("charts", "Events over time"),
    "tokens": QT_TRANSLATE_NOOP("charts", "Tokens over time"),
    "tools": QT_TRANSLATE_NOOP("charts", "Tools by uses"),
    "waits": QT_TRANSLATE_NOOP("charts", "Tools by 95 % duration"),
    "costs": QT_TRANSLATE_NOOP("charts", "Cost by model"),
    "error_types": QT_TRANSLATE_NOOP("charts", "Errors by type"),
    "errors": QT_TRANSLATE_NOOP("charts", "Errors over time"),
}
_CARD_HEIGHT = 232
_SAVED = QSize(720, 320)


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as the bytes of a file."""

    name: str
    content: bytes


def _exact(unit: Unit, value: float) -> str:
    match unit:
        case "dollars":
            return money(value)
        case "milliseconds":
            return duration(value)
        case _:
            return number(round(value))


def short(unit: Unit, value: float) -> str:
    """The value, rounded for a glance."""
    return large(value) if unit in ("events", "tokens", "errors") else _exact(unit, value)


class ChartCard(QWidget):
    """A chart below its title; what is picked stands at the right of the title."""

    save_requested = Signal(str)
    """The ending of the wanted file."""

    def __init__(self, series: Series, chart: ChartView) -> None:
        super().__init__()
        self.series = series
        self.chart = chart
        self._title = plain_label(translate(_CONTEXT, _TITLES[series.key]), role="heading")
        self._picked = ElidedLabel()
        self._picked.setProperty("tone", "muted")
        self._pages = QStackedWidget()
        self._empty = plain_label(self.tr("Nothing in this selection"), tone="muted")
        self._save = QToolButton()
        self._build_ui()
        chart.picked.connect(self._on_chart_picked)

    def _build_ui(self) -> None:
        self._picked.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        menu = QMenu(self)
        for ending in ("png", "svg"):
            action = menu.addAction(self.tr("Save as {format}…").format(format=ending.upper()))
            action.triggered.connect(lambda _checked=False, ending=ending: self.save_requested.emit(ending))
        self._save.setMenu(menu)
        self._save.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._save.setProperty("role", "more")
        set_icon(self._save, "export", "muted")
        self._save.setAccessibleName(self.tr("Save this chart"))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._picked, 1)
        head.addWidget(self._save)
        self._pages.addWidget(self.chart)
        self._pages.addWidget(self._empty)
        self._pages.setFixedHeight(_CARD_HEIGHT - 32)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._pages)

    def show_series(self, series: Series, timezone: str) -> None:
        """Draw this series in place of the one before."""
        self.series = series
        self._pages.setCurrentWidget(self.chart if series.points else self._empty)
        self._save.setEnabled(bool(series.points))
        self.chart.show_series(series, timezone)
        self._on_chart_picked(None)
        self.chart.setAccessibleName(self.title())
        self.chart.setAccessibleDescription(self.headline())

    def title(self) -> str:
        return self._title.text()

    def headline(self) -> str:
        """What the chart says, in words."""
        points = self.series.points
        if not points:
            return self._empty.text()
        top = max(points, key=lambda point: point.value)
        line = self.tr("Most: {label}, {value}").format(label=top.label, value=self._value(top))
        if self.series.left_out:
            line += " · " + counted(_CONTEXT, "{n} more", self.series.left_out)
        return line

    def picked_text(self) -> str:
        """What stands beside the title."""
        return self._picked.text()

    def picture(self, ending: str) -> Picture:
        """The chart as a file."""
        draw = as_png if ending == "png" else as_svg
        return Picture(f"{self.series.key}.{ending}", draw(self.chart, self.title(), _SAVED))

    def _value(self, point: Point) -> str:
        return _exact(self.series.unit, point.value)

    def _on_chart_picked(self, point: Point | None) -> None:
        text = self.headline() if point is None else f"{point.label} · {self._value(point)}"
        self._picked.setText(text if self.series.points else "")
