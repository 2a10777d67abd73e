"""Which logs: what is found, what is open, what is new in it, and what could not be read."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from harness.fakes import READ, FakeJob, FakeSession, Recorder, settle, spawn
from harness.window import WAIT, PromptAsker
from shannon_core.errors import StoreError, TargetError
from shannon_core.ingest.disk_changes import SourceChanges
from shannon_core.jobs.progress import Cancelled, Finished, Notice, ReadingProgress, SourcesRead
from shannon_core.query.source_inventory import SourceFigures
from shannon_core.sources.log_locations import FoundFolder, KnownFolder
from shannon_gui import eventloop
from shannon_gui.controllers.found_logs import FoundLog, FoundLogs
from shannon_gui.controllers.log_discovery import LogDiscoveryController
from shannon_gui.controllers.ports import OpenSession
from shannon_gui.controllers.source_watch import SourceWatchController
from shannon_gui.controllers.sources import SourcesController
from shannon_gui.dialogs.rejects_dialog import RejectsDialog
from shannon_gui.panels.sources.source_bar import SourceBar, offered
from shannon_gui.panels.sources.source_list import status_of
from shannon_gui.panels.sources.start_page import StartPage
from shannon_gui.state import ExportState, Phase, SourcesChosen, SourcesClosed, SourcesShown, reduce
from shannon_gui.text.formatting import ago
from shannon_gui.text.labels import short_path
from shannon_gui.windows.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
CLAUDE, CODEX = KnownFolder("claude-code", Path("/home/.claude/projects")), KnownFolder("codex", Path("/x"))
LOGS = (
    FoundLog("claude-code", "/home/.claude/projects", 1204, 1_200_000_000, 1000.0),
    FoundLog("codex", "/home/.codex/sessions"),
)


def counted(known: KnownFolder, _check: Callable[[], None]) -> FoundFolder | None:
    return FoundFolder(known.kind, known.folder, 3, 4000, 1000.0) if known is CLAUDE else None


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not is_so():
            await asyncio.sleep(0.005)


class TestDiscovery:
    async def test_that_folders_are_told_before_they_are_counted_and_empty_ones_go(self) -> None:
        controller = LogDiscoveryController(spawn, lambda: [CLAUDE, CODEX], counted)
        said = Recorder(controller.found)
        controller.look()
        await until(lambda: bool(said.heard) and not said.heard[-1].looking)
        uncounted = (FoundLog("claude-code", str(CLAUDE.folder)), FoundLog("codex", "/x"))
        whole = FoundLog("claude-code", str(CLAUDE.folder), 3, 4000, 1000.0)
        assert said.heard == [
            FoundLogs(True, uncounted),
            FoundLogs(True, (whole, uncounted[1])),
            FoundLogs(False, (whole,)),
        ]

    async def test_that_a_folder_that_takes_long_holds_nothing_up_and_can_be_given_up(self) -> None:
        gate = threading.Event()

        def slow(_known: KnownFolder, check: Callable[[], None]) -> FoundFolder | None:
            gate.wait(5)
            check()
            return None

        controller = LogDiscoveryController(spawn, lambda: [CLAUDE], slow)
        said = Recorder(controller.found)
        controller.look()
        await until(lambda: len(said.heard) == 1)
        controller.look()  # a search is running already
        controller.stop()
        gate.set()
        await asyncio.sleep(0.05)
        assert len(said.heard) == 1

    async def test_that_a_package_whose_source_is_broken_is_named_once(self) -> None:
        broken = [Notice("warning", "The entry point a of b cannot be used: no")]
        controller = LogDiscoveryController(spawn, list, counted, lambda: broken)
        said, found = Recorder(controller.noticed), Recorder(controller.found)
        controller.look()
        await until(lambda: len(found.heard) == 1)
        controller.look()
        await until(lambda: len(found.heard) == 2)
        assert said.heard == broken


class TestWatch:
    async def test_that_figures_come_with_the_sources_and_changes_when_there_are_some(self) -> None:
        controller, session = SourceWatchController(spawn, interval=0.01), FakeSession(("/a", "/b"))
        figures, changes = Recorder(controller.inventory_found), Recorder(controller.changes_found)
        controller.attach(session)
        await until(lambda: session.glances > 1)
        assert [item.source for item in figures.heard[0]] == ["/a", "/b"]
        assert changes.heard == []
        session.changed = SourceChanges(new=1)
        await until(lambda: bool(changes.heard))
        controller.refresh()
        assert changes.heard == [SourceChanges(new=1), SourceChanges()]
        controller.detach()

    async def test_that_the_disk_is_left_alone_while_a_job_runs_and_after_the_end(self) -> None:
        controller, session = SourceWatchController(spawn, interval=0.01), FakeSession()
        controller.set_paused(True)
        controller.attach(session)
        await asyncio.sleep(0.05)
        assert session.glances == 0
        controller.set_paused(False)
        await until(lambda: session.glances > 0)
        controller.detach()
        seen = session.glances
        await asyncio.sleep(0.05)
        assert session.glances == seen

    async def test_that_a_store_that_fails_is_said(self) -> None:
        class Broken(FakeSession):
            async def inventory(self) -> tuple[SourceFigures, ...]:
                raise StoreError("store_failed", reason="disk")

        controller = SourceWatchController(spawn, interval=0.01)
        failed = Recorder(controller.failed)
        controller.attach(Broken())
        await settle()
        assert [error.title for error in failed.heard] == ["The cache failed."]
        controller.detach()


async def test_that_sources_can_be_let_go_of() -> None:
    session = FakeSession()

    async def open_session(_sources: tuple[str, ...]) -> FakeSession:
        return session

    controller = SourcesController(open_session, spawn)
    said, closing = Recorder(controller.progressed), Recorder(controller.closing)
    controller.choose(("/logs",))
    await settle()
    controller.clear()
    await settle()
    assert (controller.session, session.closed, len(closing.heard)) == (None, True, 1)
    assert said.heard[-1] == SourcesClosed()


class TestFirstReading:
    def controller(self, session: FakeSession) -> SourcesController:
        async def open_session(_sources: tuple[str, ...]) -> FakeSession:
            return session

        session.next_read = FakeJob()
        return SourcesController(open_session, spawn)

    def progress(self, committed: int) -> ReadingProgress:
        return ReadingProgress(0, 9, 10, 100, committed, 0.1, committed)

    async def test_that_what_is_in_is_shown_and_again_when_it_has_doubled(self) -> None:
        session = FakeSession()
        controller = self.controller(session)
        opened, refreshed = Recorder(controller.opened), Recorder(controller.refreshed)
        controller.choose(("/logs",))
        await settle()
        for committed, expected in ((0, (0, 0)), (10, (1, 0)), (19, (1, 0)), (20, (1, 1)), (39, (1, 1))):
            session.reads[0].say(self.progress(committed))
            await settle()
            assert (len(opened.heard), len(refreshed.heard)) == expected
        session.reads[0].say(*READ)
        await settle()
        assert (len(opened.heard), len(refreshed.heard), session.closed) == (1, 2, False)

    async def test_that_a_cancel_keeps_what_is_on_the_screen(self) -> None:
        session = FakeSession()
        controller = self.controller(session)
        controller.choose(("/logs",))
        await settle()
        session.reads[0].say(self.progress(10))
        await settle()
        controller.cancel()
        await settle()
        assert (controller.session, session.closed) == (session, False)

    async def test_that_sources_on_the_screen_give_way_to_whole_ones_only(self) -> None:
        first, second = FakeSession(("/a",)), FakeSession(("/b",))
        waiting = [first, second]

        async def open_session(_sources: tuple[str, ...]) -> FakeSession:
            return waiting.pop(0)

        controller = SourcesController(open_session, spawn)
        controller.choose(("/a",))
        await settle()
        second.next_read = FakeJob(self.progress(10))
        controller.choose(("/b",))
        await settle()
        assert controller.session is first
        second.reads[0].say(*READ)
        await settle()
        assert (controller.session, first.closed) == (second, True)

    def test_that_sources_read_in_part_are_not_whole_until_they_were_read_to_the_end(self) -> None:
        state = ExportState()
        for event in (SourcesChosen(("/a",)), SourcesShown(), Cancelled()):
            state = reduce(state, event)
        assert (state.phase, state.sources, state.partial) == (Phase.READY, ("/a",), True)
        for event in (SourcesChosen(("/a",)), *READ):
            state = reduce(state, event)
        assert (state.phase, state.partial) == (Phase.READY, False)


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


class TestBar:
    @pytest.fixture
    def panel(self, qtbot: QtBot) -> SourceBar:
        panel = SourceBar(clock=lambda: 130.0)
        qtbot.addWidget(panel)
        panel.show()
        return panel

    def ready(self, *sources: str) -> ExportState:
        state = ExportState()
        for event in (SourcesChosen(sources), SourcesRead(2, 1000, 3, 0, 2, 0.5), Finished((), 1000, 0.5)):
            state = reduce(state, event, 10.0)
        return state

    def test_that_the_bar_says_how_much_there_is_and_how_fresh(self, panel: SourceBar) -> None:
        panel.show_state(self.ready("/a", "/b"))
        assert panel.description() == "2 files · 1,000 events · updated 2 min ago"
        assert panel.list_button().text() == "2 sources"

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            (SourceChanges(1, 2, 0, 1_200_000), "1 new file, 2 files changed, 1.2 MB more · Update"),
            (SourceChanges(gone=1), "1 file gone · Update"),
            (SourceChanges(changed=1, missing=("/b",)), "1 source no longer there ▸"),
        ],
    )
    def test_that_what_is_new_is_offered(self, changes: SourceChanges, said: str) -> None:
        assert offered(changes) == said

    def test_that_the_offer_goes_when_it_was_taken(self, panel: SourceBar, qtbot: QtBot) -> None:
        panel.show_state(self.ready("/a"))
        taken = Recorder(panel.refresh_requested)
        panel.show_changes(SourceChanges(new=1))
        qtbot.mouseClick(panel.offer_button(), LEFT)
        panel.show_changes(SourceChanges())
        assert len(taken.heard) == 1
        assert not panel.offer_button().isVisible()

    def test_that_a_missing_source_leads_to_the_list_where_it_can_be_removed(
        self, panel: SourceBar, qtbot: QtBot
    ) -> None:
        panel.show_state(self.ready("/a", "/b"))
        panel.show_changes(SourceChanges(missing=("/b",)))
        qtbot.mouseClick(panel.offer_button(), LEFT)
        assert panel.sources_list().isVisible()
        assert panel.sources_list().remove_button("/b").isEnabled()

    def test_that_the_list_has_the_state_and_figures_of_each_source(
        self, panel: SourceBar, qtbot: QtBot
    ) -> None:
        listed = panel.sources_list()
        panel.show_state(self.ready("/a", "/b", "/c"))
        listed.show_inventory(
            [
                SourceFigures("/a", ("claude-code",), 2, 5000, 900),
                SourceFigures("/b", ("codex",), 1, 800, 100, rejected=3, pending=1, problems=1),
            ]
        )
        panel.show_changes(SourceChanges(missing=("/c",)))
        qtbot.mouseClick(panel.list_button(), LEFT)
        assert listed.isVisible()
        assert listed.value() == [
            ("/a", "Read", "2 files · 5.0 KB · 900 events"),
            ("/b", "Read, with gaps", "1 file · 800 B · 100 events · 1 line still being written"),
            ("/c", "No longer there", ""),
        ]
        asked, removed = Recorder(listed.rejects_requested), Recorder(listed.removed)
        assert listed.rejects_button("/b").text() == "3 lines rejected, 1 file read in part ▸"
        listed.rejects_button("/b").click()
        listed.remove_button("/a").click()
        assert (asked.heard, removed.heard) == (["/b"], ["/a"])
        assert not listed.isVisible()

    def test_that_found_folders_that_are_not_open_are_offered(self, panel: SourceBar) -> None:
        listed = panel.sources_list()
        listed.show_found(FoundLogs(False, LOGS))
        panel.show_state(self.ready(LOGS[0].folder))
        assert listed.found_list().value() == (LOGS[1],)
        added = Recorder(listed.added)
        listed.found_list().requested.emit(LOGS[1].folder)
        assert added.heard == [LOGS[1].folder]

    def test_that_a_source_without_events_is_no_success(self) -> None:
        empty = SourceFigures("/a", files=2)
        assert status_of("/a", self.ready("/a"), empty, SourceChanges())[2] == "No events"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-3, "just now"),
        (1.9, "just now"),
        (59, "59 s ago"),
        (60, "1 min ago"),
        (7300, "2 h ago"),
        (86_400, "1 day ago"),
    ],
)
def test_that_ages_are_coarse(seconds: float, text: str) -> None:
    assert ago(seconds) == text


def test_that_the_home_folder_is_a_tilde_and_its_neighbours_are_not() -> None:
    home = str(Path.home())
    assert (short_path(f"{home}/x"), short_path(home), short_path(f"{home}x")) == ("~/x", "~", f"{home}x")


class TestRejects:
    @pytest.fixture
    def dialog(self, qtbot: QtBot) -> Iterator[RejectsDialog]:
        rows = pa.table(
            {
                "path": ["/logs/a.gz", "/logs/b.jsonl"],
                "line": pa.array([None, 7], pa.int64()),
                "reason": ["ends in the middle", "bad_json"],
                "excerpt": ["", "<b>x"],
            }
        )
        dialog = RejectsDialog(rows, 5, 1, source="/logs")
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    def test_that_the_selected_lines_are_copied_or_else_all(self, dialog: RejectsDialog) -> None:
        dialog.copy()
        assert len(QGuiApplication.clipboard().text().splitlines()) == 3
        dialog.table().selectRow(1)
        dialog.copy()
        assert QGuiApplication.clipboard().text().splitlines()[1:] == ["/logs/b.jsonl\t7\tbad_json\t<b>x"]

    def test_that_the_folder_of_one_line_can_be_shown(self, dialog: RejectsDialog, qtbot: QtBot) -> None:
        wanted = Recorder(dialog.folder_requested)
        assert not dialog.reveal_button().isEnabled()
        dialog.table().selectRow(0)
        qtbot.mouseClick(dialog.reveal_button(), LEFT)
        assert wanted.heard == ["/logs/a.gz"]


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
