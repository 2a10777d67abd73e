"""Bars over time, of which some can be chosen: by dragging, by dragging an edge, or by the keyboard."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from shannon_gui.text.formatting import plain_tooltip

_PREFERRED_HEIGHT = 52
_EDGE_REACH = 5
_TINT, _HOVER = 28, 40
_LEFT = Qt.MouseButton.LeftButton
_TAKE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_DROP = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class RangeHistogram(QWidget):
    """Buckets between ``edges`` (microseconds since 1970, ascending), each with a count; a range of whole buckets is
    chosen."""

    range_chosen = Signal(object, object)
    """The first edge, and the edge after the last bucket."""
    everything_chosen = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edges: Sequence[int] = ()
        self._counts: Sequence[int] = ()
        self._range: tuple[int | None, int | None] = (None, None)
        self._describe: Callable[[int, int, int], str] = lambda _start, _end, count: str(count)
        self._anchor: int | None = None
        self._cursor = 0
        self._hovered: int | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_buckets(
        self, edges: Sequence[int], counts: Sequence[int], describe: Callable[[int, int, int], str]
    ) -> None:
        """Show these bars; ``describe`` words a bucket from its edges and its count."""
        self._edges, self._counts, self._describe = edges, counts, describe
        self._anchor = self._hovered = None
        self._cursor = min(self._cursor, max(0, len(counts) - 1))
        self.update()

    def show_range(self, start: int | None, end: int | None) -> None:
        """Mark what is chosen; None is an open side."""
        self._range = (start, end)
        self.update()

    def bucket_at(self, x: float) -> int:
        """The bucket below a place, the nearest one beyond the ends."""
        first, last = self._edges[0], self._edges[-1]
        moment = first + x / max(1, self.width()) * (last - first)
        return min(max(bisect_right(self._edges, moment) - 1, 0), len(self._counts) - 1)

    def place_of(self, moment: int) -> float:
        """Where an instant is, in pixels from the left."""
        first, last = self._edges[0], self._edges[-1]
        return (min(max(moment, first), last) - first) / (last - first) * self.width()

    def description(self, bucket: int) -> str:
        """A bucket in words."""
        return self._describe(self._edges[bucket], self._edges[bucket + 1], self._counts[bucket])

    def _span(self) -> tuple[int, int] | None:
        """The edges of what is being dragged, or of what is chosen; None while nothing is."""
        if self._anchor is not None:
            low, high = sorted((self._anchor, self._cursor))
            return self._edges[low], self._edges[high + 1]
        start, end = self._range
        if start is None and end is None:
            return None
        return self._edges[0] if start is None else start, self._edges[-1] if end is None else end

    def _edge_near(self, x: float) -> int | None:
        """The bucket that stays when the edge here is dragged: the one at the other end."""
        span = self._span()
        if span is None:
            return None
        left, right = self.place_of(span[0]), self.place_of(span[1])
        if abs(x - right) <= _EDGE_REACH:
            return self.bucket_at(left + 0.5)
        return self.bucket_at(right - 0.5) if abs(x - left) <= _EDGE_REACH else None

    def _take(self) -> None:
        low, high = sorted((self._cursor if self._anchor is None else self._anchor, self._cursor))
        self._anchor = None
        self.update()
        self.range_chosen.emit(self._edges[low], self._edges[high + 1])

    def _move_cursor(self, bucket: int, *, extend: bool) -> None:
        if extend and self._anchor is None:
            self._anchor = self._cursor
        self._cursor = min(max(bucket, 0), len(self._counts) - 1)
        if not extend:
            self._anchor = None
        self.setAccessibleDescription(self.description(self._cursor))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.update()

    def _draw_span(self, painter: QPainter) -> None:
        span = self._span()
        if span is None:
            return
        left, right = self.place_of(span[0]), self.place_of(span[1])
        accent = self.palette().color(QPalette.ColorRole.Highlight)
        painter.fillRect(QRectF(left, 0, right - left, self.height()), _faint(accent, _TINT))
        for x in (left, right):
            painter.fillRect(QRectF(min(max(x - 1, 0), self.width() - 2), 0, 2, self.height()), accent)

    def _draw_bars(self, painter: QPainter) -> None:
        palette, span = self.palette(), self._span()
        most, room = max(self._counts), self.height() - 6
        for bucket, count in enumerate(self._counts):
            start, end = self._edges[bucket], self._edges[bucket + 1]
            left, right = self.place_of(start), self.place_of(end)
            if bucket == self._hovered or (bucket == self._cursor and self.hasFocus()):
                painter.fillRect(
                    QRectF(left, 0, right - left, self.height()),
                    _faint(palette.color(QPalette.ColorRole.Text), _HOVER),
                )
            if count:
                is_in = span is None or (start < span[1] and end > span[0])
                role = QPalette.ColorRole.Highlight if is_in else QPalette.ColorRole.Dark
                height = max(2.0, room * count / most)
                gap = 1 if right - left > 3 else 0
                painter.fillRect(
                    QRectF(left, self.height() - 1 - height, right - left - gap, height), palette.color(role)
                )

    def sizeHint(self) -> QSize:
        return QSize(200, _PREFERRED_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self.palette()
        if self._counts and max(self._counts):
            self._draw_span(painter)
            self._draw_bars(painter)
        line = palette.color(QPalette.ColorRole.Dark)
        if self.hasFocus():
            line = palette.color(QPalette.ColorRole.Highlight)
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), line)

    def event(self, event: QEvent) -> bool:
        """Say which bucket is below the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._counts:
            text = self.description(self.bucket_at(event.pos().x()))
            QToolTip.showText(event.globalPos(), plain_tooltip(text), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a range, or take hold of an edge of the one there is."""
        if event.button() == _LEFT and self._counts:
            x = event.position().x()
            kept = self._edge_near(x)
            self._cursor = self.bucket_at(x)
            self._anchor = self._cursor if kept is None else kept
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._counts:
            return
        place: QPointF = event.position()
        if event.buttons() & _LEFT and self._anchor is not None:
            self._cursor = self.bucket_at(place.x())
            QToolTip.showText(event.globalPosition().toPoint(), plain_tooltip(self._dragged()), self)
        else:
            self._hovered = self.bucket_at(place.x())
            shape = (
                Qt.CursorShape.ArrowCursor
                if self._edge_near(place.x()) is None
                else Qt.CursorShape.SizeHorCursor
            )
            self.setCursor(shape)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == _LEFT and self._anchor is not None:
            self._take()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self._anchor = None
        self.everything_chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from bucket to bucket, with Shift they choose several, Enter takes them, Delete takes
        everything."""
        key, extend = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        steps = {Qt.Key.Key_Left: self._cursor - 1, Qt.Key.Key_Right: self._cursor + 1}
        steps |= {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self._counts) - 1}
        if self._counts and key in steps:
            self._move_cursor(steps[Qt.Key(key)], extend=extend)
        elif self._counts and key in _TAKE:
            self._take()
        elif key in _DROP:
            self.everything_chosen.emit()
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = None
        self.update()

    def _dragged(self) -> str:
        """The dragged buckets as if they were one."""
        low, high = sorted((self._cursor if self._anchor is None else self._anchor, self._cursor))
        return self._describe(self._edges[low], self._edges[high + 1], sum(self._counts[low : high + 1]))


def _faint(color: QColor, alpha: int) -> QColor:
    result = QColor(color)
    result.setAlpha(alpha)
    return result
