"""The first screen while nothing is open: the logs of this computer, a place to drop others, and what was open
lately."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from shannon_gui.appearance.icons import pixmap, set_icon
from shannon_gui.appearance.measures import wide
from shannon_gui.controllers.found_logs import FoundLogs
from shannon_gui.panels.sources.found_folders import FoundFolders
from shannon_gui.text.i18n import counted
from shannon_gui.text.labels import short_path
from shannon_gui.widgets.menu_button import MenuButton
from shannon_gui.widgets.styled import button, plain_label, restyle

_RECENT_SHOWN = 3
_MOST_CONTENT_WIDTH = 760
_STRETCH = 1000
"""Stretch factor of the middle beside margins of 1: it takes all of the width up to its maximum."""


class StartPage(QWidget):
    """Lists the logs of this computer, and offers other ways to open some."""

    opened = Signal(object)
    """A tuple of folders was chosen among those that were found."""
    folder_requested = Signal()
    files_requested = Signal()
    sample_requested = Signal()
    recent_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card = QFrame()
        self._heading = plain_label(role="title")
        self._text = plain_label(tone="muted", wrap=True)
        self._list = FoundFolders(self.tr("Open"), tickable=True)
        self._open: QPushButton = button("", role="primary")
        self._zone = QFrame()
        self._icon = QLabel()
        self._folder: QPushButton = button(self.tr("Choose &folder…"))
        self._files: QPushButton = button(self.tr("Choose f&iles…"))
        self._sample: QPushButton = button(self.tr("Try the &sample data"))
        self._recent = QVBoxLayout()
        self._menu_button = MenuButton()
        self._build_ui()
        self._connect()
        self.show_found(FoundLogs())

    def _build_ui(self) -> None:
        inner = QWidget()
        inner.setMaximumWidth(wide(_MOST_CONTENT_WIDTH))
        parts = QVBoxLayout(inner)
        parts.setContentsMargins(0, 16, 0, 16)
        parts.setSpacing(16)
        self._build_card()
        self._build_zone()
        promise = plain_label(
            self.tr("The logs stay as they are, and nothing leaves this computer."), tone="muted"
        )
        promise.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        for part in (self._card, self._zone, promise):
            parts.addWidget(part)
        # stretches, not an alignment, which would cut wrapped text: it asks for no height for a width
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(inner, _STRETCH)
        middle.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addLayout(middle)
        column.addStretch(3)
        # last, so that the first focus belongs to what is nearest to be wanted
        column.insertWidget(0, self._menu_button, 0, Qt.AlignmentFlag.AlignRight)
        self.refresh_icons()

    def _build_card(self) -> None:
        self._card.setProperty("role", "card")
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._open)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self._heading)
        column.addWidget(self._text)
        column.addWidget(self._list)
        column.addLayout(foot)

    def _build_zone(self) -> None:
        self._zone.setProperty("role", "dropzone")
        drop = plain_label(self.tr("Drop a folder or files anywhere in this window"), role="title")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for item in (self._folder, self._files, self._sample):
            buttons.addWidget(item)
        buttons.addStretch(1)
        self._recent.setSpacing(0)
        column = QVBoxLayout(self._zone)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(drop, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(buttons)
        column.addLayout(self._recent)

    def _connect(self) -> None:
        self._list.requested.connect(lambda folder: self.opened.emit((folder,)))
        self._list.ticked_changed.connect(self._on_ticked_changed)
        self._open.clicked.connect(lambda: self.opened.emit(self._list.ticked()))
        self._folder.clicked.connect(self.folder_requested)
        self._files.clicked.connect(self.files_requested)
        self._sample.clicked.connect(self.sample_requested)

    def refresh_icons(self) -> None:
        """Draw the icons in the colours that are in force."""
        self._icon.setPixmap(pixmap("drop", "accent", 32, self.devicePixelRatioF()))

    def show_found(self, found: FoundLogs) -> None:
        """Show the logs of this computer, as far as they are known."""
        self._list.show_logs(found.logs)
        self._list.setVisible(bool(found.logs))
        self._heading.setText(self._heading_of(found))
        self._show_open_button(bool(found.logs))
        nothing = not found.logs and not found.looking
        self._text.setVisible(nothing)
        self._text.setText(
            self.tr(
                "Claude Code, Codex and Shannon MCP keep theirs in the home folder, but none of them has any here. "
                "Choose another folder, or look around with the sample data first."
            )
        )
        self._folder.setProperty("role", "primary" if nothing else "")
        restyle(self._folder)

    def _show_open_button(self, shown: bool) -> None:
        """Show the button, and give it the focus unless that has been moved on."""
        was_shown = not self._open.isHidden()
        self._open.setVisible(shown)
        if shown and not was_shown and self._folder.hasFocus():
            self._open.setFocus()

    def _heading_of(self, found: FoundLogs) -> str:
        if found.looking:
            return self.tr("Looking for logs on this computer …")
        if found.logs:
            return self.tr("Logs on this computer")
        return self.tr("No logs were found on this computer")

    def set_recent(self, folders: Sequence[str]) -> None:
        """Offer to open these again."""
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for folder in folders[:_RECENT_SHOWN]:
            again = button(
                self.tr("Open {folder} again").format(folder=short_path(folder)).replace("&", "&&"),
                role="link",
            )
            set_icon(again, "clock", "link")
            again.clicked.connect(lambda _checked=False, folder=folder: self.recent_requested.emit(folder))
            self._recent.addWidget(again, 0, Qt.AlignmentFlag.AlignHCenter)

    def set_drop_active(self, active: bool) -> None:
        """Show that what is held over the window can be dropped."""
        self._zone.setProperty("active", active)
        restyle(self._zone)

    def heading(self) -> str:
        """The heading above the logs of this computer."""
        return self._heading.text()

    def found_list(self) -> FoundFolders:
        """The folders that were found."""
        return self._list

    def open_button(self) -> QPushButton:
        """“Open 3 sources”."""
        return self._open

    def folder_button(self) -> QPushButton:
        """“Choose folder…”."""
        return self._folder

    def menu_button(self) -> MenuButton:
        """The way to the menu of the program."""
        return self._menu_button

    def sample_button(self) -> QPushButton:
        """“Try the sample data”."""
        return self._sample

    def _on_ticked_changed(self) -> None:
        ticked = len(self._list.ticked())
        self._open.setText(counted("empty", "&Open {n} source(s)", ticked) if ticked else self.tr("&Open"))
        self._open.setEnabled(ticked > 0)
