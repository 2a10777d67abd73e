"""Sources, preview, facets and export over a stand-in for the core, without a window."""

import asyncio

from harness.fakes import READ, FakeJob, FakeSession, Recorder, settle, spawn
from shannon_core.errors import SourceError, StoreError, TargetError
from shannon_core.jobs.progress import (
    Cancelled,
    ExportStarted,
    Failed,
    FileProgress,
    Finished,
    ReadingProgress,
)
from shannon_core.request.export_request import ExportFormat, ExportRequest
from shannon_core.request.output_files import plan_output
from shannon_core.request.selection import EventFilter, Selection
from shannon_gui.controllers.export import ExportController
from shannon_gui.controllers.facets import FacetsController
from shannon_gui.controllers.preview import PAGE_ROWS, PAGES_WAITING, PreviewController
from shannon_gui.controllers.sources import SourcesController
from shannon_gui.state import CancelRequested, ExportRequested, SourcesChosen

PLAN = plan_output(ExportRequest(("/logs",), "/tmp/x.json", (ExportFormat.JSON,)))
BASH = Selection(filters=(EventFilter("tool_name", ("Bash",)),))
READ_TOOL = Selection(filters=(EventFilter("tool_name", ("Read",)),))


class TestSources:
    def controller(self, *sessions: FakeSession) -> SourcesController:
        waiting = list(sessions)

        async def open_session(_sources: tuple[str, ...]) -> FakeSession:
            return waiting.pop(0)

        return SourcesController(open_session, spawn)

    async def test_that_sources_are_opened_once_they_have_been_read(self) -> None:
        session = FakeSession()
        controller = self.controller(session)
        said, opened = Recorder(controller.progressed), Recorder(controller.opened)
        controller.choose(("/logs",))
        await settle()
        assert said.heard == [SourcesChosen(("/logs",)), *READ]
        assert opened.heard == [session]

    async def test_that_a_failed_reading_keeps_the_session_on_the_screen(self) -> None:
        first, second = FakeSession(), FakeSession(("/other",))
        controller = self.controller(first, second)
        failed = Recorder(controller.failed)
        controller.choose(("/logs",))
        await settle()
        problem = Failed("sources_without_logs", {"sources": ("/other",), "n": 0})
        second.next_read = FakeJob(problem)
        controller.choose(("/other",))
        await settle()
        assert controller.session is first
        assert failed.heard == [problem]
        assert (first.closed, second.closed) == (False, True)

    async def test_that_a_store_that_cannot_be_opened_is_said(self) -> None:
        async def open_session(_sources: tuple[str, ...]) -> FakeSession:
            raise StoreError("store_failed", reason="disk")

        controller = SourcesController(open_session, spawn)
        failed = Recorder(controller.failed)
        controller.choose(("/logs",))
        await settle()
        assert [event.title for event in failed.heard] == ["The cache failed."]

    async def test_that_a_newer_choice_voids_the_older_one(self) -> None:
        first, second = FakeSession(("/a",)), FakeSession(("/b",))
        controller = self.controller(first, second)
        first.next_read = FakeJob(ReadingProgress(0, 1, 0, 10, 0, 0.1))
        said, opened = Recorder(controller.progressed), Recorder(controller.opened)
        controller.choose(("/a",))
        await settle()
        controller.choose(("/b",))
        await settle()
        assert first.reads[0].cancels == 1
        assert first.closed
        assert opened.heard == [second]
        assert Cancelled() not in said.heard

    async def test_that_the_former_session_is_closed_after_the_next_is_shown(self) -> None:
        first, second = FakeSession(("/a",)), FakeSession(("/b",))
        controller = self.controller(first, second)
        controller.choose(("/a",))
        await settle()
        controller.choose(("/b",))
        await settle()
        assert (first.closed, second.closed) == (True, False)

    async def test_that_the_same_sources_again_are_read_anew(self) -> None:
        session = FakeSession()
        controller = self.controller(session)
        refreshed = Recorder(controller.refreshed)
        controller.choose(("/logs",))
        await settle()
        controller.choose(("/logs",))
        await settle()
        assert len(session.reads) == 2
        assert len(refreshed.heard) == 1

    async def test_that_a_reading_can_be_cancelled(self) -> None:
        session = FakeSession()
        session.next_read = FakeJob()
        controller = self.controller(session)
        said = Recorder(controller.progressed)
        controller.choose(("/logs",))
        await settle()
        controller.cancel()
        await settle()
        assert said.heard[-2:] == [CancelRequested(), Cancelled()]
        assert session.closed

    async def test_that_closing_stops_a_reading_and_gives_everything_back(self) -> None:
        session = FakeSession()
        controller = self.controller(session)
        controller.choose(("/logs",))
        await settle()
        session.next_read = FakeJob()
        controller.refresh()
        await settle()
        await asyncio.wait_for(controller.close(), 5)
        assert session.closed
        assert session.reads[-1].cancels == 1


