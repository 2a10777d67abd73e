"""Presets, history and jobs: kept whole, chosen by name, done again, and honest about what cannot be read."""

import json
import shlex
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from harness.fakes import FakeSession
from harness.window import PromptAsker
from shannon_core.cli.arguments import argument_parser, task_of
from shannon_core.errors import ShannonError
from shannon_core.jobs.progress import Cancelled, ExportStarted, Failed, FileWritten, Finished, Terminal
from shannon_core.request.export_request import (
    AggregationType,
    Contents,
    Encoding,
    ExportFormat,
    ExportRequest,
)
from shannon_core.request.selection import EventFilter, Selection
from shannon_core.request.time_range import TimeRange
from shannon_gui import eventloop
from shannon_gui.controllers.ports import OpenSession
from shannon_gui.dialogs.history_dialog import HistoryDialog
from shannon_gui.dialogs.preset_dialogs import ManagePresetsDialog, SavePresetDialog
from shannon_gui.panels.filters.event_filters import Choice
from shannon_gui.panels.filters.export_formats import FormatChoice
from shannon_gui.state import Phase
from shannon_gui.storage.history import MOST, History, PastExport
from shannon_gui.storage.json_file import JsonFile
from shannon_gui.storage.presets import Preset, Presets
from shannon_gui.storage.settings import Settings
from shannon_gui.windows.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
NOW = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
EXCEL, CSV = ExportFormat.EXCEL, ExportFormat.CSV
REQUEST = ExportRequest(
    ("/logs",),
    "/out/usage",
    (EXCEL, CSV),
    Selection(
        TimeRange.parse("2026-11-16", "2026-11-22", "Europe/Berlin"),
        (EventFilter("type", ("tool_use",)),),
        "x",
    ),
    Contents(True, (AggregationType.WEEKLY,), ()),
    Encoding(csv_bom=True),
)


def dialog(window: MainWindow, kind: type[QDialog]) -> QDialog:
    return next(found for found in window.findChildren(kind) if found.isVisible())


class TestKept:
    @pytest.fixture
    def kept(self, loop: QEventLoop, tmp_path: Path) -> JsonFile:
        return JsonFile(tmp_path / "kept" / "presets.json", eventloop.spawn)

    def test_that_presets_come_back_with_their_default(
        self, kept: JsonFile, tmp_path: Path, qtbot: QtBot
    ) -> None:
        presets = Presets(kept)
        presets.put(Preset("Monday", REQUEST, "week", "/out/usage-{date}"))
        presets.put(Preset("audit", replace(REQUEST, formats=(CSV,))))
        presets.set_default("Monday")
        qtbot.waitUntil(eventloop.is_idle)
        again = Presets(JsonFile(tmp_path / "kept" / "presets.json", eventloop.spawn))
        assert list(again.all()) == ["audit", "Monday"]
        assert again.default == Preset("Monday", REQUEST, "week", "/out/usage-{date}")
        assert (tmp_path / "kept" / "presets.json").stat().st_mode & 0o077 == 0

    def test_that_renaming_and_deleting_keep_the_default_true(self, kept: JsonFile, qtbot: QtBot) -> None:
        presets = Presets(kept)
        for name in ("one", "two"):
            presets.put(Preset(name, REQUEST))
        presets.set_default("one")
        presets.rename("one", "three")
        presets.rename("three", "two")
        assert list(presets.all()) == ["three", "two"]
        assert presets.default == Preset("three", REQUEST)
        presets.delete("three")
        assert presets.default is None
        qtbot.waitUntil(eventloop.is_idle)

    @pytest.mark.parametrize(
        "content", ["", "[]", '{"shannon_presets": 2}', '{"shannon_presets": 1, "presets": [{}]}', "\xff"]
    )
    def test_that_what_cannot_be_read_is_set_aside(
        self, kept: JsonFile, tmp_path: Path, content: str
    ) -> None:
        path = tmp_path / "kept" / "presets.json"
        path.parent.mkdir()
        path.write_bytes(content.encode("latin-1"))
        assert Presets(kept).all() == {}
        assert path.with_name("presets.json.unreadable").read_bytes() == content.encode("latin-1")

    def test_that_a_place_where_nothing_can_be_kept_is_said(
        self, loop: QEventLoop, tmp_path: Path, qtbot: QtBot
    ) -> None:
        (tmp_path / "file").write_text("not a folder")
        kept = JsonFile(tmp_path / "file" / "presets.json", eventloop.spawn)
        failed: list[ShannonError] = []
        kept.failed.connect(failed.append)
        Presets(kept).put(Preset("Monday", REQUEST))
        qtbot.waitUntil(lambda: bool(failed))
        assert "cannot be written" in failed[0].title

    @pytest.mark.parametrize(
        ("end", "outcome"),
        [
            (Finished(("/out/u.csv",), 5, 0.1), "finished"),
            (Finished(("/out/u.csv",), 5, 0.1, 1), "errors"),
            (Failed("files_failed"), "failed"),
            (Cancelled(), "cancelled"),
        ],
    )
    def test_that_the_history_comes_back(
        self, kept: JsonFile, tmp_path: Path, end: Terminal, outcome: str, qtbot: QtBot
    ) -> None:
        past = PastExport.of(NOW, REQUEST, end, 5, ("/out/u.csv",))
        assert past.outcome == outcome
        History(kept).add(past)
        qtbot.waitUntil(eventloop.is_idle)
        assert History(JsonFile(tmp_path / "kept" / "presets.json", eventloop.spawn)).all() == (past,)

    def test_that_the_history_keeps_the_newest(self, kept: JsonFile, qtbot: QtBot) -> None:
        history = History(kept)
        for number in range(MOST + 20):
            history.add(PastExport(NOW, REQUEST, "finished", number, ()))
        assert [item.events for item in history.all()] == list(range(MOST + 19, 19, -1))
        qtbot.waitUntil(eventloop.is_idle)


