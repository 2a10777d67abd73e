"""One export at a time, followed to its terminal event."""

import asyncio

from harness.fakes import FakeJob, FakeSession, Recorder, settle, spawn
from shannon_core.errors import SourceError, TargetError
from shannon_core.jobs.progress import (
    Cancelled,
    ExportStarted,
    Failed,
    FileProgress,
    Finished,
)
from shannon_core.request.export_request import ExportFormat, ExportRequest
from shannon_core.request.output_files import plan_output
from shannon_gui.controllers.export import ExportController
from shannon_gui.state import ExportRequested

PLAN = plan_output(ExportRequest(("/logs",), "/tmp/x.json", (ExportFormat.JSON,)))


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
