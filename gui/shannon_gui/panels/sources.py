"""What is open, in one bar along the top: which sources, how much is in them, and how to open others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from shannon_gui.formatting import plain_tooltip
from shannon_gui.i18n import counted
from shannon_gui.icons import pixmap, set_icon
from shannon_gui.state import ExportState, Phase
from shannon_gui.widgets.elided_label import ElidedLabel
from shannon_gui.widgets.styled import button, plain_label


class SourcesPanel(QFrame):
    """Names the sources and offers to open more."""

    folder_requested = Signal()
    files_requested = Signal()
    added_folder_requested = Signal()
    sample_requested = Signal()
    refresh_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel()
        self._name = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)
        self._what = plain_label(tone="muted")
        self._open: QPushButton = button(self.tr("&Open"), role="menu")
        self._refresh = QToolButton()
        self._sources: tuple[str, ...] = ()
        self._shortcuts: list[QAction] = []
        self._build_ui()

    def _build_ui(self) -> None:
        self.setProperty("role", "bar")
        self._name.setProperty("role", "title")
        self._open.setMenu(self._menu())
        self._refresh.setAccessibleName(self.tr("Read again"))
        self._refresh.setToolTip(plain_tooltip(self.tr("Read what changed (F5)")))
        set_icon(self._refresh, "refresh")
        self._refresh.clicked.connect(self.refresh_requested)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._name)
        texts.addWidget(self._what)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        row.addWidget(self._icon)
        row.addLayout(texts, 1)
        row.addWidget(self._refresh)
        row.addWidget(self._open)

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
        self._sources = state.sources
        self._icon.setPixmap(pixmap("folder", "muted", 20, self.devicePixelRatioF()))
        names = state.opening if state.phase is Phase.READING and not state.sources else state.sources
        self._name.setText(named(names))
        self._name.set_hint("\n".join(names))
        self._what.setText(_described(state))
        self._refresh.setEnabled(state.phase is Phase.READY)
        self._open.setEnabled(state.phase is not Phase.EXPORTING)

    def actions_with_shortcuts(self) -> list[QAction]:
        """What a window must take as its own actions, so that their keys act while the menu is closed."""
        return self._shortcuts

    def value(self) -> tuple[str, ...]:
        """The sources on the screen."""
        return self._sources

    def description(self) -> str:
        """What is said about them."""
        return self._what.text()

    def open_button(self) -> QPushButton:
        """“Open”, with its menu."""
        return self._open

    def refresh_button(self) -> QToolButton:
        """The button that reads again."""
        return self._refresh


def named(sources: Sequence[str]) -> str:
    """Some sources as one line, the home folder as ``~``."""
    names = [short_path(source) for source in sources[:3]]
    if len(sources) > len(names):
        names.append(counted("sources", "{n} more", len(sources) - len(names)))
    return ", ".join(names)


def short_path(path: str) -> str:
    """The path, with the home folder as ``~``."""
    home = str(Path.home())
    return f"~{path[len(home) :]}" if path == home or path.startswith(f"{home}/") else path


def _described(state: ExportState) -> str:
    summary = state.summary
    if state.phase is Phase.READING and (not state.sources or set(state.opening) != set(state.sources)):
        return counted("sources", "Reading {n} source(s) …", len(state.opening))
    if summary is None:
        return ""
    parts = [
        counted("sources", "{n} file(s)", summary.files),
        counted("sources", "{n} event(s)", summary.events),
    ]
    if summary.pending:
        parts.append(counted("sources", "{n} line(s) still being written", summary.pending))
    return " · ".join(parts)
