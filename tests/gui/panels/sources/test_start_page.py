"""The first screen: found folders and how to open them."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from harness.fakes import Recorder
from shannon_gui.controllers.found_logs import FoundLog, FoundLogs
from shannon_gui.panels.sources.start_page import StartPage

LEFT = Qt.MouseButton.LeftButton
LOGS = (
    FoundLog("claude-code", "/home/.claude/projects", 1204, 1_200_000_000, 1000.0),
    FoundLog("codex", "/home/.codex/sessions"),
)


class TestFirstScreen:
    @pytest.fixture
    def panel(self, qtbot: QtBot) -> StartPage:
        panel = StartPage()
        qtbot.addWidget(panel)
        panel.show()
        return panel

    def test_that_found_folders_are_all_ticked_and_open_with_one_click(
        self, panel: StartPage, qtbot: QtBot
    ) -> None:
        opened = Recorder(panel.opened)
        panel.show_found(FoundLogs(True, LOGS))
        assert panel.open_button().text() == "&Open 2 sources"
        qtbot.mouseClick(panel.open_button(), LEFT)
        assert opened.heard == [tuple(log.folder for log in LOGS)]

    def test_that_what_was_unticked_stays_so_while_others_are_counted(self, panel: StartPage) -> None:
        panel.show_found(FoundLogs(True, LOGS))
        panel.found_list().box(LOGS[0].folder).setChecked(False)
        panel.show_found(FoundLogs(False, (LOGS[0], FoundLog("codex", LOGS[1].folder, 2, 30, 4.0))))
        assert panel.found_list().ticked() == (LOGS[1].folder,)
        panel.found_list().box(LOGS[1].folder).setChecked(False)
        assert not panel.open_button().isEnabled()

    def test_that_nothing_found_is_said_with_what_to_do(self, panel: StartPage) -> None:
        panel.show_found(FoundLogs(False, LOGS))
        panel.show_found(FoundLogs(False))
        assert panel.heading() == "No logs were found on this computer"
        assert not panel.open_button().isVisible()
        assert panel.folder_button().property("role") == "primary"

    def test_that_looking_is_said(self, panel: StartPage) -> None:
        assert panel.heading() == "Looking for logs on this computer …"
