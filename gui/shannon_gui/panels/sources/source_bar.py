"""What is open, in one bar along the top: which sources, how much is in them, how fresh that is, and how to open
others."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from shannon_core.ingest.disk_changes import SourceChanges
from shannon_gui.appearance.icons import set_icon
from shannon_gui.panels.sources.source_list import SourceList
from shannon_gui.state import ExportState, Phase
from shannon_gui.text.formatting import ago, plain_tooltip, size
from shannon_gui.text.i18n import counted, translate
from shannon_gui.text.labels import short_path
from shannon_gui.widgets.elided_label import ElidedLabel
from shannon_gui.widgets.menu_button import MenuButton
from shannon_gui.widgets.styled import button, plain_label

_TICK_MILLISECONDS = 1000
_CONTEXT = "sources"


class SourceBar(QFrame):
    """Names the sources, offers what is new in them, and leads to the list of them."""

    folder_requested = Signal()
    files_requested = Signal()
    added_folder_requested = Signal()
    sample_requested = Signal()
    refresh_requested = Signal()

    def __init__(self, parent: QWidget | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self._state = ExportState()
        self._changes = SourceChanges()
        self._list = SourceList(self)
        self._sources: QPushButton = button("")
        self._name = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)
        self._what = plain_label(tone="muted")
        self._offer: QPushButton = button("", role="link")
        self._open: QPushButton = button(self.tr("&Open"), role="menu")
        self._refresh = QToolButton()
        self._menu_button = MenuButton()
        self._timer = QTimer(self)
        self._shortcuts: list[QAction] = []
        self._build_ui()
        self._connect()

    def _build_ui(self) -> None:
        self.setProperty("role", "bar")
        self._name.setProperty("role", "title")
        self._sources.setAccessibleName(self.tr("List of the sources"))
        self._sources.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow behind the text
        set_icon(self._sources, "chevron-down")
        set_icon(self._offer, "info", "link")
        self._offer.hide()
        self._open.setMenu(self._menu())
        self._refresh.setAccessibleName(self.tr("Read again"))
        self._refresh.setToolTip(plain_tooltip(self.tr("Read what changed (F5)")))
        set_icon(self._refresh, "refresh")
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._name)
        texts.addWidget(self._what)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        row.addWidget(self._sources)
        row.addLayout(texts, 1)
        row.addWidget(self._offer)
        row.addWidget(self._refresh)
        row.addWidget(self._open)
        row.addWidget(self._menu_button)
        self._timer.setInterval(_TICK_MILLISECONDS)

    def _connect(self) -> None:
        self._sources.clicked.connect(lambda: self._list.open_below(self._sources))
        self._offer.clicked.connect(self._on_offer_clicked)
        self._refresh.clicked.connect(self.refresh_requested)
        self._list.added_folder_requested.connect(self.added_folder_requested)
        self._timer.timeout.connect(self._refresh_description)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for icon, text, signal, shortcut in (
            ("folder", self.tr("Choose &folder…"), self.folder_requested, "Ctrl+O"),
            ("file", self.tr("Choose f&iles…"), self.files_requested, "Ctrl+Shift+O"),
            ("folder-add", self.tr("&Add folder…"), self.added_folder_requested, ""),
            ("sample", self.tr("Try the &sample data"), self.sample_requested, ""),
        ):
            action = menu.addAction(text)
            set_icon(action, icon)
            action.triggered.connect(signal)
            if shortcut:
                action.setShortcut(QKeySequence(shortcut))
                self._shortcuts.append(action)
        return menu

    def show_state(self, state: ExportState) -> None:
        """Draw the sources of this state."""
        self._state = state
        names = state.opening if state.phase is Phase.READING and not state.sources else state.sources
        self._name.setText(named(names))
        self._name.set_hint("\n".join(names))
        self._sources.setText(counted(_CONTEXT, "{n} source(s)", len(names)))
        self._refresh.setEnabled(state.phase is Phase.READY)
        self._offer.setEnabled(state.phase is Phase.READY)
        self._refresh_offer()
        self._open.setEnabled(state.phase is not Phase.EXPORTING)
        self._list.show_state(state)
        self._refresh_description()
        self._set_ticking(state.phase is not Phase.EMPTY)

    def show_changes(self, changes: SourceChanges) -> None:
        """Offer what is new on the disk; nothing on the screen changes until the offer is taken."""
        self._changes = changes
        self._list.show_changes(changes)
        self._refresh_offer()

    def refresh_icons(self) -> None:
        """Draw the icons in the colours that are in force."""
        self._list.refresh()

    def actions_with_shortcuts(self) -> list[QAction]:
        """What a window must take as its own actions, so that their keys act while the menu is closed."""
        return self._shortcuts

    def value(self) -> tuple[str, ...]:
        """The sources on the screen."""
        return self._state.sources

    def description(self) -> str:
        """The line about the sources."""
        return self._what.text()

    def sources_list(self) -> SourceList:
        """The list of the sources."""
        return self._list

    def list_button(self) -> QPushButton:
        """The button that opens the list."""
        return self._sources

    def offer_button(self) -> QPushButton:
        """“3 files changed · Update”."""
        return self._offer

    def open_button(self) -> QPushButton:
        """“Open”, with its menu."""
        return self._open

    def menu_button(self) -> MenuButton:
        """The way to the menu of the program."""
        return self._menu_button

    def refresh_button(self) -> QToolButton:
        """The button that reads again."""
        return self._refresh

    def _refresh_offer(self) -> None:
        unread = self._state.partial and self._state.phase is Phase.READY
        self._offer.setText(self.tr("Read the rest") if unread else offered(self._changes))
        self._offer.setVisible(unread or bool(self._changes))

    def _set_ticking(self, ticking: bool) -> None:
        if ticking and not self._timer.isActive():
            self._timer.start()
        elif not ticking:
            self._timer.stop()

    def _on_offer_clicked(self) -> None:
        if self._changes.missing:
            self._list.open_below(self._sources)
        else:
            self.refresh_requested.emit()

    def _refresh_description(self) -> None:
        text = _described(self._state, self._clock())
        if text != self._what.text():
            self._what.setText(text)


def named(sources: Sequence[str]) -> str:
    """Some sources as one line, the home folder as ``~``."""
    names = [short_path(source) for source in sources[:3]]
    if len(sources) > len(names):
        names.append(counted(_CONTEXT, "{n} more", len(sources) - len(names)))
    return ", ".join(names)


def offered(changes: SourceChanges) -> str:
    """What is new as an offer: 2 new files, 3 files changed, 1.2 MB · Update.

    Without a source there is nothing to update.
    """
    parts = []
    if changes.new:
        parts.append(counted(_CONTEXT, "{n} new file(s)", changes.new))
    if changes.changed:
        parts.append(counted(_CONTEXT, "{n} file(s) changed", changes.changed))
    if changes.gone:
        parts.append(counted(_CONTEXT, "{n} file(s) gone", changes.gone))
    if changes.grown:
        parts.append(translate(_CONTEXT, "{size} more").format(size=size(changes.grown)))
    if changes.missing:
        return counted(_CONTEXT, "{n} source(s) no longer there ▸", len(changes.missing))
    return f"{', '.join(parts)} · {translate(_CONTEXT, 'Update')}"


def _described(state: ExportState, now: float) -> str:
    summary = state.summary
    if state.partial:
        return _described_in_part(state)
    if state.phase is Phase.READING and (not state.sources or set(state.opening) != set(state.sources)):
        return counted(_CONTEXT, "Reading {n} source(s) …", len(state.opening))
    if summary is None:
        return ""
    parts = [
        counted(_CONTEXT, "{n} file(s)", summary.files),
        counted(_CONTEXT, "{n} event(s)", summary.events),
    ]
    if summary.pending:
        parts.append(counted(_CONTEXT, "{n} line(s) still being written", summary.pending))
    parts.append(translate(_CONTEXT, "updated {ago}").format(ago=ago(now - state.read_at)))
    return " · ".join(parts)


def _described_in_part(state: ExportState) -> str:
    if state.phase is not Phase.READING:
        return translate(_CONTEXT, "Only a part has been read")
    return translate(_CONTEXT, "Still being read; what is in already is below")
