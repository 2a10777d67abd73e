"""Cells with a quiet bar behind their number, by which the eye finds the large ones."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from shannon_gui.appearance import icons

_INSET = 3


class BarDelegate(QStyledItemDelegate):
    """Draws the share that ``role`` gives (0 to 1, None for no bar) before the cell; cuts the first column in its
    middle."""

    def __init__(self, role: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._role = role

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        if index.column() == 0:
            option.textElideMode = Qt.TextElideMode.ElideMiddle

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The bar, then the cell."""
        share = index.data(self._role)
        if isinstance(share, float) and share > 0:
            room = option.rect.adjusted(_INSET, _INSET, -_INSET, -_INSET - 1)
            width = max(1, round(room.width() * share))
            bar = QRect(room.left(), room.top(), width, room.height())
            painter.fillRect(bar, icons.color("info_soft"))
        super().paint(painter, option, index)
