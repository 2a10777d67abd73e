"""A tab that shows one answer of the core, chosen from a few kinds, and asks for it only while it is visible."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QIcon, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from shannon_gui.appearance.icons import icon
from shannon_gui.widgets.styled import hairline, plain_label


class ResultTab(QWidget):
    """A choice above the widget that shows the answer."""

    wanted_changed = Signal(object)
    """The chosen kind while the tab is visible, otherwise None."""

    def __init__(self, kinds: Sequence[tuple[object, str]], chosen: object, name: str) -> None:
        super().__init__()
        self._choice = QComboBox()
        self._note = plain_label(tone="muted")
        self._head = QHBoxLayout()
        self._body = QVBoxLayout()
        self._foot = QVBoxLayout()
        # kept here: Qt would give a StrEnum back as a plain text
        self._kinds = [kind for kind, _ in kinds]
        self._choice.addItems([label for _, label in kinds])
        self.choose(chosen)
        self._choice.setAccessibleName(name)
        self._choice.currentIndexChanged.connect(self._on_choice_changed)
        self._build_frame()

    def _build_frame(self) -> None:
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = self._head
        head.setContentsMargins(12, 6, 12, 6)
        head.setSpacing(12)
        head.addWidget(self._choice)
        head.addWidget(self._note, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(hairline())
        column.addLayout(self._body, 1)
        column.addLayout(self._foot)

    def add_to_head(self, widget: QWidget) -> None:
        """A control at the end of the choice's line."""
        self._head.addWidget(widget)

    def show_below(self, widget: QWidget) -> None:
        """The widget that shows the answer."""
        self._body.addWidget(widget)

    def show_at_foot(self, widget: QWidget) -> None:
        """A line below the answer."""
        widget.setContentsMargins(12, 6, 12, 6)
        self._foot.setSpacing(0)
        self._foot.addWidget(hairline())
        self._foot.addWidget(widget)

    def mark_kinds(self, marked: Collection[object]) -> None:
        """Put a check mark beside these in the list of kinds."""
        for place, kind in enumerate(self._kinds):
            self._choice.setItemIcon(place, icon("check") if kind in marked else QIcon())

    def note(self) -> str:
        """What stands beside the choice."""
        return self._note.text()

    def set_note(self, text: str) -> None:
        """What stands beside the choice."""
        self._note.setText(text)

    def choose(self, kind: object) -> None:
        """Look at this kind."""
        self._choice.setCurrentIndex(self._kinds.index(kind))

    def value(self) -> object:
        """The chosen kind."""
        return self._kinds[self._choice.currentIndex()]

    def _on_choice_changed(self) -> None:
        if self.isVisible():
            self.wanted_changed.emit(self.value())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.wanted_changed.emit(self.value())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.wanted_changed.emit(None)
