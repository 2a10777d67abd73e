"""Which formats, with which output options, and what the chosen ones cannot hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from shannon_core.request.export_request import Contents, Encoding
from shannon_core.request.format_specs import DEFAULT_FORMAT, FORMATS, FormatSpec
from shannon_gui.text.formatting import plain_tooltip
from shannon_gui.text.labels import format_note
from shannon_gui.widgets.popup_button import PopupButton
from shannon_gui.widgets.section import Section
from shannon_gui.widgets.styled import plain_label

_COLUMNS = 3
_LINE_ENDS = ("\r\n", "\n")


@dataclass(frozen=True, slots=True)
class FormatChoice:
    """The ids of the formats that are ticked, in their order, and how their files are encoded."""

    formats: tuple[str, ...]
    encoding: Encoding


class ExportFormatsPanel(Section):
    """A check box for each format, those of the output options, and a line that says what a chosen format leaves out."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Export as"), parent)
        self._specs = {spec.id: spec for spec in FORMATS.built_in()}
        self._boxes = {id_: QCheckBox(spec.title) for id_, spec in self._specs.items()}
        self._compress = QCheckBox(self.tr("&Compress"))
        self._guard = QCheckBox(self.tr("Formula &guard"))
        self._anonymize = QCheckBox(self.tr("Pseudon&yms for people and branches"))
        self._bom = QCheckBox(self.tr("&Byte order mark, by which Excel knows UTF-8"))
        self._line_end = QComboBox()
        self._csv = PopupButton(self._csv_options())
        self._limits = plain_label(tone="muted", wrap=True)
        self._contents = Contents()
        self._build_ui()
        self._connect()
        self._refresh()

    def _build_ui(self) -> None:
        for id_, box in self._boxes.items():
            note = format_note(self._specs[id_])
            box.setToolTip(plain_tooltip(note) if note else "")
        self._csv.say(self.tr("CSV"))
        self._csv.setAccessibleName(self.tr("Options of CSV"))
        self.add(_grid(list(self._boxes.values()), self._limits, [self._compress, self._guard, self._csv]))
        self.add(self._anonymize)
        self._anonymize.setToolTip(
            plain_tooltip(
                self.tr(
                    "User ids, account names in paths and branches get pseudonyms in the files, the same ones in every export"
                    " of this computer. The preview shows the names."
                )
            )
        )
        self._boxes[DEFAULT_FORMAT].setChecked(True)
        self._guard.setChecked(True)

    def _csv_options(self) -> QWidget:
        options = QWidget()
        label = plain_label(self.tr("&Lines end with"))
        label.setBuddy(self._line_end)
        self._line_end.addItems([self.tr("CR LF, as RFC 4180 says"), self.tr("LF, as on Unix")])
        self._line_end.setAccessibleName(self.tr("Line end of CSV"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self._line_end, 1)
        column = QVBoxLayout(options)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._bom)
        column.addLayout(row)
        return options

    def _connect(self) -> None:
        for box in (*self._boxes.values(), self._compress, self._guard, self._anonymize, self._bom):
            box.toggled.connect(self._on_toggled)
        self._line_end.currentIndexChanged.connect(self._on_toggled)

    def value(self) -> FormatChoice:
        """The choice; an option that is off because no chosen format knows it counts as not chosen."""
        return FormatChoice(self._formats(), self._encoding())

    def _formats(self) -> tuple[str, ...]:
        return tuple(item for item, box in self._boxes.items() if box.isChecked())

    def _encoding(self) -> Encoding:
        return Encoding(
            compress=self._compress.isChecked() and self._compress.isEnabled(),
            formula_guard=self._guard.isChecked(),
            csv_bom=self._bom.isChecked(),
            csv_line_end="\r\n" if self._line_end.currentIndex() == 0 else "\n",
            anonymize=self._anonymize.isChecked(),
        )

    def set_value(self, choice: FormatChoice) -> None:
        """Tick these."""
        encoding = choice.encoding
        for item, box in self._boxes.items():
            box.setChecked(item in choice.formats)
        self._compress.setChecked(encoding.compress)
        self._guard.setChecked(encoding.formula_guard)
        self._bom.setChecked(encoding.csv_bom)
        self._anonymize.setChecked(encoding.anonymize)
        self._line_end.setCurrentIndex(_LINE_ENDS.index(encoding.csv_line_end))

    def show_contents(self, contents: Contents) -> None:
        """What is to go into the files, by which it shows what a chosen format cannot hold."""
        self._contents = contents
        self._refresh()

    def limits(self) -> str:
        """What of the contents the chosen formats leave out; empty where they hold everything."""
        return self._limits.text()

    def box(self, item: str) -> QCheckBox:
        """The check box of a format."""
        return self._boxes[item]

    def boxes(self) -> dict[str, QCheckBox]:
        """The check box of each format, by the format's id."""
        return dict(self._boxes)

    def compress_box(self) -> QCheckBox:
        """The check box that compresses."""
        return self._compress

    def guard_box(self) -> QCheckBox:
        """The check box that guards against formulas."""
        return self._guard

    def anonymize_box(self) -> QCheckBox:
        """The check box for pseudonyms."""
        return self._anonymize

    def switch_guard_on(self) -> None:
        """Guard against formulas from now on."""
        self._guard.setChecked(True)

    def csv_button(self) -> PopupButton:
        """The button that opens the options of CSV."""
        return self._csv

    def bom_box(self) -> QCheckBox:
        """The check box for a byte order mark."""
        return self._bom

    def line_end_box(self) -> QComboBox:
        """The choice of a line end."""
        return self._line_end

    def _on_toggled(self) -> None:
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        chosen = [self._specs[id_] for id_ in self._formats()]
        useless = bool(chosen) and not any("compress" in spec.options for spec in chosen)
        self._compress.setEnabled(not useless)
        self._compress.setToolTip(
            plain_tooltip(
                self.tr("Off: Excel and ZIP are compressed already.")
                if useless
                else self.tr("JSON, CSV and JSONL end in .gz; Parquet uses zstd.")
            )
        )
        has_csv = any("formula_guard" in spec.options for spec in chosen)
        self._guard.setEnabled(has_csv)
        self._guard.setToolTip(
            plain_tooltip(
                self.tr("Text that a spreadsheet could run as a formula gets a ' before it in CSV.")
                if has_csv
                else self.tr("Off: only CSV needs it.")
            )
        )
        self._csv.setEnabled(has_csv)
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


def _grid(formats: Sequence[QWidget], limits: QWidget, switches: Sequence[QWidget]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(4)
    for number, box in enumerate(formats):
        grid.addWidget(box, number // _COLUMNS, number % _COLUMNS)
    grid.addWidget(limits, grid.rowCount(), 0, 1, _COLUMNS)
    first = grid.rowCount()
    for number, switch in enumerate(switches):
        grid.addWidget(switch, first + number // _COLUMNS, number % _COLUMNS)
    for column in range(_COLUMNS):
        grid.setColumnStretch(column, 1)
    return grid
