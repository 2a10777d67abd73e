"""About the program: its keys, its version, the place of its log."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from shannon_core._version import __version__
from shannon_gui.appearance.icons import application_icon
from shannon_gui.appearance.measures import wide
from shannon_gui.diagnostics.crash_handler import about_program
from shannon_gui.widgets.styled import button, plain_label

_ICON_PIXELS = 48


def shortcuts_of(window: QWidget) -> list[tuple[str, str]]:
    """What the window does by a key, and the key as this system writes it; each key once, in the order of their
    keys."""
    found = {shortcut.key().toString(): shortcut.whatsThis() for shortcut in _shortcuts(window)}
    for action in window.actions():
        found.setdefault(action.shortcut().toString(), action.text().replace("&", "").rstrip("….").rstrip())
    native = QKeySequence.SequenceFormat.NativeText
    return [
        (text, QKeySequence(keys).toString(native)) for keys, text in sorted(found.items()) if keys and text
    ]


def _shortcuts(window: QWidget) -> Sequence[QShortcut]:
    return [item for item in window.children() if isinstance(item, QShortcut)]


class ShortcutsDialog(QDialog):
    """All keys of the window in a table."""

    def __init__(self, shortcuts: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setMinimumWidth(wide(400))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for row, (text, keys) in enumerate(shortcuts):
            grid.addWidget(plain_label(text), row, 0)
            grid.addWidget(plain_label(keys, tone="muted"), row, 1, Qt.AlignmentFlag.AlignRight)
        hint = plain_label(
            self.tr("Alt and an underlined letter go to what it names; Tab goes on to the next."), wrap=True
        )
        hint.setProperty("tone", "muted")
        _finish(self, grid, hint, self.tr("C&lose"))


class AboutDialog(QDialog):
    """Name, version, licence, and what to send with the report of a bug."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Shannon Exporter"))
        self.setMinimumWidth(wide(480))
        picture = QLabel()
        picture.setPixmap(application_icon().pixmap(_ICON_PIXELS, _ICON_PIXELS))
        name = plain_label(f"Shannon Exporter {__version__}", role="title")
        promise = plain_label(
            self.tr("It reads logs where they are, changes none of them, and never uses a network."),
            wrap=True,
        )
        technical = plain_label(about_program().strip(), tone="muted", wrap=True)
        technical.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        texts = QVBoxLayout()
        texts.setSpacing(8)
        for label in (name, promise, technical):
            texts.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        _finish(self, row, None, self.tr("C&lose"))


def _finish(dialog: QDialog, content: QGridLayout | QHBoxLayout, hint: QFrame | None, close: str) -> None:
    """The content, a hint below it, and the one button."""
    closer = button(close, role="primary")
    closer.setDefault(True)
    closer.clicked.connect(dialog.accept)
    foot = QHBoxLayout()
    foot.addStretch(1)
    foot.addWidget(closer)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 24, 24, 16)
    column.setSpacing(16)
    column.addLayout(content)
    if hint is not None:
        column.addWidget(hint)
    column.addStretch(1)
    column.addLayout(foot)
    closer.setFocus()
