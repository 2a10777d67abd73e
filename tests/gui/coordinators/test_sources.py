"""Sources in the window: found, opened, watched, removed, read again."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from harness.fakes import FakeSession
from harness.window import WAIT, PromptAsker
from shannon_core.errors import TargetError
from shannon_core.ingest.disk_changes import SourceChanges
from shannon_gui import eventloop
from shannon_gui.controllers.found_logs import FoundLog, FoundLogs
from shannon_gui.controllers.ports import OpenSession
from shannon_gui.dialogs.rejects_dialog import RejectsDialog
from shannon_gui.state import ExportState, Phase
from shannon_gui.windows.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
LOGS = (
    FoundLog("claude-code", "/home/.claude/projects", 1204, 1_200_000_000, 1000.0),
    FoundLog("codex", "/home/.codex/sessions"),
)


class TestWindow:
    @pytest.fixture
    def session(self, loop: asyncio.AbstractEventLoop) -> FakeSession:
        return FakeSession()

    @pytest.fixture
    def window(
        self, make_main_window: Callable[[OpenSession], MainWindow], session: FakeSession
    ) -> MainWindow:
        async def open_session(sources: tuple[str, ...]) -> FakeSession:
            session.sources = sources
            return session

        return make_main_window(open_session)

    @pytest.fixture
    def ready(self, window: MainWindow, qtbot: QtBot) -> MainWindow:
        window.source_opener.open(("/logs", "/more"))
        qtbot.waitUntil(lambda: window.panels.preview.value() is not None)
        return window

    def test_that_ticked_folders_are_opened_together(self, window: MainWindow, qtbot: QtBot) -> None:
        qtbot.waitUntil(lambda: window.panels.empty.heading().startswith("No logs"))
        window.panels.empty.show_found(FoundLogs(False, LOGS))
        qtbot.mouseClick(window.panels.empty.open_button(), LEFT)
        qtbot.waitUntil(lambda: window.state().phase is Phase.READY)
        assert window.state().sources == tuple(log.folder for log in LOGS)

    def test_that_a_removed_source_leaves_the_others_and_the_last_the_first_screen(
        self, ready: MainWindow, session: FakeSession, qtbot: QtBot
    ) -> None:
        listed = ready.panels.sources.sources_list()
        listed.removed.emit("/logs")
        qtbot.waitUntil(lambda: ready.state().sources == ("/more",) and ready.state().phase is Phase.READY)
        listed.removed.emit("/more")
        qtbot.waitUntil(ready.panels.empty.isVisible)
        assert ready.state() == ExportState(now=ready.state().now)

    def test_that_a_changed_source_is_offered_and_f5_takes_it(
        self, ready: MainWindow, session: FakeSession, qtbot: QtBot
    ) -> None:
        table = ready.panels.preview.table()
        table.verticalScrollBar().setValue(300)
        session.changed = SourceChanges(new=2)
        ready.source_coordinator.watch().compare_now()
        qtbot.waitUntil(ready.panels.sources.offer_button().isVisible)
        assert (table.rowAt(0), len(session.reads)) == (300, 1)
        session.changed = SourceChanges()
        ready.activateWindow()
        with qtbot.waitSignal(ready.table_model().modelReset):
            qtbot.keyClick(ready, Qt.Key.Key_F5)
        qtbot.waitUntil(lambda: not ready.panels.sources.offer_button().isVisible())
        assert (table.rowAt(0), len(session.reads)) == (300, 2)

    def test_that_rejected_lines_of_a_source_are_saved_to_the_chosen_file(
        self, ready: MainWindow, session: FakeSession, asker: PromptAsker, qtbot: QtBot
    ) -> None:
        asker.target = "/out/rejects.csv"
        ready.source_coordinator.show_rejects("/more")
        qtbot.waitUntil(lambda: bool(ready.findChildren(RejectsDialog)))
        (dialog,) = ready.findChildren(RejectsDialog)
        qtbot.mouseClick(dialog.save_button(), LEFT)
        qtbot.waitUntil(ready.panels.message.isVisible)
        assert session.saved == [(Path("/out/rejects.csv"), "/more", True)]
        assert ready.panels.message.text() == "3 lines saved\n/out/rejects.csv"
        session.error = TargetError("target_full", path="/out/rejects.csv", reason="")
        qtbot.mouseClick(dialog.save_button(), LEFT)
        qtbot.waitUntil(lambda: ready.panels.message.level() == "danger")
        dialog.close()


def test_that_a_first_reading_can_be_looked_into_cancelled_and_taken_up_again(
    real_window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shannon_core.ingest.refresh.COMMIT_BYTES", 1)
    monkeypatch.setattr("shannon_core.ingest.refresh.FIRST_COMMIT_BYTES", 1)
    monkeypatch.setattr("shannon_core.ingest.refresh.STATEMENT_BYTES", 1)
    monkeypatch.setattr("shannon_core.ingest.refresh.FIRST_STATEMENT_BYTES", 1)
    for number in range(40):
        event = {"id": f"e{number}", "timestamp": "2026-01-02T03:04:05Z", "type": "tool_use"}
        (tmp_path / f"{number}.jsonl").write_text(json.dumps(event) + "\n")
    window, panels = real_window, real_window.panels
    window.source_opener.open((str(tmp_path),))
    qtbot.waitUntil(lambda: panels.preview.value() is not None, timeout=WAIT)
    assert (window.state().phase, window.state().partial) == (Phase.READING, True)
    assert panels.sources.description().startswith("Still being read")
    qtbot.mouseClick(panels.progress.cancel_button(), LEFT)
    qtbot.waitUntil(lambda: window.state().phase is Phase.READY, timeout=WAIT)
    monkeypatch.undo()
    assert panels.sources.description() == "Only a part has been read"
    assert not panels.export_bar.button().isEnabled()
    assert panels.sources.offer_button().text() == "Read the rest"
    qtbot.mouseClick(panels.sources.offer_button(), LEFT)
    qtbot.waitUntil(lambda: window.state().phase is Phase.READY and not window.state().partial, timeout=WAIT)
    qtbot.waitUntil(lambda: panels.preview.overall() == 40, timeout=WAIT)
    assert panels.export_bar.button().isEnabled()
    assert not panels.sources.offer_button().isVisible()


def test_that_the_logs_of_a_real_home_are_found_opened_and_watched(
    make_main_window: Callable[[OpenSession], MainWindow],
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from shannon_core.session import Session

    def line(number: int) -> str:
        return (
            json.dumps({"id": f"e{number}", "timestamp": "2026-01-02T03:04:05Z", "type": "tool_use"}) + "\n"
        )

    monkeypatch.setenv("HOME", str(tmp_path))
    log = tmp_path / ".shannon-mcp/metrics/metrics_1.jsonl"
    log.parent.mkdir(parents=True)
    log.write_text(line(1) + "broken\n")
    window = make_main_window(lambda sources: Session.open(sources, keep=False))
    qtbot.waitUntil(window.panels.empty.open_button().isVisible, timeout=WAIT)
    qtbot.mouseClick(window.panels.empty.open_button(), LEFT)
    listed, offer = window.panels.sources.sources_list(), window.panels.sources.offer_button()
    qtbot.waitUntil(lambda: [row[1] for row in listed.value()] == ["Read, with gaps"], timeout=WAIT)
    with log.open("a") as file:
        file.write(line(2))
    window.source_coordinator.watch().compare_now()
    qtbot.waitUntil(offer.isVisible, timeout=WAIT)
    assert offer.text() == f"1 file changed, {len(line(2))} B more · Update"
    qtbot.mouseClick(offer, LEFT)
    qtbot.waitUntil(lambda: window.panels.sources.description().startswith("1 file · 2 events"), timeout=WAIT)
    qtbot.waitUntil(eventloop.is_idle, timeout=WAIT)
    assert not offer.isVisible()
