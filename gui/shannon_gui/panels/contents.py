"""What goes into the files: events, aggregations, reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from shannon_core.request import AggregationType, Contents, ReportFormat
from shannon_gui.labels import aggregation_label, report_label
from shannon_gui.widgets.section import Section
from shannon_gui.widgets.styled import plain_label

_COLUMNS = 3
_Item = TypeVar("_Item")


class ContentsPanel(Section):
    """Check boxes for the events themselves, nine aggregations and five reports."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Contents"), parent)
        self._raw = QCheckBox(self.tr("&Raw events"))
        self._aggregations = {item: QCheckBox(aggregation_label(item)) for item in AggregationType}
        self._reports = {item: QCheckBox(report_label(item)) for item in ReportFormat}
        self._build_ui()
        self.set_value(Contents())
        for box in self._boxes():
            box.toggled.connect(self.changed)

    def _build_ui(self) -> None:
        self.add(self._raw)
        self.add(plain_label(self.tr("Aggregations"), tone="muted"))
        self.add(_grid(list(self._aggregations.values())))
        self.add(plain_label(self.tr("Reports, in JSON as texts and in ZIP as files"), tone="muted"))
        self.add(_grid(list(self._reports.values())))

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

    def raw_box(self) -> QCheckBox:
        """The check box of the raw events."""
        return self._raw

    def box(self, item: AggregationType | ReportFormat) -> QCheckBox:
        """The check box of an aggregation or a report."""
        return self._aggregations[item] if isinstance(item, AggregationType) else self._reports[item]

    def _boxes(self) -> list[QCheckBox]:
        return [self._raw, *self._aggregations.values(), *self._reports.values()]


def _ticked(boxes: Mapping[_Item, QCheckBox]) -> tuple[_Item, ...]:
    return tuple(item for item, box in boxes.items() if box.isChecked())


def _grid(boxes: Sequence[QCheckBox]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(0)
    for number, box in enumerate(boxes):
        grid.addWidget(box, number // _COLUMNS, number % _COLUMNS)
    for column in range(_COLUMNS):
        grid.setColumnStretch(column, 1)
    return grid
