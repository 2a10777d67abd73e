"""What goes into the files: events, aggregations, reports, behind one line that says what is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from shannon_core.request.contents import Contents, ReportFormat
from shannon_core.request.table_keys import AGGREGATIONS
from shannon_gui.text.i18n import counted
from shannon_gui.text.labels import aggregation_label, report_label
from shannon_gui.widgets.popup_button import PopupButton
from shannon_gui.widgets.styled import button, plain_label

_COLUMNS = 3
_Item = TypeVar("_Item")


class ExportContentsPanel(QWidget):
    """A button with the choice in words; it opens check boxes for the events, each aggregation and each report."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._raw = QCheckBox(self.tr("&Raw events"))
        self._aggregations = {item: QCheckBox(aggregation_label(item)) for item in AGGREGATIONS}
        self._reports = {item: QCheckBox(report_label(item)) for item in ReportFormat}
        self._choices = QWidget()
        self._button = PopupButton(self._choices)
        self._build_ui()
        self.set_value(Contents())
        self._connect()

    def _build_ui(self) -> None:
        column = QVBoxLayout(self._choices)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._raw)
        for title, note, boxes in (
            (self.tr("Aggregations"), "", list(self._aggregations.values())),
            (self.tr("Reports"), self.tr("in JSON as texts, in ZIP as files"), list(self._reports.values())),
        ):
            column.addSpacing(4)
            column.addLayout(self._head(title, note, boxes))
            column.addLayout(_grid(boxes))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._button, 1)

    def _head(self, title: str, note: str, boxes: Sequence[QCheckBox]) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(plain_label(title, role="heading"))
        head.addWidget(plain_label(note, tone="muted"))
        head.addStretch(1)
        for text, wanted in ((self.tr("All"), True), (self.tr("None"), False)):
            link = button(text, role="link")
            link.setAccessibleName(f"{title}: {text}")
            link.clicked.connect(lambda _checked=False, wanted=wanted: self._tick(boxes, wanted=wanted))
            head.addWidget(link)
        return head

    def _connect(self) -> None:
        for box in self._boxes():
            box.toggled.connect(self._on_toggled)

    def value(self) -> Contents:
        """What is ticked."""
        return Contents(self._raw.isChecked(), _ticked(self._aggregations), _ticked(self._reports))

    def set_value(self, contents: Contents) -> None:
        """Tick these."""
        self._raw.setChecked(contents.raw_events)
        for aggregation, box in self._aggregations.items():
            box.setChecked(aggregation in contents.aggregations)
        for report, box in self._reports.items():
            box.setChecked(report in contents.reports)
        self._say()

    def text(self) -> str:
        """The choice in words."""
        return self._button.said()

    def button(self) -> PopupButton:
        """The button that opens the check boxes."""
        return self._button

    def tick(self, item: str, is_on: bool) -> None:
        """Take it in, or leave it out."""
        self.box(item).setChecked(is_on)

    def raw_box(self) -> QCheckBox:
        """The check box of the raw events."""
        return self._raw

    def box(self, item: str) -> QCheckBox:
        """The check box of an aggregation or a report."""
        return self._aggregations[item] if item in self._aggregations else self._reports[ReportFormat(item)]

    def _boxes(self) -> list[QCheckBox]:
        return [self._raw, *self._aggregations.values(), *self._reports.values()]

    def _tick(self, boxes: Iterable[QCheckBox], *, wanted: bool) -> None:
        """All or none of them, as one change."""
        before = self.value()
        for box in boxes:
            box.blockSignals(True)
            box.setChecked(wanted)
            box.blockSignals(False)
        if self.value() != before:
            self._on_toggled()

    def _on_toggled(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        chosen = self.value()
        parts = [
            self.tr("events") if chosen.raw_events else "",
            counted("contents", "{n} aggregation(s)", len(chosen.aggregations))
            if chosen.aggregations
            else "",
            counted("contents", "{n} report(s)", len(chosen.reports)) if chosen.reports else "",
        ]
        said = ", ".join(part for part in parts if part) or self.tr("nothing")
        self._button.say(self.tr("Contents: {parts}").format(parts=said))


def _ticked(boxes: Mapping[_Item, QCheckBox]) -> tuple[_Item, ...]:
    return tuple(item for item, box in boxes.items() if box.isChecked())


def _grid(boxes: Sequence[QCheckBox]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(0)
    for number, box in enumerate(boxes):
        grid.addWidget(box, number // _COLUMNS, number % _COLUMNS)
    for column in range(_COLUMNS):
        grid.setColumnStretch(column, 1)
    return grid
