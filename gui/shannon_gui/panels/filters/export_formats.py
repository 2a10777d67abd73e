"""Which formats, with which output options, and what the chosen ones cannot hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QWidget

from shannon_core.request.contents import Contents
from shannon_core.request.export_request import Encoding
from shannon_core.request.format_specs import DEFAULT_FORMAT, FORMATS, FormatSpec
from shannon_gui.panels.filters.output_options import OutputOptions
from shannon_gui.text.formatting import plain_tooltip
from shannon_gui.text.labels import format_note
from shannon_gui.widgets.popup_button import PopupButton
from shannon_gui.widgets.section import Section
from shannon_gui.widgets.styled import plain_label

_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class FormatChoice:
    """The ids of the formats that are ticked, in their order, and how their files are encoded."""

    formats: tuple[str, ...]
    encoding: Encoding


class ExportFormatsPanel(Section):
    """A check box for each format, the output options, and a line that says what a chosen format leaves out."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Export as"), parent)
        self._specs: dict[str, FormatSpec] = {}
        self._boxes: dict[str, QCheckBox] = {}
        self._wanted: frozenset[str] = frozenset()
        self._options = OutputOptions(self)
        self._grid = QGridLayout()
        self._limits = plain_label(tone="muted", wrap=True)
        self._contents = Contents()
        self._build_ui()
        self._options.changed.connect(self._on_changed)

    def _build_ui(self) -> None:
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)
        self.add(self._grid)
        for control in self._options.below():
            self.add(control)
        self.add_formats(FORMATS.built_in())
        self._boxes[DEFAULT_FORMAT].setChecked(True)

    def add_formats(self, specs: Iterable[FormatSpec]) -> None:
        """Offer these formats too; those among them that were wanted before are chosen."""
        new = {spec.id: spec for spec in specs if spec.id not in self._specs}
        self._specs |= new
        self._boxes |= {id_: self._box_of(spec) for id_, spec in new.items()}
        self._lay_out()
        self._refresh()
        if self._wanted & new.keys():
            self.changed.emit()

    def _box_of(self, spec: FormatSpec) -> QCheckBox:
        box, note = QCheckBox(spec.title.replace("&", "&&")), format_note(spec)
        box.setToolTip(plain_tooltip(note) if note else "")
        box.setChecked(spec.id in self._wanted)
        box.toggled.connect(self._on_changed)
        return box

    def _lay_out(self) -> None:
        """Formats, what they leave out, and the options beside them, row by row."""
        boxes, options = list(self._boxes.values()), self._options.beside()
        for widget in (*boxes, self._limits, *options):
            self._grid.removeWidget(widget)
        for number, box in enumerate(boxes):
            self._grid.addWidget(box, number // _COLUMNS, number % _COLUMNS)
        below = -(-len(boxes) // _COLUMNS)
        self._grid.addWidget(self._limits, below, 0, 1, _COLUMNS)
        for number, option in enumerate(options):
            self._grid.addWidget(option, below + 1 + number // _COLUMNS, number % _COLUMNS)
        for before, after in pairwise([*boxes, *options, *self._options.below()]):
            QWidget.setTabOrder(before, after)  # formats of packages are made last

    def value(self) -> FormatChoice:
        """The choice; an option that concerns no chosen format may count as not chosen."""
        return FormatChoice(self._formats(), self._options.value(self._chosen()))

    def _formats(self) -> tuple[str, ...]:
        return tuple(id_ for id_, box in self._boxes.items() if box.isChecked())

    def set_value(self, choice: FormatChoice) -> None:
        """Tick these; a format of a package that is not known yet is ticked when it is added."""
        self._wanted = frozenset(choice.formats)
        for id_, box in self._boxes.items():
            box.setChecked(id_ in self._wanted)
        self._options.set_value(choice.encoding)

    def show_contents(self, contents: Contents) -> None:
        """What is to go into the files, by which it shows what a chosen format cannot hold."""
        self._contents = contents
        self._refresh()

    def limits(self) -> str:
        """What of the contents the chosen formats leave out; empty where they hold everything."""
        return self._limits.text()

    def box(self, id_: str) -> QCheckBox:
        """The check box of a format."""
        return self._boxes[id_]

    def boxes(self) -> dict[str, QCheckBox]:
        """The check box of each format, by the format's id."""
        return dict(self._boxes)

    def option(self, id_: str) -> QCheckBox | QComboBox:
        """The control of an output option."""
        return self._options.control(id_)

    def options_button(self, group: str) -> PopupButton:
        """The button that opens the options of one format, by its title."""
        return self._options.button(group)

    def switch_guard_on(self) -> None:
        """Guard against formulas from now on."""
        guard = self._options.control("formula_guard")
        if isinstance(guard, QCheckBox):
            guard.setChecked(True)

    def _chosen(self) -> list[FormatSpec]:
        return [self._specs[id_] for id_ in self._formats()]

    def _on_changed(self) -> None:
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        chosen = self._chosen()
        self._options.show_formats(chosen, self._specs.values())
        limits = self._limits_of(chosen)
        self._limits.setText(limits)
        self._limits.setVisible(bool(limits))

    def _limits_of(self, chosen: Sequence[FormatSpec]) -> str:
        """Only what matters: a format that leaves nothing out is not mentioned."""
        asked = self._contents
        events_only = [
            spec for spec in chosen if not spec.holds_aggregations and (asked.aggregations or asked.reports)
        ]
        without_reports = [
            spec for spec in chosen if spec not in events_only and not spec.holds_reports and asked.reports
        ]
        parts = []
        if events_only:
            parts.append(self.tr("{formats}: events only").format(formats=_names(events_only)))
        if without_reports:
            parts.append(self.tr("{formats}: no reports").format(formats=_names(without_reports)))
        return " · ".join(parts)


def _names(formats: Sequence[FormatSpec]) -> str:
    return ", ".join(spec.title for spec in formats)
