"""The list behind the bar of sources: the state of each, what could not be read in it, and what else could be open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from shannon_core.ingest.disk_changes import SourceChanges
from shannon_gui.appearance.icons import Tone, pixmap, set_icon
from shannon_gui.appearance.measures import tall, wide
from shannon_gui.controllers.found_logs import FoundLogs
from shannon_gui.panels.sources.found_folders import FoundFolders
from shannon_gui.state import ExportState, Phase
from shannon_gui.text.formatting import size
from shannon_gui.text.i18n import counted, translate
from shannon_gui.text.labels import kind_label, short_path
from shannon_gui.widgets.elided_label import ElidedLabel
from shannon_gui.widgets.styled import button, hairline, plain_label

if TYPE_CHECKING:
    from shannon_core.query.source_inventory import SourceFigures

_LIST_WIDTH = 720
_ICON_SIZE = 16
_FIGURES_HEIGHT = 28
_PATH = 1
_CONTEXT = "sources"
Status = tuple[str, Tone, str]
"""Icon, tone and word of a source's state."""


class SourceList(QFrame):
    """A pop-up that a click elsewhere closes."""

    rejects_requested = Signal(str)
    """What could not be read in this source."""
    removed = Signal(str)
    added = Signal(str)
    added_folder_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._state = ExportState()
        self._figures: dict[str, SourceFigures] = {}
        self._changes = SourceChanges()
        self._found_logs = FoundLogs()
        self._rows = QGridLayout()
        self._found_heading = plain_label(self.tr("Also on this computer"), role="heading")
        self._found = FoundFolders(self.tr("Add"), tickable=False)
        self._add: QPushButton = button(self.tr("&Add folder…"))
        self._rejects: dict[str, QPushButton] = {}
        self._removers: dict[str, QToolButton] = {}
        self._build_ui()
        self._connect()

    def _build_ui(self) -> None:
        self.setProperty("role", "popup")
        self.setFixedWidth(wide(_LIST_WIDTH))
        self.setAccessibleName(self.tr("Sources"))
        self._rows.setHorizontalSpacing(12)
        self._rows.setVerticalSpacing(2)
        self._rows.setColumnStretch(_PATH, 1)
        self._line = hairline()
        foot = QHBoxLayout()
        foot.addWidget(self._add)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(self._rows)
        column.addWidget(self._line)
        column.addWidget(self._found_heading)
        column.addWidget(self._found)
        column.addLayout(foot)

    def _connect(self) -> None:
        self._found.requested.connect(self._on_found_requested)
        self._add.clicked.connect(self.hide)
        self._add.clicked.connect(self.added_folder_requested)

    def show_state(self, state: ExportState) -> None:
        """Draw the sources of this state."""
        before, self._state = self._state, state
        if (before.sources, before.phase, before.partial) != (state.sources, state.phase, state.partial):
            self.refresh()

    def show_inventory(self, figures: Sequence[SourceFigures]) -> None:
        """Each source holds this."""
        self._figures = {item.source: item for item in figures}
        self.refresh()

    def show_changes(self, changes: SourceChanges) -> None:
        """Mark the sources that changed on the disk."""
        self._changes = changes
        self.refresh()

    def show_found(self, found: FoundLogs) -> None:
        """These folders with logs are on this computer."""
        self._found_logs = found
        self._refresh_found()

    def refresh(self) -> None:
        """Draw every source again."""
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._rejects.clear()
        self._removers.clear()
        for number, source in enumerate(self._state.sources):
            self._add_row(2 * number, source)
        self._refresh_found()

    def open_below(self, anchor: QWidget) -> None:
        """Come up under this control."""
        self.refresh()
        self.adjustSize()
        self.move(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))
        self.show()

    def value(self) -> list[tuple[str, str, str]]:
        """Path, word of the state and figures of each source."""
        return [
            (
                source,
                status_of(source, self._state, self._figures.get(source), self._changes)[2],
                self._said(source),
            )
            for source in self._state.sources
        ]

    def rejects_button(self, source: str) -> QPushButton:
        """“3 lines rejected” of a source."""
        return self._rejects[source]

    def remove_button(self, source: str) -> QToolButton:
        """The button that removes a source."""
        return self._removers[source]

    def found_list(self) -> FoundFolders:
        """What else could be open."""
        return self._found

    def _refresh_found(self) -> None:
        is_open = set(self._state.sources)
        others = [log for log in self._found_logs.logs if log.folder not in is_open]
        self._found.show_logs(others)
        for part in (self._line, self._found_heading, self._found):
            part.setVisible(bool(others))

    def _add_row(self, row: int, source: str) -> None:
        figures = self._figures.get(source)
        name, tone, word = status_of(source, self._state, figures, self._changes)
        icon = QLabel()
        icon.setPixmap(pixmap(name, tone, _ICON_SIZE, self.devicePixelRatioF()))
        icon.setAccessibleName(word)
        kinds = ", ".join(kind_label(kind) for kind in figures.kinds) if figures else ""
        path = ElidedLabel(
            " · ".join(filter(None, (kinds, short_path(source)))), mode=Qt.TextElideMode.ElideMiddle
        )
        path.setProperty("role", "heading")
        path.set_hint(source)
        state = plain_label(word, tone=tone)
        remove = self._removers[source] = QToolButton()
        set_icon(remove, "close", "muted")
        remove.setAccessibleName(self.tr("Remove {source}").format(source=source))
        remove.setToolTip(self.tr("Remove from the open sources; the logs stay"))
        remove.setEnabled(self._state.phase is Phase.READY)
        remove.clicked.connect(lambda _checked=False: self._on_remove_clicked(source))
        said = ElidedLabel(self._said(source))
        said.setProperty("tone", "muted")
        self._rows.setRowMinimumHeight(row + 1, tall(_FIGURES_HEIGHT))
        self._rows.addWidget(icon, row, 0)
        self._rows.addWidget(path, row, _PATH)
        self._rows.addWidget(state, row, 2, Qt.AlignmentFlag.AlignRight)
        self._rows.addWidget(remove, row, 3)
        self._rows.addWidget(said, row + 1, _PATH)
        if figures and (figures.rejected or figures.problems):
            self._rows.addWidget(self._rejects_link(source, figures), row + 1, 2, Qt.AlignmentFlag.AlignRight)

    def _rejects_link(self, source: str, figures: SourceFigures) -> QPushButton:
        link = self._rejects[source] = button(_unread(figures) + " ▸", role="link")
        link.setProperty("tone", "warning")
        link.clicked.connect(lambda _checked=False: self._on_rejects_clicked(source))
        return link

    def _said(self, source: str) -> str:
        figures = self._figures.get(source)
        if figures is None:
            return ""
        parts = [
            counted(_CONTEXT, "{n} file(s)", figures.files),
            size(figures.size),
            counted(_CONTEXT, "{n} event(s)", figures.events),
        ]
        if figures.pending:
            parts.append(counted(_CONTEXT, "{n} line(s) still being written", figures.pending))
        return " · ".join(parts)

    def _on_found_requested(self, folder: str) -> None:
        self.hide()
        self.added.emit(folder)

    def _on_remove_clicked(self, source: str) -> None:
        self.hide()
        self.removed.emit(source)

    def _on_rejects_clicked(self, source: str) -> None:
        self.hide()
        self.rejects_requested.emit(source)


def status_of(
    source: str, state: ExportState, figures: SourceFigures | None, changes: SourceChanges
) -> Status:
    """How a source is, as an icon with a tone and a word."""
    if source in changes.missing:
        return "danger", "danger", translate(_CONTEXT, "No longer there")
    if state.phase is Phase.READING:
        return "refresh", "accent", translate(_CONTEXT, "Being read")
    if state.partial:
        return "warning", "warning", translate(_CONTEXT, "Read in part")
    if figures is None:
        return "info", "muted", translate(_CONTEXT, "Open")
    if figures.rejected or figures.problems:
        return "warning", "warning", translate(_CONTEXT, "Read, with gaps")
    if not figures.events:
        return "info", "muted", translate(_CONTEXT, "No events")
    return "success", "success", translate(_CONTEXT, "Read")


def _unread(figures: SourceFigures) -> str:
    parts = []
    if figures.rejected:
        parts.append(counted(_CONTEXT, "{n} line(s) rejected", figures.rejected))
    if figures.problems:
        parts.append(counted(_CONTEXT, "{n} file(s) read in part", figures.problems))
    return ", ".join(parts)
