"""The one dialog for bugs: it says that the program is at fault, and gives details that can be copied."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from shannon_gui.appearance.icons import pixmap
from shannon_gui.appearance.measures import wide
from shannon_gui.widgets.styled import button, plain_label


class ErrorDialog(QDialog):
    """Further bugs are added to the details instead of opening further dialogs."""

    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._details = QPlainTextEdit(details)
        self._copy: QPushButton = button(self.tr("&Copy details"))
        self._close: QPushButton = button(self.tr("C&lose"), role="primary")
        self._build_ui()
        self._copy.clicked.connect(self.copy)
        self._close.clicked.connect(self.accept)

    def _build_ui(self) -> None:
        self.setWindowTitle(self.tr("Internal error"))
        self.resize(wide(640), 400)
        icon = QLabel()
        icon.setPixmap(pixmap("danger", "danger", 24, self.devicePixelRatioF()))
        title = plain_label(self.tr("Internal error"), role="title")
        text = plain_label(
            self.tr(
                "Something went wrong in Shannon Exporter; your logs are unchanged. You can go on working. "
                "Please report it with the details below; look through them first, because they can name your files."
            ),
            wrap=True,
        )
        self._details.setReadOnly(True)
        self._details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._details.setAccessibleName(self.tr("Details"))
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(icon)
        head.addWidget(title, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self._copy)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(text)
        column.addWidget(self._details, 1)
        column.addLayout(buttons)
        self._close.setDefault(True)

    def add_details(self, details: str) -> None:
        """Add another bug below the ones that are shown."""
        self._details.appendPlainText(f"\n{details}")

    def details(self) -> str:
        """The details as they are copied."""
        return self._details.toPlainText()

    def copy(self) -> None:
        """Put the details on the clipboard."""
        QGuiApplication.clipboard().setText(self.details())
