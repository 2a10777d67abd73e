"""A search-as-you-type field over the real values of one event field, with their counts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from shannon_core.session import FacetValue
from shannon_gui.icons import color
from shannon_gui.models.facet_values import COUNT_ROLE, FacetModel

_GAP = 24
_ROW_HEIGHT = 28
_ROWS_SHOWN = 12


class FacetField(QLineEdit):
    """Offers values while somebody types; a click or Enter takes one. A leading ``!`` takes it negated."""

    searched = Signal(str)
    """Somebody wants the values that contain this text; empty for the most frequent ones."""
    value_taken = Signal(str, bool)
    """A value, and whether it is negated."""

    def __init__(self, field: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = FacetModel(field)
        self._completer = QCompleter(self._model, self)
        self._takes_first = False
        self._build_ui(label)
        self._connect()

    def _build_ui(self, label: str) -> None:
        self.setAccessibleName(label)
        self.setPlaceholderText(self.tr("any"))
        popup = QListView()
        popup.setProperty("role", "popup")
        popup.setUniformItemSizes(True)
        popup.setMinimumWidth(320)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setPopup(popup)
        self._completer.setMaxVisibleItems(_ROWS_SHOWN)
        popup.setItemDelegate(_ValueDelegate(popup))  # after setPopup, which brings a delegate of its own
        self.setCompleter(self._completer)

    def _connect(self) -> None:
        self.textEdited.connect(self._on_text_edited)
        self.returnPressed.connect(self._on_return_pressed)
        self._completer.activated[QModelIndex].connect(self._on_activated)  # type: ignore[index]  # the stubs know no overloads of signals

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
        self._takes_first = False
        self.searched.emit(text.removeprefix("!").strip())

    def _on_return_pressed(self) -> None:
        if self.text().strip():
            self._takes_first = True
            self.searched.emit(self.text().removeprefix("!").strip())

    def _on_activated(self, index: QModelIndex) -> None:
        self._take(self._model.value_at(index.row()))

    def _take(self, value: str | None) -> None:
        if value is not None:
            negated = self.text().startswith("!")
            QTimer.singleShot(0, self.clear)  # after the completer has put the value into the field
            self.value_taken.emit(value, negated)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click shows what there is."""
        super().mousePressEvent(event)
        self.searched.emit(self.text().removeprefix("!").strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The down key shows what there is."""
        if event.key() == Qt.Key.Key_Down:
            self.searched.emit(self.text().removeprefix("!").strip())
        else:
            super().keyPressEvent(event)


class _ValueDelegate(QStyledItemDelegate):
    """The value at the left, its count quiet at the right."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Leave room for the count."""
        super().initStyleOption(option, index)
        count = option.fontMetrics.horizontalAdvance(str(index.data(COUNT_ROLE)))
        width = option.rect.width() - count - _GAP
        option.text = option.fontMetrics.elidedText(option.text, Qt.TextElideMode.ElideMiddle, width)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Rows are as high as other rows."""
        return QSize(super().sizeHint(option, index).width(), _ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw value and count."""
        super().paint(painter, option, index)
        painter.save()
        painter.setPen(color("muted"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(option.rect.adjusted(0, 0, -8, 0), int(right), str(index.data(COUNT_ROLE)))
        painter.restore()
