"""A search-as-you-type field over the existing values of one event field, with their counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from shannon_gui.appearance.icons import color, pixmap
from shannon_gui.appearance.measures import tall, wide
from shannon_gui.models.facet_values import COUNT_ROLE, TAKEN_ROLE, FacetModel
from shannon_gui.text.formatting import plain_tooltip
from shannon_gui.text.i18n import translate

if TYPE_CHECKING:
    from shannon_core.query.facets import FacetValue

_COUNT_SPACING = 24
_ROW_HEIGHT = 28
_ROWS_SHOWN = 12
_MARK = 20
"""Room for the sign of a value that is taken."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CONTROL = Qt.KeyboardModifier.ControlModifier


class FacetField(QLineEdit):
    """Offers values during typing; a click or Enter takes one, and again gives it back.

    “not” at the right of a value, Ctrl+Enter, or a leading ``!`` takes it negated.
    """

    searched = Signal(str)
    """The values that contain this text are to be offered; empty for the most frequent ones."""
    value_taken = Signal(str, bool)
    """A value, and whether it is negated."""

    def __init__(self, field: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = FacetModel(field)
        self._completer = QCompleter(self._model, self)
        self._popup = QListView()
        self._takes_first = self._takes_negated = self._is_marked = False
        self._build_ui(label)
        self._connect()

    def _build_ui(self, label: str) -> None:
        self.setAccessibleName(label)
        self.setPlaceholderText(self.tr("any"))
        self.setToolTip(
            plain_tooltip(self.tr("Type to search. Enter takes a value, Ctrl+Enter leaves it out."))
        )
        popup = self._popup
        popup.setProperty("role", "popup")
        popup.setUniformItemSizes(True)
        popup.setMinimumWidth(wide(320))
        popup.setMouseTracking(True)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setPopup(popup)
        self._completer.setMaxVisibleItems(_ROWS_SHOWN)
        popup.setItemDelegate(_ValueDelegate(popup))  # after setPopup, which brings a delegate of its own
        self.setCompleter(self._completer)
        popup.installEventFilter(self)  # after the completer's own filter, so that this one is asked first
        popup.viewport().installEventFilter(self)

    def _connect(self) -> None:
        self.textEdited.connect(self._on_text_edited)
        self.returnPressed.connect(self._on_return_pressed)
        self._completer.activated[QModelIndex].connect(self._on_activated)  # type: ignore[index]  # the stubs know no overloads of signals

    def set_taken(self, taken: Mapping[str, bool]) -> None:
        """Mark these values as taken, each negated or not."""
        self._model.set_taken(taken)

    def show_values(self, values: Sequence[FacetValue]) -> None:
        """Offer these values, which the last search found."""
        self._model.set_values(values)
        if self._takes_first:
            self._takes_first = False
            self._take(self._model.value_at(0))
        elif self.hasFocus():
            self._completer.setCompletionPrefix(self.text())
            self._completer.complete()

    def offered(self) -> list[str]:
        """The texts that are offered now."""
        return [self._model.index(row).data() for row in range(self._model.rowCount())]

    def _on_text_edited(self, text: str) -> None:
        self._takes_first = self._takes_negated = False
        self._is_marked = text.startswith("!")
        self.searched.emit(text.removeprefix("!").strip())

    def _on_return_pressed(self) -> None:
        if self.text().strip():
            self._takes_first = True
            self.searched.emit(self.text().removeprefix("!").strip())

    def _on_activated(self, index: QModelIndex) -> None:
        self._take(self._model.value_at(index.row()))

    def _take(self, value: str | None) -> None:
        if value is not None:
            negated = self._takes_negated or self._is_marked
            self._takes_negated = self._is_marked = False
            QTimer.singleShot(0, self.clear)  # after the completer has put the value into the field
            self.value_taken.emit(value, negated)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note whether the click or the key that takes a value negates it."""
        popup = self._popup
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            place = event.position().toPoint()
            row = popup.visualRect(popup.indexAt(place))
            self._takes_negated = _not_place(row, popup.fontMetrics()).contains(place)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _ENTER:
            self._takes_negated = bool(event.modifiers() & _CONTROL)
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.searched.emit(self.text().removeprefix("!").strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.searched.emit(self.text().removeprefix("!").strip())
            return
        if event.key() in _ENTER:
            self._takes_negated = bool(event.modifiers() & _CONTROL)
        super().keyPressEvent(event)


class _ValueDelegate(QStyledItemDelegate):
    """A mark for what is taken, the value, its count quiet at the right; “not” on the row under the pointer."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        metrics = option.fontMetrics
        beside = metrics.horizontalAdvance(str(index.data(COUNT_ROLE))) + _not_width(metrics)
        width = option.rect.width() - _MARK - beside - _COUNT_SPACING
        option.text = metrics.elidedText(option.text, Qt.TextElideMode.ElideMiddle, width)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), tall(_ROW_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw mark, value, count and “not”."""
        whole = QRect(option.rect)
        inner = QStyleOptionViewItem(option)
        self._paint_surface(painter, option, index)
        inner.rect.setLeft(whole.left() + _MARK)
        taken = index.data(TAKEN_ROLE)
        if taken is not None:
            mark = pixmap("close" if taken else "check", "danger" if taken else "accent", 12, 2)
            painter.drawPixmap(QRect(whole.left() + 6, whole.center().y() - 5, 12, 12), mark)
        painter.save()
        self.initStyleOption(inner, index)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(color("text"))
        painter.drawText(inner.rect, int(Qt.AlignmentFlag.AlignLeft | middle), inner.text)
        place = _not_place(whole, option.fontMetrics)
        painter.setPen(color("muted"))
        count = QRect(whole.left(), whole.top(), place.left() - whole.left(), whole.height())
        painter.drawText(count, int(Qt.AlignmentFlag.AlignRight | middle), str(index.data(COUNT_ROLE)))
        if _is_pointed_at(option):
            painter.setPen(color("link"))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), _not_text())
        painter.restore()

    def _paint_surface(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The row without its text."""
        bare = QStyleOptionViewItem(option)
        super().initStyleOption(bare, index)
        bare.text = ""
        style = bare.widget.style() if bare.widget is not None else None
        if style is not None:
            style.drawControl(QStyle.ControlElement.CE_ItemViewItem, bare, painter, bare.widget)


def _is_pointed_at(option: QStyleOptionViewItem) -> bool:
    pointed = QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected
    return bool(option.state & pointed)


def _not_text() -> str:
    return translate("facets", "not")


def _not_width(metrics: QFontMetrics) -> int:
    return metrics.horizontalAdvance(_not_text()) + 16


def _not_place(row: QRect, metrics: QFontMetrics) -> QRect:
    """Where “not” stands on a row."""
    width = _not_width(metrics)
    return QRect(row.right() - width + 1, row.top(), width, row.height())