def test_that_days_stand_in_the_name_of_a_target() -> None:
    preset = Preset("x", REQUEST, "week", "/out/{date}/usage {from}..{to} {date} {other}")
    assert preset.resolved_target(REQUEST, NOW) == (
        "/out/{date}/usage 2026-11-16..2026-11-22 2026-11-23 {other}"
    )


@pytest.fixture
def session(loop: QEventLoop) -> FakeSession:
    return FakeSession()


@pytest.fixture
def sessions() -> list[FakeSession]:
    """Every session that was opened."""
    return []


@pytest.fixture
def window(
    make_main_window: Callable[[OpenSession], MainWindow],
    session: FakeSession,
    sessions: list[FakeSession],
    tmp_path: Path,
    qtbot: QtBot,
) -> MainWindow:
    sessions.append(session)

    async def open_session(sources: tuple[str, ...]) -> FakeSession:
        opened = sessions[-1] if len(sessions) == 1 and not session.reads else FakeSession()
        opened.sources = sources
        sessions.extend([opened] if opened is not session else [])
        return opened

    window = make_main_window(open_session)
    window.source_opener.open((str(tmp_path),))
    qtbot.waitUntil(lambda: window.panels.preview.value() is not None)
    return window


def finish(window: MainWindow, session: FakeSession, qtbot: QtBot, *paths: str) -> None:
    written = [FileWritten(EXCEL, path, 7, 10, 0.1) for path in paths]
    session.exports[-1][1].say(ExportStarted(7, paths), *written, Finished(paths, 7, 0.1))
    qtbot.waitUntil(lambda: window.state().phase is Phase.READY)


