"""The report over the selection: the HTML one rendered as it will be saved, the others letter by letter."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QStackedWidget

from shannon_core.request.report_specs import REPORTS
from shannon_gui.appearance.theme import LIGHT, Colors
from shannon_gui.panels.results.result_tab import ResultTab
from shannon_gui.text.i18n import counted
from shannon_gui.text.labels import report_label
from shannon_gui.text.report_html import page_of
from shannon_gui.widgets.page_view import PageView
from shannon_gui.widgets.styled import button

if TYPE_CHECKING:
    from shannon_core.report.render import UsageReport


class ReportPanel(ResultTab):
    """One format at a time, to be read, opened and saved."""

    save_requested = Signal(object)
    """The UsageReport to be saved."""
    browser_requested = Signal(object)
    """The UsageReport to be opened in a browser."""

    def __init__(self) -> None:
        name = QCoreApplication.translate("report", "Report format")
        kinds = [
            (spec.id, report_label(spec.id)) for spec in sorted(REPORTS.values(), key=attrgetter("tab_order"))
        ]
        super().__init__(kinds, kinds[0][0], name)
        self._report: UsageReport | None = None
        self._colors = LIGHT
        self._pages = QStackedWidget()
        self._page = PageView()
        self._text = QPlainTextEdit()
        self._open: QPushButton = button(self.tr("Open in &browser"))
        self._save: QPushButton = button(self.tr("&Save report…"))
        self._build_ui()

    def _build_ui(self) -> None:
        self._text.setReadOnly(True)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        for view in (self._text, self._page):
            view.setAccessibleName(QCoreApplication.translate("report", "Report"))
            view.setProperty("role", "document")
            self._pages.addWidget(view)
        for each in (self._open, self._save):
            self.add_to_head(each)
            each.setEnabled(False)
        self._open.clicked.connect(self._on_open_clicked)
        self._save.clicked.connect(self._on_save_clicked)
        self.show_below(self._pages)

    def show_answer(self, answer: object) -> None:
        """Show a UsageReport; answers of other tabs are ignored."""
        from shannon_core.report.render import UsageReport

        if isinstance(answer, UsageReport):
            self._report = answer
            is_page = REPORTS[answer.format].is_page
            if is_page:
                self._show_page(answer)
            else:
                self._text.setPlainText(answer.content)
            self._pages.setCurrentWidget(self._page if is_page else self._text)
            self._open.setVisible(is_page)
            self._open.setEnabled(is_page)
            self._save.setEnabled(True)
            self.set_note("" if is_page else counted("report", "{n} character(s)", len(answer.content)))

    def _show_page(self, report: UsageReport) -> None:
        self._page.show_page(page_of(report.content, self._colors, self.font().family()))

    def use_colors(self, colors: Colors) -> None:
        """Show the page in these colours."""
        self._colors = colors
        if self._report is not None and REPORTS[self._report.format].is_page:
            self._show_page(self._report)

    def text(self) -> str:
        """The report on the screen."""
        is_page = self._pages.currentWidget() is self._page
        return self._page.toPlainText() if is_page else self._text.toPlainText()

    def page(self) -> PageView:
        """Where the HTML report is rendered."""
        return self._page

    def save_button(self) -> QPushButton:
        """“Save report…”."""
        return self._save

    def open_button(self) -> QPushButton:
        """“Open in browser”."""
        return self._open

    def _on_open_clicked(self) -> None:
        self.browser_requested.emit(self._report)

    def _on_save_clicked(self) -> None:
        self.save_requested.emit(self._report)
