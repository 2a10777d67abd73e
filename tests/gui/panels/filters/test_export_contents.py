"""The choice of contents: events, aggregations and reports."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from harness.fakes import Recorder
from shannon_core.request.contents import AggregationType, Contents, ReportFormat
from shannon_core.request.table_keys import AGGREGATIONS
from shannon_gui.panels.filters.export_contents import ExportContentsPanel

LEFT = Qt.MouseButton.LeftButton


class TestContents:
    @pytest.fixture
    def contents(self, qtbot: QtBot) -> ExportContentsPanel:
        panel = ExportContentsPanel()
        qtbot.addWidget(panel)
        panel.show()
        return panel

    def test_that_the_choice_is_said_in_one_line(self, contents: ExportContentsPanel) -> None:
        assert contents.text() == "Contents: events, 3 aggregations, 2 reports"
        contents.set_value(Contents(False, (AggregationType.DAILY,), ()))
        assert contents.text() == "Contents: 1 aggregation"

    def test_that_all_or_none_are_one_change(self, contents: ExportContentsPanel, qtbot: QtBot) -> None:
        changed = Recorder(contents.changed)
        contents.button().click()
        links = {
            link.accessibleName(): link
            for link in contents.button().popup().findChildren(QPushButton)
            if link.accessibleName()
        }
        qtbot.mouseClick(links["Aggregations: All"], LEFT)
        assert contents.value().aggregations == tuple(AGGREGATIONS)
        qtbot.mouseClick(links["Reports: None"], LEFT)
        qtbot.mouseClick(links["Reports: None"], LEFT)
        assert contents.value().reports == ()
        assert len(changed.heard) == 2
        contents.button().popup().close()

    def test_that_the_keyboard_opens_and_closes_the_choices(
        self, contents: ExportContentsPanel, qtbot: QtBot
    ) -> None:
        qtbot.keyClick(contents.button(), Qt.Key.Key_Space)
        popup = contents.button().popup()
        assert popup.isVisible()
        qtbot.keyClick(contents.raw_box(), Qt.Key.Key_Space)
        assert contents.text() == "Contents: 3 aggregations, 2 reports"
        qtbot.keyClick(popup, Qt.Key.Key_Escape)
        assert not popup.isVisible()


def test_that_contents_survive_a_round_trip(qtbot: QtBot) -> None:
    panel = ExportContentsPanel()
    qtbot.addWidget(panel)
    assert set(panel.value().aggregations) == set(Contents().aggregations)
    assert panel.value().reports == Contents().reports
    wanted = Contents(False, (AggregationType.HOURLY, AggregationType.BY_PROJECT), (ReportFormat.HTML,))
    panel.set_value(wanted)
    assert panel.value() == wanted
    changed = Recorder(panel.changed)
    panel.raw_box().click()
    assert panel.value().raw_events
    assert len(changed.heard) == 1