class TestPresets:
    def choose(self, window: MainWindow) -> None:
        form = window.panels.form
        form.formats.set_value(FormatChoice((EXCEL,), Encoding()))
        form.time.choose("week")
        form.filters.add_choice(Choice("tool_name", "Bash"))

    def save(self, window: MainWindow, qtbot: QtBot, name: str, target: str = "") -> None:
        window.export_coordinator.menu.save_preset()
        asking = dialog(window, SavePresetDialog)
        assert isinstance(asking, SavePresetDialog)
        asking.set_value(name, target=target)
        qtbot.mouseClick(asking.save_button(), LEFT)

    def test_that_a_monday_report_is_three_clicks(
        self, window: MainWindow, session: FakeSession, asker: PromptAsker, tmp_path: Path, qtbot: QtBot
    ) -> None:
        self.choose(window)
        self.save(window, qtbot, "Monday", str(tmp_path / "usage-{date}"))
        form = window.panels.form
        form.clear_selection()
        form.formats.set_value(FormatChoice((CSV,), Encoding(csv_bom=True)))
        assert window.panels.export_bar.button().text() == "&Export…"

        menu = window.export_coordinator.menu.menu
        qtbot.mouseClick(window.panels.export_bar.more_button(), LEFT)  # one
        qtbot.waitUntil(menu.isVisible)
        first = menu.actions()[0]
        assert first.text() == "Monday"
        qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(first).center())  # two
        assert window.panels.export_bar.button().text() == "&Export"
        qtbot.mouseClick(window.panels.export_bar.button(), LEFT)  # three

        asked = session.exports[0][0]
        assert asker.asked == []
        assert asked.formats == (EXCEL,)
        assert asked.selection.filters == (EventFilter("tool_name", ("Bash",)),)
        assert asked.selection.time_range.start is not None
        assert Path(asked.target).name == f"usage-{datetime.now().astimezone():%Y-%m-%d}"
        finish(window, session, qtbot)

    def test_that_the_place_of_a_preset_counts_while_the_choices_are_its_own(
        self, window: MainWindow, tmp_path: Path, qtbot: QtBot
    ) -> None:
        self.choose(window)
        self.save(window, qtbot, "Monday", str(tmp_path / "usage-{date}"))
        assert window.export_flow.current_preset() is not None
        assert not window.export_flow.plan().asks
        window.panels.form.formats.box(CSV).click()
        assert window.export_flow.current_preset() is None
        assert window.export_flow.plan().asks

    def test_that_a_standing_file_of_a_preset_is_replaced_only_when_agreed(
        self, window: MainWindow, session: FakeSession, asker: PromptAsker, tmp_path: Path, qtbot: QtBot
    ) -> None:
        self.choose(window)
        self.save(window, qtbot, "Monday", str(tmp_path / "usage"))
        (tmp_path / "usage.xlsx").write_text("precious")
        qtbot.mouseClick(window.panels.export_bar.button(), LEFT)
        assert asker.replacing == [["usage.xlsx"]]
        assert session.exports == []
        asker.overwrite = True
        qtbot.mouseClick(window.panels.export_bar.button(), LEFT)
        assert session.exports[0][0].overwrite
        finish(window, session, qtbot)

    def test_that_a_number_key_chooses_a_preset(self, window: MainWindow, qtbot: QtBot) -> None:
        self.choose(window)
        self.save(window, qtbot, "Monday")
        window.panels.form.clear_selection()
        window.activateWindow()
        qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
        assert window.panels.form.time.quick() == "week"

    def test_that_a_preset_of_a_taken_name_says_that_it_replaces(
        self, window: MainWindow, qtbot: QtBot
    ) -> None:
        self.save(window, qtbot, "Monday")
        window.export_coordinator.menu.save_preset()
        asking = dialog(window, SavePresetDialog)
        assert isinstance(asking, SavePresetDialog)
        assert not asking.save_button().isEnabled()
        asking.set_value("Monday")
        assert asking.problem() == "A preset of this name is replaced."
        asking.set_value("Monday", target="/not/there/usage")
        assert asking.problem() == "There is no such folder."
        for name, problem in (("..", "Enter a file name."), ("a:b", "A file name cannot hold")):
            asking.set_value("Monday", target=f"/{name}")
            assert asking.problem().startswith(problem)
        asking.reject()

    def test_that_presets_are_put_in_order(self, window: MainWindow, qtbot: QtBot) -> None:
        presets = window.export_coordinator.presets
        for name in ("one", "two"):
            self.save(window, qtbot, name)
        window.export_coordinator.menu.manage_presets()
        managing = dialog(window, ManagePresetsDialog)
        assert isinstance(managing, ManagePresetsDialog)
        qtbot.mouseClick(managing.default_button(), LEFT)
        assert presets.default is not None
        assert presets.default.name == "one"
        managing.list_widget().item(0).setText("zero")
        assert managing.names() == ["two", "zero"]
        managing.list_widget().item(0).setText("zero")
        assert managing.names() == ["two", "zero"]
        managing.list_widget().setCurrentRow(1)
        qtbot.mouseClick(managing.delete_button(), LEFT)
        assert list(presets.all()) == ["two"]
        assert presets.default is None
        managing.accept()

    def test_that_a_new_window_begins_with_the_default(
        self,
        make_main_window: Callable[[OpenSession], MainWindow],
        loop: QEventLoop,
        settings: Settings,
        qtbot: QtBot,
    ) -> None:
        presets = Presets(JsonFile(settings.folder / "presets.json", eventloop.spawn))
        presets.put(Preset("Monday", REQUEST, "today"))
        presets.set_default("Monday")
        qtbot.waitUntil(eventloop.is_idle)

        async def open_session(_sources: tuple[str, ...]) -> FakeSession:
            return FakeSession()

        form = make_main_window(open_session).panels.form
        assert (form.formats.value().formats, form.time.quick()) == ((CSV, EXCEL), "today")
        assert form.filters.value().filters == REQUEST.selection.filters


