"""Along the bottom: which files will be written, how large, what to know of them, and the one primary button."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from shannon_core.errors import ShannonError
from shannon_gui.appearance.icons import Tone, pixmap
from shannon_gui.panels.export.preflight_details import PreflightDetails
from shannon_gui.text.core_messages import error_words
from shannon_gui.text.formatting import size
from shannon_gui.text.preflight_advice import advice, facts, notes_title
from shannon_gui.widgets.elided_label import ElidedLabel
from shannon_gui.widgets.popup_button import PopupButton
from shannon_gui.widgets.styled import button, restyle

if TYPE_CHECKING:
    from shannon_core.export.preflight import Preflight


class ExportBar(QFrame):
    """Shows what the export would write, its size and its notes, beside the button that starts it."""

    export_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.details = PreflightDetails()
        self._icon = QLabel()
        self._text = ElidedLabel()
        self._facts = ElidedLabel()
        self._notes = PopupButton(self.details, role="link", shrinks=False)
        self._more: QPushButton = button(self.tr("&More"), role="menu")
        self._export: QPushButton = button(self.tr("&Export…"), role="primary")
        self._names: tuple[str, ...] = ()
        self._problem = ""
        self._found: Preflight | None = None
        self._build_ui()
        self._export.clicked.connect(self.export_requested)
        self.show_preflight(None)

    def _build_ui(self) -> None:
        self.setProperty("role", "bar")
        self._facts.setProperty("tone", "muted")
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._text)
        texts.addWidget(self._facts)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addLayout(texts, 1)
        row.addSpacing(8)
        row.addWidget(self._notes)
        row.addSpacing(4)
        row.addWidget(self._more)
        row.addWidget(self._export)

    def show_plan(self, paths: Sequence[Path], problem: str, *, asks: bool = True) -> None:
        """These files will be written, after a question where to if it ``asks``; with a problem none can be."""
        self._problem = problem
        self._names = tuple(path.name for path in paths)
        self._export.setText(self.tr("&Export…") if asks else self.tr("&Export"))
        self._export.setEnabled(not problem)
        self._draw()

    def show_preflight(self, found: Preflight | None) -> None:
        """What the export will do; None while that is being found out."""
        self._found = found
        self.details.show_preflight(found)
        self._draw()

    def show_no_preflight(self, error: ShannonError) -> None:
        """There is no estimate, for this reason."""
        self.show_preflight(None)
        self._facts.setText(self.tr("The size is not known: {reason}").format(reason=error_words(error)))

    def value(self) -> str:
        """The line about the files."""
        return self._text.text()

    def facts(self) -> str:
        """The line about events, time and free space."""
        return self._facts.text()

    def is_estimating(self) -> bool:
        """Whether the estimate is still being made."""
        return self._found is None and not self._problem

    def problem(self) -> str:
        """Why nothing can be exported; empty where something can."""
        return self._problem

    def button(self) -> QPushButton:
        """“Export…”."""
        return self._export

    def more_button(self) -> QPushButton:
        """“More”, which has a menu."""
        return self._more

    def notes_button(self) -> PopupButton:
        """“3 notes”."""
        return self._notes

    def redraw_icons(self) -> None:
        """Draw pictures again after the colours have changed."""
        self.details.show_preflight(self._found)
        self._draw()

    def _draw(self) -> None:
        found = None if self._problem else self._found
        self._text.setText(self._problem or self._plan(found))
        self._text.setProperty("tone", "warning" if self._problem else "")
        restyle(self._text)
        self._facts.setText(facts(found) if found is not None else self.tr("Being estimated …"))
        self._facts.setVisible(not self._problem)
        self._notes.setVisible(found is not None)
        if found is not None:
            self._notes.say(notes_title(found))
        self._draw_icon(found)

    def _plan(self, found: Preflight | None) -> str:
        names = ", ".join(self._names)
        if found is None:
            return self.tr("Will write: {names}").format(names=names)
        return self.tr("Will write: {names} ≈ {size}").format(names=names, size=size(found.bytes))

    def _draw_icon(self, found: Preflight | None) -> None:
        levels = {item.level for item in advice(found)} if found is not None else set()
        if self._problem:
            levels.add("warning")
        tone: Tone = "danger" if "danger" in levels else "warning"
        self._icon.setVisible("danger" in levels or bool(self._problem))
        self._icon.setPixmap(pixmap(tone, tone, 16, self.devicePixelRatioF()))
        self._notes.setProperty("tone", tone if levels - {"info"} else "")
        restyle(self._notes)
