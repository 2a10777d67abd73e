"""One event, and the line of the log that it came from. Neither is stored."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication, QTextOption
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from shannon_gui.appearance.icons import set_icon
from shannon_gui.appearance.measures import wide
from shannon_gui.text.core_messages import reason_text
from shannon_gui.text.event_text import event_text, shown_part
from shannon_gui.text.formatting import plain_tooltip, size
from shannon_gui.text.i18n import counted, number
from shannon_gui.widgets.elided_label import ElidedLabel
from shannon_gui.widgets.segmented import Segmented
from shannon_gui.widgets.styled import hairline, plain_label, restyle

if TYPE_CHECKING:
    from shannon_core.sources.original_line import OriginalLine

EVENT, ORIGINAL = "event", "original"


class EventDetailsPanel(QWidget):
    """Plain text in the fixed font, to read and to copy."""

    original_wanted = Signal(str, int)
    """This line of this file is to be shown."""
    copy_requested = Signal(object)
    """All of this event is to be copied as text."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._event: Mapping[str, Any] | None = None
        self._zone = ZoneInfo("UTC")
        self._shown = ""
        self._kind = Segmented({EVENT: self.tr("Event"), ORIGINAL: self.tr("Original line")})
        self._copy, self._close = QToolButton(), QToolButton()
        self._place = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)
        self._note = plain_label(tone="muted", wrap=True)
        self._text = QPlainTextEdit()
        self._build_ui()
        self._connect()
        self.clear()

    def _build_ui(self) -> None:
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(wide(280))
        self._kind.set_key(EVENT)
        for tool, picture, name in (
            (self._copy, "copy", self.tr("Copy all of this text")),
            (self._close, "close", self.tr("Close the details")),
        ):
            set_icon(tool, picture, "muted")
            tool.setAccessibleName(name)
            tool.setToolTip(plain_tooltip(name))
        self._text.setReadOnly(True)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text.setProperty("role", "document")
        self._text.setAccessibleName(self.tr("Details of the event"))
        self._text.setTabChangesFocus(True)
        self._text.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self._place.setProperty("tone", "muted")
        head = QHBoxLayout()
        head.setContentsMargins(8, 6, 4, 6)
        head.setSpacing(4)
        head.addWidget(self._kind)
        head.addStretch(1)
        head.addWidget(self._copy)
        head.addWidget(self._close)
        notes = QVBoxLayout()
        notes.setContentsMargins(12, 6, 12, 0)
        notes.setSpacing(4)
        notes.addWidget(self._place)
        notes.addWidget(self._note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(hairline())
        column.addLayout(notes)
        column.addWidget(self._text, 1)

    def _connect(self) -> None:
        self._kind.chosen.connect(self._on_kind_chosen)
        self._copy.clicked.connect(self._on_copy_clicked)
        self._close.clicked.connect(self.closed)

    def clear(self) -> None:
        """Show no event."""
        self._event = None
        self._show("", self.tr("Choose a row to see all of its event."))

    def show_event(self, event: Mapping[str, Any] | None, zone: ZoneInfo) -> None:
        """Show this event, or the line it came from, whichever is chosen; None where it is gone."""
        self._event, self._zone = event, zone
        if event is None:
            self._show("", self.tr("The event is no longer there. Refresh to see what is."))
        else:
            self._show_chosen()

    def show_original(self, line: OriginalLine) -> None:
        """Show the line that was asked for."""
        if self._kind.key() == ORIGINAL and self._is_current(line):
            self._show(line.text, *_state_note(self, line), length=line.length if line.is_cut else 0)

    def value(self) -> str:
        """“event” or “original”."""
        return self._kind.key() or EVENT

    def choose(self, kind: str) -> None:
        """Show the event or its original line."""
        self._kind.set_key(kind)
        self._show_chosen()

    def text(self) -> str:
        """The text on the screen."""
        return self._text.toPlainText()

    def note(self) -> str:
        """The note above the text."""
        return self._note.text()

    def place(self) -> str:
        """File and line of the event, as they are shown."""
        return self._place.text()

    def copy_button(self) -> QToolButton:
        """“Copy all of this text”."""
        return self._copy

    def close_button(self) -> QToolButton:
        """“Close the details”."""
        return self._close

    def kind_button(self, kind: str) -> QToolButton:
        """“Event” or “Original line”."""
        return self._kind.button(kind)

    def _is_current(self, line: OriginalLine) -> bool:
        event = self._event
        return event is not None and (event["source_file"], event["source_line"]) == (line.file, line.line)

    def _show_chosen(self) -> None:
        event = self._event
        if event is None:
            return
        if self._kind.key() == EVENT:
            self._show(event_text(event, self._zone))
        else:
            self._show("", self.tr("Reading the file …"))
            self.original_wanted.emit(event["source_file"], event["source_line"])

    def _show(self, text: str, note: str = "", tone: str = "muted", *, length: int = 0) -> None:
        """The beginning of the text with a note; ``length`` is that of the whole in bytes where ``text`` is not all of
        it."""
        self._shown = text
        shown, left_out = shown_part(text)
        self._text.setPlainText(shown)
        self._text.setVisible(bool(text))
        self._copy.setEnabled(bool(text))
        self._show_place()
        self._note.setText("\n".join(filter(None, (note, self._cut_note(len(shown), left_out, length)))))
        self._note.setVisible(bool(self._note.text()))
        self._note.setProperty("tone", tone)
        restyle(self._note)

    def _cut_note(self, shown: int, left_out: int, length: int) -> str:
        if not left_out and not length:
            return ""
        first = counted("detail", "The first {n} character(s) are shown", shown)
        if length:
            from shannon_core.sources.original_line import MAX_SHOWN_BYTES

            text = self.tr("{first}; Copy takes the first {most} of {size}.")
            return text.format(first=first, most=size(MAX_SHOWN_BYTES), size=size(length))
        return self.tr("{first}; Copy takes all.").format(first=first)

    def _show_place(self) -> None:
        event = self._event
        self._place.setVisible(event is not None)
        if event is not None:
            name = PurePath(event["source_file"]).name
            line = number(event["source_line"])
            self._place.setText(self.tr("{file}, line {line}").format(file=name, line=line))
            self._place.set_hint(event["source_file"])

    def _on_kind_chosen(self, kind: str) -> None:
        self.choose(kind)

    def _on_copy_clicked(self) -> None:
        if self._kind.key() == EVENT:
            self.copy_requested.emit(self._event)
        else:
            QGuiApplication.clipboard().setText(self._shown)


def _state_note(panel: QWidget, line: OriginalLine) -> tuple[str, str]:
    """The note about the state of the line, and its level."""
    match line.state:
        case "unchanged":
            return panel.tr("As it stands in the file; it may hold private text."), "muted"
        case "changed":
            text = panel.tr("The file has changed since it was read, so that this may be another line.")
        case "no_line":
            text = panel.tr("The file has changed since it was read and no longer has this line.")
        case "no_file":
            text = panel.tr("The file is no longer there.")
        case "unreadable":
            text = panel.tr("The file cannot be read: {problem}.").format(problem=reason_text(line.problem))
    return text, "warning"