class TestHistory:
    def export(
        self, window: MainWindow, session: FakeSession, asker: PromptAsker, target: Path, qtbot: QtBot
    ) -> None:
        asker.target = str(target)
        qtbot.mouseClick(window.panels.export_bar.button(), LEFT)
        finish(window, session, qtbot, str(target))

    def open(self, window: MainWindow) -> HistoryDialog:
        window.export_coordinator.menu.show_history()
        found = dialog(window, HistoryDialog)
        assert isinstance(found, HistoryDialog)
        return found

    def test_that_an_export_is_done_again_with_a_click(
        self, window: MainWindow, session: FakeSession, asker: PromptAsker, tmp_path: Path, qtbot: QtBot
    ) -> None:
        self.export(window, session, asker, tmp_path / "usage.json", qtbot)
        window.panels.form.formats.set_value(FormatChoice((CSV,), Encoding()))
        qtbot.mouseClick(self.open(window).again_button(), LEFT)
        assert session.exports[1][0] == session.exports[0][0]
        finish(window, session, qtbot)

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
        finish(window, sessions[2], qtbot)

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


class TestJobs:
    def test_that_the_copied_command_does_the_same_export(self, window: MainWindow, qtbot: QtBot) -> None:
        window.panels.form.filters.add_choice(Choice("tool_name", "Bash", negated=True))
        window.activateWindow()
        keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        qtbot.keyClick(window, Qt.Key.Key_C, keys)
        words = shlex.split(QGuiApplication.clipboard().text())
        assert words[0] == "shannon-export"
        task = task_of(argument_parser().parse_args(words[1:]))
        assert task.request == window.export_flow.request()

    def test_that_a_job_is_saved_and_opened_again(
        self, window: MainWindow, asker: PromptAsker, tmp_path: Path, qtbot: QtBot
    ) -> None:
        form, menu = window.panels.form, window.export_coordinator.menu
        form.formats.set_value(FormatChoice((CSV, EXCEL), Encoding(csv_bom=True)))
        form.filters.add_choice(Choice("type", "tool_use"))
        saved = window.export_flow.request()
        asker.target = asker.opened = str(tmp_path / "job.json")
        menu.save_job()
        qtbot.waitUntil(eventloop.is_idle)
        assert ExportRequest.from_json(Path(asker.target).read_text()) == saved
        form.clear_selection()
        form.formats.set_value(FormatChoice((), Encoding()))
        menu.open_job()
        qtbot.waitUntil(lambda: window.export_flow.request() == saved)

    def test_that_the_sources_of_a_job_are_opened(
        self, window: MainWindow, session: FakeSession, asker: PromptAsker, tmp_path: Path, qtbot: QtBot
    ) -> None:
        other = tmp_path / "other"
        other.mkdir()
        job = tmp_path / "job.json"
        job.write_text(replace(REQUEST, sources=(str(other),)).to_json())
        asker.opened = str(job)
        window.export_coordinator.menu.open_job()
        qtbot.waitUntil(lambda: window.state().sources == (str(other),))
        assert window.panels.form.formats.value().formats == (CSV, EXCEL)

    @pytest.mark.parametrize("content", [None, "", "{}", json.dumps({"shannon_job": 1})])
    def test_that_what_is_no_job_is_said_and_changes_nothing(
        self, window: MainWindow, asker: PromptAsker, tmp_path: Path, content: str | None, qtbot: QtBot
    ) -> None:
        asker.opened = str(tmp_path / "job.json")
        if content is not None:
            Path(asker.opened).write_text(content)
        before = window.export_flow.request()
        window.export_coordinator.menu.open_job()
        qtbot.waitUntil(window.panels.message.isVisible)
        assert window.panels.message.level() == "danger"
        assert window.export_flow.request() == before

    def test_that_the_log_is_saved_whole(
        self, window: MainWindow, asker: PromptAsker, tmp_path: Path, qtbot: QtBot
    ) -> None:
        asker.target = str(tmp_path / "log.txt")
        shown = window.panels.log.text()
        qtbot.mouseClick(window.panels.log.save_button(), LEFT)
        qtbot.waitUntil(eventloop.is_idle)
        assert (tmp_path / "log.txt").read_text() == shown + "\n"
