"""The left column: all choices of an export, as values.

Time and filters scroll; formats and contents stand below them and are always visible, for they are the purpose of the
window.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from shannon_core.errors import RequestError
from shannon_core.request.export_request import ExportRequest
from shannon_core.request.selection import Selection
from shannon_gui.panels.filters.event_filters import EventFiltersPanel, FilterTerms
from shannon_gui.panels.filters.export_contents import ExportContentsPanel
from shannon_gui.panels.filters.export_formats import ExportFormatsPanel, FormatChoice
from shannon_gui.panels.filters.form_section import FormSection
from shannon_gui.panels.filters.time_range import EVERYTHING, TimeRangePanel
from shannon_gui.widgets.styled import hairline

_LEAST_WIDTH, _MOST_WIDTH = 372, 520
_SIDE_MARGIN = 16
_WIDTH_IN_CHARACTERS = 50
"""The column's width in average characters of the font, within the limits above."""


class FormPanel(QWidget):
    """Time and filters above, formats and contents below."""

    selection_changed = Signal()
    """Which events are meant may be different now."""
    plan_changed = Signal()
    """Which files will be written may be different now."""

    def __init__(self, zone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.time = TimeRangePanel(zone)
        self.filters = EventFiltersPanel()
        self.formats = ExportFormatsPanel()
        self.contents = ExportContentsPanel()
        self._which = QScrollArea()
        self._what = _SnugScrollArea()
        self._build_ui()
        self._connect()

    def _build_ui(self) -> None:
        _fill(self._which, 16, self.time, hairline(), self.filters)
        _fill(self._what, 8, self.formats, self.contents)
        self._which.setMinimumHeight(120)
        self._what.setMinimumHeight(96)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._which, 1)
        column.addWidget(hairline())
        column.addWidget(self._what)
        letters = self.fontMetrics().averageCharWidth() * _WIDTH_IN_CHARACTERS
        needed = max(
            part.minimumSizeHint().width() for part in (self.time, self.filters, self.formats, self.contents)
        )
        bar = self._which.verticalScrollBar().sizeHint().width()
        self.setFixedWidth(max(_LEAST_WIDTH, min(letters, _MOST_WIDTH), needed + bar + 2 * _SIDE_MARGIN))

    def _connect(self) -> None:
        selecting: tuple[FormSection[Any], ...] = (self.time, self.filters)
        exporting: tuple[FormSection[Any], ...] = (self.formats, self.contents)
        for section in selecting:
            section.changed.connect(self.selection_changed)
        for section in (*selecting, *exporting):
            section.changed.connect(self.plan_changed)
        self.contents.changed.connect(self._on_contents_changed)

    def selection(self) -> Selection | None:
        """Which events; None while the range is wrong."""
        try:
            return self._selection()
        except RequestError:
            return None

    def _selection(self) -> Selection:
        terms = self.filters.value()
        return Selection(self.time.required(), terms.filters, terms.text)

    def request(self, sources: tuple[str, ...], target: str) -> ExportRequest:
        """The whole form as one request; RequestError says what is missing or wrong."""
        choice = self.formats.value()
        return ExportRequest(
            sources, target, choice.formats, self._selection(), self.contents.value(), choice.encoding
        )

    def set_request(self, request: ExportRequest) -> None:
        """Choose the formats and contents of a former export; its range and filters belong to other data."""
        self.formats.set_value(FormatChoice(request.formats, request.encoding))
        self.contents.set_value(request.contents)
        self.formats.show_contents(request.contents)

    def set_selection(self, selection: Selection, quick: str = "") -> None:
        """Choose these events; with a quick range those of today's."""
        if quick:
            self.time.set_zone(selection.time_range.timezone)
            self.time.choose(quick)
        else:
            self.time.set_value(selection.time_range)
        self.filters.set_value(FilterTerms(selection.filters, selection.text))

    def clear_selection(self) -> None:
        """Take every event again."""
        self.time.choose(EVERYTHING)
        self.filters.clear()

    def ensureWidgetVisible(self, widget: QWidget) -> None:
        """Scroll to a control, wherever in the column it is."""
        for area in (self._which, self._what):
            if area.isAncestorOf(widget):
                area.ensureWidgetVisible(widget)

    def focus_search(self) -> None:
        """Put the focus into the field for words."""
        self.ensureWidgetVisible(self.filters.text_field())
        self.filters.text_field().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_contents_changed(self) -> None:
        self.formats.show_contents(self.contents.value())


class _SnugScrollArea(QScrollArea):
    """As high as what is in it, and scrolling only where a small screen or large letters leave less."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        content = self.widget()
        if content is None:
            return super().sizeHint()
        height = content.heightForWidth(self.width()) if content.hasHeightForWidth() else -1
        return QSize(self.width(), max(height, content.minimumSizeHint().height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def _fill(area: QScrollArea, spacing: int, *parts: QWidget) -> None:
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(_SIDE_MARGIN, 12, _SIDE_MARGIN, 12)
    column.setSpacing(spacing)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the focus, and is scrolled to
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
