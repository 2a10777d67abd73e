"""The history in the window: past exports, repeated with a click."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from harness.fakes import FakeSession
from harness.window import PromptAsker, finish_export, shown_dialog
from shannon_core.request.export_request import (
    Encoding,
    ExportFormat,
)
from shannon_gui.dialogs.history_dialog import HistoryDialog
from shannon_gui.panels.filters.export_formats import FormatChoice
from shannon_gui.windows.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
EXCEL, CSV = ExportFormat.EXCEL, ExportFormat.CSV


class TestHistory:
    def export(
        self, window: MainWindow, session: FakeSession, asker: PromptAsker, target: Path, qtbot: QtBot
    ) -> None:
        asker.target = str(target)
        qtbot.mouseClick(window.panels.export_bar.button(), LEFT)
        finish_export(window, session, qtbot, str(target))

    def open(self, window: MainWindow) -> HistoryDialog:
        window.export_coordinator.menu.show_history()
        found = shown_dialog(window, HistoryDialog)
        assert isinstance(found, HistoryDialog)
        return found

    def test_that_an_export_is_done_again_with_a_click(
        self, window: MainWindow, session: FakeSession, asker: PromptAsker, tmp_path: Path, qtbot: QtBot
    ) -> None:
        self.export(window, session, asker, tmp_path / "usage.json", qtbot)
        window.panels.form.formats.set_value(FormatChoice((CSV,), Encoding()))
        qtbot.mouseClick(self.open(window).again_button(), LEFT)
        assert session.exports[1][0] == session.exports[0][0]
        finish_export(window, session, qtbot)

    def test_that_the_sources_of_a_past_export_are_opened_first(
        self,
        window: MainWindow,
        session: FakeSession,
        sessions: list[FakeSession],
        asker: PromptAsker,
        tmp_path: Path,
        qtbot: QtBot,
    ) -> None:
        self.export(window, session, asker, tmp_path / "usage.json", qtbot)
        (tmp_path / "other").mkdir()
        window.source_opener.open((str(tmp_path / "other"),))
        qtbot.waitUntil(lambda: window.state().sources == (str(tmp_path / "other"),))
        qtbot.mouseClick(self.open(window).again_button(), LEFT)
        qtbot.waitUntil(lambda: len(sessions) == 3 and bool(sessions[2].exports))
        assert sessions[2].exports[0][0] == session.exports[0][0]
        finish_export(window, sessions[2], qtbot)

    def test_that_rows_say_when_what_and_how(
        self,
        window: MainWindow,
        session: FakeSession,
        asker: PromptAsker,
        tmp_path: Path,
        qtbot: QtBot,
        qtmodeltester: ModelTester,
    ) -> None:
        self.export(window, session, asker, tmp_path / "usage.json", qtbot)
        shown = self.open(window)
        row = [shown.model().item(0, column).text() for column in range(1, 5)]
        assert row == ["Finished", "7", "JSON", "usage.json"]
        qtmodeltester.check(shown.model())
        qtbot.mouseClick(shown.clear_button(), LEFT)
        assert window.export_coordinator.history.all() == ()
        assert not shown.again_button().isEnabled()
        shown.reject()
