"""The layout of the main window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from shannon_gui.appearance import icons
from shannon_gui.models.preview_table import PreviewTable
from shannon_gui.panels.export.export_bar import ExportBar
from shannon_gui.panels.export.log import LogPanel
from shannon_gui.panels.export.progress import ProgressPanel
from shannon_gui.panels.filters.form_panel import FormPanel
from shannon_gui.panels.results.aggregations import AggregationsPanel
from shannon_gui.panels.results.charts import ChartsPanel
from shannon_gui.panels.results.preview_panel import PreviewPanel
from shannon_gui.panels.results.report import ReportPanel
from shannon_gui.panels.sources.source_bar import SourceBar
from shannon_gui.panels.sources.start_page import StartPage
from shannon_gui.state import ExportState, Phase
from shannon_gui.widgets.message_bar import MessageBar
from shannon_gui.widgets.styled import hairline

_TABS_AND_LOG_HEIGHTS = [600, 168]


class Workspace(QWidget):
    """The parts of the main window, put together: the first screen, or the form beside preview and log.

    Below the screen that is shown is the message bar, and below that the button that exports or, while a job runs,
    its progress.
    """

    def __init__(self, model: PreviewTable, zone: str) -> None:
        super().__init__()
        self.message = MessageBar()
        self.empty = StartPage()
        self.sources = SourceBar()
        self.form = FormPanel(zone)
        self.preview = PreviewPanel(model)
        self.aggregations = AggregationsPanel()
        self.charts = ChartsPanel()
        self.report = ReportPanel()
        self.log = LogPanel()
        self.export_bar = ExportBar()
        self.progress = ProgressPanel()
        self.tabs = QTabWidget()
        self.split = QSplitter(Qt.Orientation.Vertical)
        self._screens = QStackedWidget()
        self._foot = QStackedWidget()
        self._foot_line = hairline()
        self._work = self._work_screen()
        self._build_ui()

    def _build_ui(self) -> None:
        self._screens.addWidget(self.empty)
        self._screens.addWidget(self._work)
        self._foot.addWidget(self.export_bar)
        self._foot.addWidget(self.progress)
        self._foot.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        _stack(self, self._screens, self.message, self._foot_line, self._foot, tall=self._screens)

    def _work_screen(self) -> QWidget:
        tabs = self.tabs
        tabs.setDocumentMode(True)
        tabs.tabBar().setDrawBase(False)
        tabs.addTab(self.preview, QCoreApplication.translate("layout", "&Preview"))
        tabs.addTab(self.aggregations, QCoreApplication.translate("layout", "&Aggregations"))
        tabs.addTab(self.charts, QCoreApplication.translate("layout", "C&harts"))
        tabs.addTab(self.report, QCoreApplication.translate("layout", "&Report"))
        self.split.addWidget(tabs)
        self.split.addWidget(self.log)
        self.split.setStretchFactor(0, 1)
        self.split.setHandleWidth(1)
        self.split.setCollapsible(0, False)
        self.split.setSizes(_TABS_AND_LOG_HEIGHTS)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.form)
        row.addWidget(hairline(vertical=True))
        row.addWidget(self.split, 1)
        screen = QWidget()
        _stack(screen, self.sources, hairline(), body, tall=body)
        return screen

    def show_state(self, state: ExportState) -> None:
        """Draw what this state says."""
        self.sources.show_state(state)
        self.progress.show_state(state)
        is_empty = state.phase is Phase.EMPTY
        self._screens.setCurrentWidget(self.empty if is_empty else self._work)
        self._foot.setHidden(is_empty)
        self._foot_line.setHidden(is_empty)
        self._show_foot(self.progress if state.busy else self.export_bar)
        if state.phase is Phase.READING and not state.sources:
            self.preview.show_reading()

    def _show_foot(self, wanted: QWidget) -> None:
        """Change what stands at the foot; the focus goes on there instead of anywhere."""
        shown = self._foot.currentWidget()
        had_focus = shown is not None and shown.isAncestorOf(self.focusWidget() or self)
        for page in (self.progress, self.export_bar):  # the foot is as high as what it shows
            room = QSizePolicy.Policy.Fixed if page is wanted else QSizePolicy.Policy.Ignored
            page.setSizePolicy(QSizePolicy.Policy.Preferred, room)
        self._foot.setCurrentWidget(wanted)
        if had_focus and wanted is not shown:
            button = self.progress.cancel_button() if wanted is self.progress else self.export_bar.button()
            button.setFocus()

    def redraw_icons(self) -> None:
        """Draw pictures again after the colours have changed."""
        self.empty.refresh_icons()
        self.sources.refresh_icons()
        self.message.refresh_icon()
        self.aggregations.refresh_icons()
        self.charts.redraw()
        self.report.use_colors(icons.colors())
        self.export_bar.redraw_icons()
        self.progress.files().redraw_icons()


def _stack(around: QWidget, *parts: QWidget, tall: QWidget) -> None:
    column = QVBoxLayout(around)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part, int(part is tall))