class TestPreview:
    async def test_that_the_number_of_events_and_the_first_page_do_not_wait_for_the_other_figures(
        self,
    ) -> None:
        controller, session = PreviewController(spawn, delay=0), FakeSession()
        counted, pages = Recorder(controller.events_counted), Recorder(controller.page_loaded)
        totals, busy = Recorder(controller.totals_found), Recorder(controller.busy_changed)
        session.totals_gate.clear()
        controller.attach(session)
        await settle()
        assert (counted.heard, totals.heard, busy.heard) == ([1000], [], [True, False])
        assert [(number, rows.num_rows) for number, rows in pages.heard] == [(0, PAGE_ROWS)]
        session.totals_gate.set()
        await settle()
        assert [found.events for found in totals.heard] == [1000]

    async def test_that_figures_that_are_no_longer_wanted_hold_up_nothing(self) -> None:
        controller, session = PreviewController(spawn, delay=0), FakeSession()
        counted, totals = Recorder(controller.events_counted), Recorder(controller.totals_found)
        session.totals_gate.clear()
        controller.attach(session)
        await settle()
        controller.show(BASH)
        await settle()
        assert counted.heard == [1000, 500]
        session.totals_gate.set()
        await settle()
        assert [found.events for found in totals.heard] == [500]

    async def test_that_changes_in_quick_succession_are_answered_once(self) -> None:
        controller, session = PreviewController(spawn, delay=0), FakeSession()
        controller.attach(session)
        await settle()
        session.asked.clear()
        for selection in (BASH, READ_TOOL, BASH, READ_TOOL):
            controller.show(selection)
        await settle()
        assert session.counted == [Selection(), READ_TOOL]
        assert session.asked == [READ_TOOL]

    async def test_that_a_late_answer_to_an_older_selection_is_dropped(self) -> None:
        controller, session = PreviewController(spawn, delay=0), FakeSession()
        totals = Recorder(controller.totals_found)
        session.gate.clear()
        controller.attach(session)
        await settle()
        controller.show(BASH)
        await settle()
        session.gate.set()
        await settle()
        assert [found.events for found in totals.heard] == [500]

    async def test_that_pages_come_from_the_selection_that_is_shown(self) -> None:
        controller, session = PreviewController(spawn, delay=0), FakeSession()
        controller.attach(session)
        await settle()
        pages = Recorder(controller.page_loaded)
        controller.fetch(2)
        await settle()
        assert [number for number, _ in pages.heard] == [2]
        assert pages.heard[0][1].column("id")[0].as_py() == f"event-{2 * PAGE_ROWS}"

    async def test_that_of_many_waiting_pages_the_newest_come_first_and_the_oldest_never(self) -> None:
        controller, session = PreviewController(spawn, delay=0), FakeSession(events=10**6)
        controller.attach(session)
        await settle()
        session.pages.clear()
        dropped = Recorder(controller.page_dropped)
        session.gate.clear()
        for number in range(1, 21):
            controller.fetch(number)
        await settle()
        session.gate.set()
        await settle()
        await settle()
        assert session.pages == list(range(20, 20 - PAGES_WAITING, -1))
        assert sorted(dropped.heard) == list(range(1, 21 - PAGES_WAITING))

    async def test_that_a_page_of_a_voided_selection_is_not_shown(self) -> None:
        controller, session = PreviewController(spawn, delay=0), FakeSession()
        controller.attach(session)
        await settle()
        pages = Recorder(controller.page_loaded)
        session.gate.clear()
        controller.fetch(1)
        await settle()
        controller.attach(FakeSession(("/other",)))
        await settle()
        session.gate.set()
        await settle()
        assert [number for number, _ in pages.heard] == [0]

    async def test_that_a_failure_is_said_and_ends_the_waiting(self) -> None:
        controller, session = PreviewController(spawn, delay=0), FakeSession()
        session.error = StoreError("store_failed", reason="disk")
        failed, busy = Recorder(controller.failed), Recorder(controller.busy_changed)
        controller.attach(session)
        await settle()
        assert failed.heard == [session.error]
        assert busy.heard == [True, False]

    async def test_that_the_extent_of_everything_is_asked_once_for_each_reading(self) -> None:
        controller, session = PreviewController(spawn, delay=0), FakeSession()
        overall = Recorder(controller.overall_found)
        controller.attach(session)
        await settle()
        controller.show(BASH)
        await settle()
        assert len(overall.heard) == 1
        controller.reread()
        await settle()
        assert len(overall.heard) == 2

    async def test_that_a_detached_session_is_asked_nothing_more(self) -> None:
        controller, session = PreviewController(spawn, delay=0), FakeSession()
        controller.attach(session)
        controller.detach()
        controller.fetch(1)
        await settle()
        assert (session.asked, session.pages) == ([], [])

    async def test_that_nothing_is_asked_without_a_session(self) -> None:
        controller = PreviewController(spawn, delay=0)
        dropped = Recorder(controller.page_dropped)
        controller.show(BASH)
        controller.fetch(3)
        await settle()
        assert dropped.heard == [3]


