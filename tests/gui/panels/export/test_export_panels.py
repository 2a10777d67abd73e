"""What is seen while an export runs and after: bars, the log with its files, and four different ends."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from harness.fakes import Recorder
from shannon_core.errors import ShannonError, internal_error
from shannon_core.jobs.progress import (
    Cancelled,
    ExportStarted,
    Failed,
    FileFailed,
    FileProgress,
    FileWritten,
    Finished,
    Terminal,
)
from shannon_core.request.export_request import ExportFormat
from shannon_gui.dialogs.error_dialog import ErrorDialog
from shannon_gui.dialogs.error_presenter import ErrorPresenter
from shannon_gui.models.log import FOLDER_COLUMN, OPEN_COLUMN
from shannon_gui.panels.export.file_bars import FileBars
from shannon_gui.panels.export.log import LogPanel
from shannon_gui.state import ExportRequested, ExportState, StateEvent, reduce
from shannon_gui.storage.open_with_system import open_file, show_in_folder
from shannon_gui.widgets.message_bar import MessageBar

LEFT = Qt.MouseButton.LeftButton
JSON, CSV = ExportFormat.JSON, ExportFormat.CSV
STARTED = ExportStarted(100, ("/out/usage.json", "/out/usage.csv"))
WRITTEN = FileWritten(JSON, "/out/usage.json", 100, 5_000, 0.1)
BROKEN = FileFailed(
    CSV, "/out/usage.csv", "target_full", {"path": "/out/usage.csv", "reason": "No space left."}
)


def state_after(*events: StateEvent) -> ExportState:
    state = reduce(ExportState(), ExportRequested())
    for event in (STARTED, *events):
        state = reduce(state, event)
    return state


class TestFileBars:
    @pytest.fixture
    def bars(self, qtbot: QtBot) -> FileBars:
        bars = FileBars()
        qtbot.addWidget(bars)
        return bars

    def test_that_each_file_has_a_bar_and_a_word(self, bars: FileBars) -> None:
        bars.show_files(state_after(WRITTEN, FileProgress(CSV, "/out/usage.csv", 50, 100, "writing")).files)
        assert bars.text() == "usage.json done, 5.0 KB · usage.csv 48 %"
        assert bars.value() == pytest.approx([1, 0.475])

    def test_that_a_file_that_failed_says_so_in_a_word(self, bars: FileBars) -> None:
        bars.show_files(state_after(BROKEN).files)
        assert bars.text() == "usage.json waiting · usage.csv failed"

    def test_that_other_files_take_the_place_of_the_former_ones(self, bars: FileBars) -> None:
        bars.show_files(state_after().files)
        bars.show_files(state_after(ExportStarted(1, ("/out/<b>other&.zip",))).files)
        assert bars.text() == "<b>other&.zip waiting"


@pytest.fixture
def log(qtbot: QtBot) -> LogPanel:
    panel = LogPanel()
    qtbot.addWidget(panel)
    panel.resize(900, 200)
    panel.add("info", "Writing")
    panel.add("success", "JSON done", "/out/usage.json")
    panel.value()
    panel.show()
    return panel


class TestLog:
    @pytest.mark.parametrize(
        ("column", "signal"), [(OPEN_COLUMN, "open_requested"), (FOLDER_COLUMN, "folder_requested")]
    )
    def test_that_a_finished_file_is_opened_and_shown_with_a_click(
        self, log: LogPanel, qtbot: QtBot, column: int, signal: str
    ) -> None:
        heard = Recorder(getattr(log, signal))
        for row in (0, 1):
            place = log.table().visualRect(log.table().model().index(row, column)).center()
            qtbot.mouseClick(log.table().viewport(), LEFT, pos=place)
        assert heard.heard == ["/out/usage.json"]

    @pytest.mark.parametrize(
        ("column", "signal"),
        [(0, "open_requested"), (OPEN_COLUMN, "open_requested"), (FOLDER_COLUMN, "folder_requested")],
    )
    def test_that_enter_does_what_a_click_does(
        self, log: LogPanel, qtbot: QtBot, column: int, signal: str
    ) -> None:
        heard = Recorder(getattr(log, signal))
        log.activateWindow()
        log.table().setFocus()
        log.table().setCurrentIndex(log.table().model().index(1, column))
        qtbot.keyClick(log.table(), Qt.Key.Key_Return)
        assert heard.heard == ["/out/usage.json"]

    def test_that_the_menu_of_a_line_offers_what_it_has(self, log: LogPanel) -> None:
        texts = [[action.text() for action in log.menu_of(row).actions()] for row in (0, 1)]
        assert texts == [["&Copy line"], ["&Open", "Show in &folder", "&Copy line"]]

    def test_that_the_model_keeps_its_promises(self, log: LogPanel, qtmodeltester: ModelTester) -> None:
        qtmodeltester.check(log.table().model())

    def test_that_the_lines_that_are_shown_are_those_that_are_saved(self, log: LogPanel) -> None:
        log.words_field().setText("json")
        assert log.text().endswith("Done     JSON done")
        assert "Writing" not in log.text()


class TestEnds:
    @pytest.fixture
    def bar(self, qtbot: QtBot) -> MessageBar:
        bar = MessageBar()
        qtbot.addWidget(bar)
        return bar

    def said(self, bar: MessageBar, end: Terminal, *events: StateEvent) -> tuple[str, str]:
        ErrorPresenter(bar, bar).show_end(end, state_after(*events, end))
        return bar.level(), bar.text()

    def test_that_the_four_ends_look_and_read_differently(self, bar: MessageBar) -> None:
        done = Finished(("/out/usage.json",), 100, 0.4)
        ends = [
            self.said(bar, done, WRITTEN),
            self.said(bar, Finished(("/out/usage.json",), 100, 0.4, 1), WRITTEN, BROKEN),
            self.said(bar, Failed("store_full", {"reason": "usage.csv"})),
            self.said(bar, Cancelled(), WRITTEN),
        ]
        assert [level for level, _ in ends] == ["success", "warning", "danger", "info"]
        assert [text.partition("\n")[0] for _, text in ends] == [
            "Exported 100 events to 1 file",
            "Finished with errors: 1 part could not be made",
            "The disk of the cache is full.",
            "The export was cancelled.",
        ]

    def test_that_errors_name_the_file_the_reason_and_what_is_complete(self, bar: MessageBar) -> None:
        _, text = self.said(bar, Finished(("/out/usage.json",), 100, 0.4, 1), WRITTEN, BROKEN)
        assert "There is no room to write /out/usage.csv. No space left." in text
        assert "Complete and kept: usage.json." in text

    def test_that_of_many_errors_the_first_are_named(self, bar: MessageBar) -> None:
        many = [
            FileFailed(
                CSV, f"/out/u.zip: data_{n}.csv", "member_failed", {"member": f"data_{n}.csv", "reason": ""}
            )
            for n in range(7)
        ]
        _, text = self.said(bar, Finished(("/out/u.zip",), 100, 0.4, 7), *many)
        assert text.count(".csv could not be made.") == 3
        assert "and 4 more" in text

    def test_that_a_job_that_failed_by_a_bug_opens_the_dialog_with_its_traceback(
        self, bar: MessageBar
    ) -> None:
        presenter = ErrorPresenter(bar, bar)
        bug = internal_error(ValueError("unexpected"))
        presenter.show_end(Failed.of(bug), state_after(WRITTEN))
        (dialog,) = bar.findChildren(ErrorDialog)
        assert "ValueError: unexpected" in dialog.details()
        assert bar.text().startswith("Internal error.")
        assert "Complete and kept: usage.json." in bar.text()
        dialog.accept()

    @pytest.mark.parametrize("end", [Cancelled(), Failed("store_failed", {"reason": "Why."})])
    def test_that_what_was_kept_is_said(self, bar: MessageBar, end: Terminal) -> None:
        assert "Complete and kept: usage.json." in self.said(bar, end, WRITTEN)[1]
        assert bar.action_button().text() == "Show in folder"
        assert "No file was left behind, and none was changed." in self.said(bar, end)[1]


class TestFiles:
    def test_that_a_file_and_its_folder_are_opened(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened: list[str] = []
        monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
        path = tmp_path / "a b%20#.json"
        path.write_text("{}")
        open_file(str(path))
        show_in_folder(str(path))
        assert opened == [str(path), str(tmp_path)]

    def test_that_what_cannot_be_opened_is_said(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
        with pytest.raises(ShannonError, match="no longer there"):
            open_file(str(tmp_path / "gone.json"))
        with pytest.raises(ShannonError, match="No program"):
            show_in_folder(str(tmp_path / "gone.json"))


def test_that_a_press_on_the_menu_key_finds_the_line_that_is_current(log: LogPanel) -> None:
    log.table().setCurrentIndex(log.table().model().index(1, 0))
    log.table().customContextMenuRequested.emit(QPoint(5, 190))
    (menu,) = [child for child in log.findChildren(QWidget) if child.inherits("QMenu") and child.isVisible()]
    assert len(menu.actions()) == 3
    menu.close()
