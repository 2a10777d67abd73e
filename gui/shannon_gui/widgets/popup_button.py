"""A button that opens a small panel of controls, and says on its face what is chosen there."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from shannon_gui.text.formatting import plain_tooltip
from shannon_gui.widgets.styled import restyle

_ROOM_FOR_ARROW = 48
_POPUP_DISTANCE = 4


class PopupButton(QPushButton):
    """The panel opens below the button, or above it where there is no room; Escape and a click elsewhere close it."""

    def __init__(
        self, content: QWidget, parent: QWidget | None = None, *, role: str = "popup", shrinks: bool = True
    ) -> None:
        super().__init__(parent)
        self._popup = _Popup(content, self)
        self._said = ""
        self._shrinks = shrinks
        self.setProperty("role", role)
        restyle(self)
        if shrinks:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open_popup)

    def say(self, text: str) -> None:
        """What stands on the button; where it does not fit, the whole is in the tooltip."""
        self._said = text
        self.setAccessibleName(text)
        self._fit()

    def said(self) -> str:
        """The whole text, without shortening."""
        return self._said

    def popup(self) -> QWidget:
        return self._popup

    def open_popup(self) -> None:
        """Show the panel and let the keyboard go on in it."""
        self._popup.adjustSize()
        self._popup.move(self._place())
        self._popup.show()
        self._popup.focusNextChild()

    def _place(self) -> QPoint:
        size, screen = self._popup.size(), self.screen().availableGeometry()
        below = self.mapToGlobal(QPoint(0, self.height() + _POPUP_DISTANCE))
        above = self.mapToGlobal(QPoint(0, -size.height() - _POPUP_DISTANCE))
        y = below.y() if below.y() + size.height() <= screen.bottom() else max(screen.top(), above.y())
        return QPoint(max(screen.left(), min(below.x(), screen.right() - size.width())), y)

    def _fit(self) -> None:
        room = self.width() - _ROOM_FOR_ARROW if self._shrinks else 1 << 20
        shown = self.fontMetrics().elidedText(self._said, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
        self.setToolTip(plain_tooltip(self._said) if shown != self._said else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class _Popup(QFrame):
    def __init__(self, content: QWidget, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay)  # a click on the button closes it for good
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(content)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
