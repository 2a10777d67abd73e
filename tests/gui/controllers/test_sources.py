"""Opening sources: one session at a time, the newest choice wins, and every session is closed."""

import asyncio

from harness.fakes import READ, FakeJob, FakeSession, Recorder, settle, spawn
from shannon_core.errors import StoreError
from shannon_core.jobs.progress import (
    Cancelled,
    Failed,
    ReadingProgress,
)
from shannon_gui.controllers.sources import SourcesController
from shannon_gui.state import (
    CancelRequested,
    ExportState,
    Phase,
    SourcesChosen,
    SourcesClosed,
    SourcesShown,
    reduce,
)


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

    async def test_that_the_same_sources_again_are_read_again(self) -> None:
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
