"""One chart, drawn by pyqtgraph in our colours: columns over time, or bars by name. Imported only once a chart is
looked at.

pyqtgraph gives the scene, its axes and its bars; what it would bring of its own (grid, menu, zoom by wheel, buttons) is
off. The same scene is painted on the screen and into files.
"""

from __future__ import annotations

from collections.abc import Callable

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QWheelEvent,
)

from shannon_core.tables.chart_series import Point, Series, time_ticks
from shannon_gui.appearance import icons
from shannon_gui.appearance.icons import Tone
from shannon_gui.widgets.data_table import tabular

_NAMES_WIDTH = 136
_TICK_WIDTH = 84
_COLUMN_FILL = 0.82
"""The share of its place that a column fills."""
_SOLID_PIXELS = 4.0
_ROOM_FOR_VALUES = 1.3
_LEAST_ROWS = 6
"""Two bars are as thick as six."""


class ChartView(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """Shows a Series. The pointer or the arrow keys pick a value, which ``picked`` emits."""

    picked = Signal(object)
    """The Point that is picked, or None."""

    def __init__(self, tone: Tone, timezone: str, spell: Callable[[float], str]) -> None:
        super().__init__(background=None)
        self._tone: Tone = tone
        self._timezone = timezone
        self._spell = spell
        self._series: Series | None = None
        self._picked: int | None = None
        self._box = pg.ViewBox(enableMenu=False, enableMouse=False, defaultPadding=0)
        self._left, self._bottom = pg.AxisItem("left"), pg.AxisItem("bottom")
        self._bars = pg.BarGraphItem(x=[], height=[], width=1)
        self._mark = pg.BarGraphItem(x=[], height=[], width=1)
        self._values: list[pg.TextItem] = []
        self._build_ui()

    def _build_ui(self) -> None:
        self.setFrameShape(self.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        plot = pg.GraphicsLayout()
        plot.setSpacing(0)
        plot.setContentsMargins(0, 4, 8, 0)
        plot.addItem(self._left, 0, 0)
        plot.addItem(self._box, 0, 1)
        plot.addItem(self._bottom, 1, 1)
        self.setCentralItem(plot)
        for item in (self._bars, self._mark):
            self._box.addItem(item)
        for axis in (self._left, self._bottom):
            axis.linkToView(self._box)
            axis.setStyle(
                tickLength=0,
                tickAlpha=0,
                tickFont=self._font(),
                autoExpandTextSpace=False,
                hideOverlappingLabels=False,
            )
            axis.enableAutoSIPrefix(False)

    def _font(self) -> QFont:
        font = tabular(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.9)
        return font

    def show_series(self, series: Series, timezone: str) -> None:
        """Draw this series in place of the one before."""
        self._series, self._timezone = series, timezone
        self._picked = None
        self.redraw()

    def redraw(self) -> None:
        """Draw again in the colours that are in force now."""
        series = self._series
        if series is None or not series.points:
            return
        for text in self._values:
            self._box.removeItem(text)
        self._values = []
        self.setBackground(icons.color("base"))
        for axis in (self._left, self._bottom):
            axis.setPen(QPen(icons.color("edge")))
            axis.setTextPen(QPen(icons.color("muted")))
        if series.is_over_time:
            self._draw_columns(series)
        else:
            self._draw_bars(series)
        self._draw_mark()

    def _draw_columns(self, series: Series) -> None:
        points = series.points
        start, end = points[0].start, points[-1].end
        highest = max(point.value for point in points)
        self._box.setXRange(start, end, padding=0)
        self._box.setYRange(0, highest * 1.04, padding=0)
        shortest = min(point.end - point.start for point in points)
        is_solid = shortest / (end - start) * max(self.width(), 1) < _SOLID_PIXELS
        share = 1.0 if is_solid else _COLUMN_FILL
        self._bars.setOpts(
            x=[(point.start + point.end) / 2 for point in points],
            height=[point.value for point in points],
            width=[(point.end - point.start) * share for point in points],
            **self._ink(),
        )
        left = self._left
        left.setWidth(52)
        left.setPen(None)
        left.setTicks([[(value, self._spell(value)) for value in (0.0, _round_half(highest), highest)]])
        bottom = self._bottom
        bottom.setHeight(24)
        most = max(2, (self.width() - 60) // _TICK_WIDTH)
        # a label at an end would be cut
        edge = (end - start) * _TICK_WIDTH * 0.3 / max(1, self.width())
        ticks = [tick for tick in time_ticks(start, end, self._timezone, most) if tick.place <= end - edge]
        bottom.setTicks([[(tick.place, tick.label) for tick in ticks]])

    def _draw_bars(self, series: Series) -> None:
        points = series.points
        rows = list(range(len(points)))
        highest = max(point.value for point in points)
        self._box.setXRange(0, highest * _ROOM_FOR_VALUES, padding=0)
        self._box.setYRange(max(len(points), _LEAST_ROWS) - 0.4, -0.6, padding=0)
        self._box.invertY(True)
        self._bars.setOpts(
            x0=[0] * len(points), y=rows, height=0.62, width=[point.value for point in points], **self._ink()
        )
        left = self._left
        left.setWidth(_NAMES_WIDTH)
        left.setPen(None)
        metrics = QFontMetricsF(self._font())
        left.setTicks([[(row, _name(metrics, point.label)) for row, point in enumerate(points)]])
        self._bottom.hide()
        for row, point in enumerate(points):
            text = pg.TextItem(self._spell(point.value), color=icons.color("muted"), anchor=(0, 0.5))
            text.setFont(self._font())
            text.setPos(point.value, row)
            self._box.addItem(text)
            self._values.append(text)

    def _ink(self) -> dict[str, object]:
        color = icons.color(self._tone)
        return {"brush": color, "pen": QPen(Qt.PenStyle.NoPen)}

    def _draw_mark(self) -> None:
        series = self._series
        if series is None or self._picked is None:
            self._mark.setOpts(x=[], height=[], width=1, x0=None, y=None)
            return
        point = series.points[self._picked]
        color = icons.color("text")
        ink = {"brush": color, "pen": QPen(Qt.PenStyle.NoPen)}
        if series.is_over_time:
            middle, width = (point.start + point.end) / 2, (point.end - point.start) * _COLUMN_FILL
            self._mark.setOpts(x=[middle], height=[point.value], width=[width], **ink)
        else:
            self._mark.setOpts(x0=[0], y=[self._picked], height=0.62, width=[point.value], **ink)

    def pick(self, number: int | None) -> None:
        """Mark this value and emit it."""
        if number != self._picked:
            self._picked = number
            self._draw_mark()
            point = None if number is None or self._series is None else self._series.points[number]
            self.picked.emit(point)

    def spot(self, number: int) -> QPointF:
        """Where a value stands in this widget."""
        point = self._shown_points()[number]
        middle = QPointF((point.start + point.end) / 2, point.value / 2)
        is_over_time = self._series is not None and self._series.is_over_time
        return QPointF(self._box.mapViewToScene(middle if is_over_time else QPointF(point.value / 2, number)))

    def _shown_points(self) -> tuple[Point, ...]:
        return self._series.points if self._series is not None else ()

    def value(self) -> Series | None:
        """What is drawn."""
        return self._series

    def _at(self, place: QPointF) -> int | None:
        if self._series is None or not self._series.points:
            return None
        spot = self._box.mapSceneToView(place)
        if not self._series.is_over_time:
            row = round(spot.y())
            return row if 0 <= row < len(self._series.points) else None
        inside = (n for n, point in enumerate(self._series.points) if point.start <= spot.x() < point.end)
        return next(inside, None)

    def paint_whole(self, painter: QPainter, target: QRectF) -> None:
        """Paint the chart into this rectangle of a picture."""
        self.scene().render(painter, target, self.sceneRect(), Qt.AspectRatioMode.KeepAspectRatio)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pick(self._at(event.position()))

    def leaveEvent(self, event: object) -> None:
        self.pick(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys pick a value, Home and End the first and the last."""
        count = len(self._series.points) if self._series is not None else 0
        here = self._picked
        goals = {
            Qt.Key.Key_Right: 0 if here is None else here + 1,
            Qt.Key.Key_Down: 0 if here is None else here + 1,
            Qt.Key.Key_Left: count - 1 if here is None else here - 1,
            Qt.Key.Key_Up: count - 1 if here is None else here - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: count - 1,
        }
        goal = goals.get(Qt.Key(event.key()))
        if goal is None or count == 0:
            event.ignore()
            return
        self.pick(min(max(goal, 0), count - 1))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.pick(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page, it does not zoom."""
        event.ignore()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        if getattr(self, "_series", None) is not None:
            self.redraw()


def _round_half(highest: float) -> float:
    return float(round(highest / 2)) if highest >= 4 else highest / 2


def _name(metrics: QFontMetricsF, label: str) -> str:
    flat = " ".join(label.split()) or "–"
    return metrics.elidedText(flat[:200], Qt.TextElideMode.ElideMiddle, _NAMES_WIDTH - 12)
