"""The left column: everything that a person chooses, as values."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from shannon_core.errors import RequestError
from shannon_core.request import ExportRequest, Selection
from shannon_gui.panels.contents import ContentsPanel
from shannon_gui.panels.filters import FiltersPanel
from shannon_gui.panels.formats import FormatsPanel
from shannon_gui.panels.time_range import EVERYTHING, TimeRangePanel
from shannon_gui.widgets.styled import hairline

WIDTH = 372


class FormPanel(QScrollArea):
    """Time, filters, formats and contents, one below the other."""

    selection_changed = Signal()
    """Which events are meant may be different now."""
    plan_changed = Signal()
    """Which files will be written may be different now."""

    def __init__(self, zone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.time = TimeRangePanel(zone)
        self.filters = FiltersPanel()
        self.formats = FormatsPanel()
        self.contents = ContentsPanel()
        self._build_ui()
        self._connect()

    def _build_ui(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        for number, panel in enumerate((self.time, self.filters, self.formats, self.contents)):
            if number:
                column.addWidget(hairline())
            column.addWidget(panel)
        column.addStretch(1)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(WIDTH)

    def _connect(self) -> None:
        for signal in (self.time.changed, self.filters.changed):
            signal.connect(self.selection_changed)
        for signal in (self.time.changed, self.formats.changed, self.contents.changed):
            signal.connect(self.plan_changed)

    def selection(self) -> Selection | None:
        """Which events; None while the range is wrong."""
        time_range = self.time.value()
        if time_range is None:
            return None
        return Selection(time_range, self.filters.value(), self.filters.text())

    def request(self, sources: tuple[str, ...], target: str) -> ExportRequest:
        """The whole form as one request; RequestError says what is missing or wrong."""
        selection = self.selection()
        if selection is None:
            raise RequestError(self.time.problem())
        return ExportRequest(
            sources, target, self.formats.value(), selection, self.contents.value(), self.formats.encoding()
        )

    def set_request(self, request: ExportRequest) -> None:
        """Choose the formats and contents of a former export; its range and filters belong to other data."""
        self.formats.set_value(request.formats, request.encoding)
        self.contents.set_value(request.contents)

    def clear_selection(self) -> None:
        """Take every event again."""
        self.time.choose(EVERYTHING)
        self.filters.clear()

    def focus_search(self) -> None:
        """Let somebody type words to look for."""
        self.ensureWidgetVisible(self.filters.text_field())
        self.filters.text_field().setFocus(Qt.FocusReason.ShortcutFocusReason)