class TestFacets:
    async def test_that_a_search_finds_values_with_their_counts(self) -> None:
        controller, session = FacetsController(spawn, delay=0), FakeSession()
        found = Recorder(controller.values_found)
        controller.attach(session)
        controller.search("tool_name", "ba")
        await settle()
        assert [(field, [value.value for value in values]) for field, values in found.heard] == [
            ("tool_name", ["Bash"])
        ]

    async def test_that_a_newer_search_voids_the_older_one(self) -> None:
        controller, session = FacetsController(spawn, delay=0), FakeSession()
        found = Recorder(controller.values_found)
        controller.attach(session)
        for text in ("b", "ba", "bas"):
            controller.search("tool_name", text)
        await settle()
        assert session.searches == [("tool_name", "bas")]
        assert len(found.heard) == 1

    async def test_that_a_failure_is_said(self) -> None:
        controller, session = FacetsController(spawn, delay=0), FakeSession()
        session.error = StoreError("store_failed", reason="disk")
        failed = Recorder(controller.failed)
        controller.attach(session)
        controller.search("tool_name", "")
        await settle()
        assert failed.heard == [session.error]

    async def test_that_a_detached_session_is_asked_nothing_more(self) -> None:
        controller, session = FacetsController(spawn, delay=0), FakeSession()
        controller.attach(session)
        controller.search("tool_name", "")
        controller.detach()
        await settle()
        assert session.searches == []


class TestExport:
    async def test_that_an_export_is_followed_to_its_end(self) -> None:
        controller, session = ExportController(spawn), FakeSession()
        said, ended = Recorder(controller.progressed), Recorder(controller.ended)
        controller.start(session, PLAN)
        started = ExportStarted(10, ("/tmp/x.json",))
        progress = FileProgress(ExportFormat.JSON, "/tmp/x.json", 5, 10, "writing")
        done = Finished(("/tmp/x.json",), 10, 0.1)
        session.exports[0][1].say(started, progress, done)
        await settle()
        assert said.heard == [ExportRequested(), started, progress, done]
        assert ended.heard == [done]
        assert not controller.busy

    async def test_that_a_storm_of_starts_makes_one_export(self) -> None:
        controller, session = ExportController(spawn), FakeSession()
        assert [controller.start(session, PLAN) for _ in range(100)] == [True] + [False] * 99
        session.exports[0][1].say(Finished((), 0, 0.1))
        await settle()
        assert len(session.exports) == 1

    async def test_that_cancel_waits_for_the_terminal_event(self) -> None:
        controller, session = ExportController(spawn), FakeSession()
        ended = Recorder(controller.ended)
        controller.start(session, PLAN)
        controller.cancel()
        controller.cancel()
        assert controller.busy
        await settle()
        assert ended.heard == [Cancelled()]

    async def test_that_a_request_that_the_core_refuses_ends_as_failed(self) -> None:
        class Refusing(FakeSession):
            def export(self, _request: ExportRequest) -> FakeJob:
                raise TargetError("target_exists", paths=("/out/a.csv",))

        controller = ExportController(spawn)
        ended = Recorder(controller.ended)
        controller.start(Refusing(), PLAN)
        assert [event.title for event in ended.heard] == ["A file of that name is there already."]
        assert not controller.busy

    async def test_that_a_bug_while_following_ends_the_export_too(self) -> None:
        class Broken(FakeJob):
            async def __aiter__(self):
                raise SourceError("source_unreadable", path="/logs", reason="not a terminal event")
                yield

        class Session(FakeSession):
            def export(self, _request: ExportRequest) -> FakeJob:
                return Broken()

        tasks = []
        controller = ExportController(lambda work, name: tasks.append(spawn(work, name=name)))
        ended = Recorder(controller.ended)
        controller.start(Session(), PLAN)
        await asyncio.wait(tasks)
        assert isinstance(tasks[0].exception(), SourceError)
        assert isinstance(ended.heard[0], Failed)
        assert not controller.busy
