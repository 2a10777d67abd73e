"""The first screen while nothing is open: what this is for, and three ways to begin."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from shannon_gui.icons import pixmap, set_icon
from shannon_gui.panels.sources import short_path
from shannon_gui.widgets.styled import button, plain_label, restyle

_RECENT_SHOWN = 3


class EmptyPanel(QWidget):
    """A place to drop folders on, with buttons for those who rather click."""

    folder_requested = Signal()
    files_requested = Signal()
    sample_requested = Signal()
    recent_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = QFrame()
        self._icon = QLabel()
        self._folder: QPushButton = button(self.tr("Choose &folder…"), role="primary")
        self._files: QPushButton = button(self.tr("Choose f&iles…"))
        self._sample: QPushButton = button(self.tr("Try the &sample data"))
        self._recent = QVBoxLayout()
        self._build_ui()
        self._connect()

    def _build_ui(self) -> None:
        self._zone.setProperty("role", "dropzone")
        self._zone.setFixedWidth(640)
        title = plain_label(self.tr("Drop a folder with agent logs here"), role="title")
        text = plain_label(
            self.tr(
                "Shannon Exporter reads the event logs of AI agents (.jsonl, also compressed) and turns the events "
                "that you choose into JSON, CSV, JSONL, Parquet, Excel and ZIP. The logs stay as they are, and nothing "
                "leaves this computer."
            ),
            tone="muted",
            wrap=True,
        )
        for label in (title, text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for item in (self._folder, self._files, self._sample):
            buttons.addWidget(item)
        buttons.addStretch(1)
        inner = QVBoxLayout(self._zone)
        inner.setContentsMargins(48, 40, 48, 40)
        inner.setSpacing(12)
        inner.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        inner.addWidget(title)
        inner.addWidget(text)
        inner.addSpacing(12)
        inner.addLayout(buttons)
        self._recent.setSpacing(0)
        inner.addLayout(self._recent)
        column = QVBoxLayout(self)
        column.addStretch(2)
        middle = (
            QHBoxLayout()
        )  # not an alignment, which would cut wrapped text: it asks for no height for a width
        middle.addStretch(1)
        middle.addWidget(self._zone)
        middle.addStretch(1)
        column.addLayout(middle)
        column.addStretch(3)
        self.refresh_icons()

    def _connect(self) -> None:
        self._folder.clicked.connect(self.folder_requested)
        self._files.clicked.connect(self.files_requested)
        self._sample.clicked.connect(self.sample_requested)

    def refresh_icons(self) -> None:
        """Draw the icons in the colours that are in force."""
        self._icon.setPixmap(pixmap("drop", "accent", 40, self.devicePixelRatioF()))

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

    def folder_button(self) -> QPushButton:
        """“Choose folder…”."""
        return self._folder

    def sample_button(self) -> QPushButton:
        """“Try the sample data”."""
        return self._sample
