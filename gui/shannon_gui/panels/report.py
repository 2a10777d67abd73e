"""The report over the selection, letter by letter as it will be saved."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit

from shannon_core.report import UsageReport
from shannon_core.request import ReportFormat
from shannon_gui.i18n import counted
from shannon_gui.labels import report_label
from shannon_gui.panels.answer import AnswerPanel


class ReportPanel(AnswerPanel):
    """One format at a time, as plain text: nothing from the logs is ever rendered."""

    def __init__(self) -> None:
        name = QCoreApplication.translate("report", "Report format")
        kinds = [(item, report_label(item)) for item in ReportFormat]
        super().__init__(kinds, ReportFormat.TEXT, name)
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text.setAccessibleName(QCoreApplication.translate("report", "Report"))
        self._text.setProperty("role", "document")
        self.show_below(self._text)

    def show_answer(self, answer: object) -> None:
        """Show the report."""
        if isinstance(answer, UsageReport):
            self._text.setPlainText(answer.content)
            self.set_note(counted("report", "{n} character(s)", len(answer.content)))

    def text(self) -> str:
        """The report on the screen."""
        return self._text.toPlainText()
