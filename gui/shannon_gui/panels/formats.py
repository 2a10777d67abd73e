"""Into what: the six formats, each with what it cannot hold, and how the files are spelt."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from shannon_core.request import Encoding, ExportFormat
from shannon_gui.labels import format_label, format_note
from shannon_gui.widgets.section import Section
from shannon_gui.widgets.styled import plain_label

_COMPRESSED_ALREADY = frozenset({ExportFormat.EXCEL, ExportFormat.ZIP})
_GUARDED = frozenset({ExportFormat.CSV, ExportFormat.ZIP})


class FormatsPanel(Section):
    """Six check boxes, and two for the spelling of the files."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Formats"), parent)
        self._boxes = {item: QCheckBox(format_label(item)) for item in ExportFormat}
        self._notes = {item: plain_label(format_note(item), tone="muted", wrap=True) for item in ExportFormat}
        self._compress = QCheckBox(self.tr("&Compress"))
        self._compress_note = plain_label(tone="muted", wrap=True)
        self._guard = QCheckBox(self.tr("Formula &guard"))
        self._guard_note = plain_label(tone="muted", wrap=True)
        self._build_ui()
        self._connect()
        self._refresh()

    def _build_ui(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, 120)
        grid.setColumnStretch(1, 1)
        rows = [(self._boxes[item], self._notes[item]) for item in ExportFormat]
        for row, (box, note) in enumerate(rows):
            grid.addWidget(box, row, 0)
            grid.addWidget(note, row, 1)
        grid.setRowMinimumHeight(len(rows), 8)
        for row, (box, note) in enumerate(
            ((self._compress, self._compress_note), (self._guard, self._guard_note)), len(rows) + 1
        ):
            grid.addWidget(box, row, 0)
            grid.addWidget(note, row, 1)
        self.add(grid)
        self._boxes[ExportFormat.JSON].setChecked(True)
        self._guard.setChecked(True)

    def _connect(self) -> None:
        for box in (*self._boxes.values(), self._compress, self._guard):
            box.toggled.connect(self._on_toggled)

    def value(self) -> tuple[ExportFormat, ...]:
        """The formats that are ticked."""
        return tuple(item for item, box in self._boxes.items() if box.isChecked())

    def encoding(self) -> Encoding:
        """How the files are to be spelt; what is switched off because it says nothing counts as not asked for."""
        return Encoding(
            compress=self._compress.isChecked() and self._compress.isEnabled(),
            formula_guard=self._guard.isChecked(),
        )

    def set_value(self, formats: Iterable[ExportFormat], encoding: Encoding) -> None:
        """Tick these."""
        wanted = set(formats)
        for item, box in self._boxes.items():
            box.setChecked(item in wanted)
        self._compress.setChecked(encoding.compress)
        self._guard.setChecked(encoding.formula_guard)

    def box(self, item: ExportFormat) -> QCheckBox:
        """The check box of a format."""
        return self._boxes[item]

    def compress_box(self) -> QCheckBox:
        """The check box that compresses."""
        return self._compress

    def guard_box(self) -> QCheckBox:
        """The check box that guards against formulas."""
        return self._guard

    def note(self, item: ExportFormat) -> str:
        """What the format cannot hold, or what else to know of it."""
        return self._notes[item].text()

    def compress_note(self) -> str:
        """What compressing does, or why it is switched off."""
        return self._compress_note.text()

    def _on_toggled(self) -> None:
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        chosen = set(self.value())
        useless = bool(chosen) and chosen <= _COMPRESSED_ALREADY
        self._compress.setEnabled(not useless)
        self._compress_note.setText(
            self.tr("Off: Excel and ZIP are compressed already.")
            if useless
            else self.tr("JSON, CSV and JSONL end in .gz; Parquet uses zstd.")
        )
        self._guard.setEnabled(bool(chosen & _GUARDED))
        self._guard_note.setText(
            self.tr("Text that begins like a formula gets a ' in CSV.")
            if chosen & _GUARDED
            else self.tr("Off: only CSV needs it.")
        )
