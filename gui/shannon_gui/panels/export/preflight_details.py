"""What an export will do, in detail: each file with its size, and each hazard with its cure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from shannon_core.export.hazards import HazardKind
from shannon_gui.appearance.icons import Tone, pixmap
from shannon_gui.appearance.measures import wide
from shannon_gui.text.formatting import size
from shannon_gui.text.labels import format_label
from shannon_gui.text.preflight_advice import Advice, advice, facts
from shannon_gui.widgets.data_table import tabular
from shannon_gui.widgets.styled import button, hairline, plain_label

if TYPE_CHECKING:
    from shannon_core.export.preflight import Preflight

_LEAST_WIDTH = 440


class PreflightDetails(QWidget):
    """The estimate in detail; its widgets are rebuilt for each answer."""

    guard_requested = Signal()
    """The link that switches the formula guard on was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._body: QWidget | None = None
        self._cures: dict[HazardKind, tuple[str, Callable[[], None]]] = {
            "unguarded_formula": (self.tr("Switch it on"), self.guard_requested.emit)
        }
        self.setMinimumWidth(wide(_LEAST_WIDTH))

    def show_preflight(self, found: Preflight | None) -> None:
        """Show this answer; None for none."""
        if self._body is not None:
            self._body.hide()
            self._body.deleteLater()
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        if found is None:
            column.addWidget(plain_label(self.tr("Being estimated …"), tone="muted"))
        else:
            column.addLayout(_files(found))
            column.addWidget(plain_label(self._summary(found), tone="muted", wrap=True))
            hazards = advice(found)
            if hazards:
                column.addWidget(hairline())
                column.addLayout(self._hazards(hazards))
        self._column.addWidget(self._body)

    def text(self) -> str:
        """All texts, line by line."""
        return "\n".join(label.text() for label in self.findChildren(QLabel) if label.text())

    def _summary(self, found: Preflight) -> str:
        exact = (
            self.tr("Every event was encoded: the sizes are exact.")
            if found.is_exact
            else self.tr("Sizes are estimated from a sample.")
        )
        return f"{facts(found)}\n{exact}"

    def _hazards(self, hazards: list[Advice]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for number, item in enumerate(hazards):
            tone: Tone = "accent" if item.level == "info" else item.level
            icon = QLabel()
            icon.setPixmap(pixmap(item.level, tone, 16, self.devicePixelRatioF()))
            grid.addWidget(icon, 3 * number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(plain_label(item.text, wrap=True), 3 * number, 1)
            grid.addWidget(plain_label(item.cure, tone="muted", wrap=True), 3 * number + 1, 1)
            if item.kind in self._cures:
                text, cure = self._cures[item.kind]
                link = button(text, role="link")
                link.clicked.connect(cure)
                grid.addWidget(link, 3 * number, 2, 2, 1)
            grid.setRowMinimumHeight(3 * number + 2, 6)
        return grid


def _files(found: Preflight) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    for row, file in enumerate(found.files):
        name = plain_label(Path(file.path).name)
        name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        weight = plain_label(f"≈ {size(file.bytes)}" if not found.is_exact else size(file.bytes))
        weight.setFont(tabular(weight.font()))
        grid.addWidget(plain_label(format_label(file.format), tone="muted"), row, 0)
        grid.addWidget(name, row, 1)
        grid.addWidget(weight, row, 2, Qt.AlignmentFlag.AlignRight)
    return grid
