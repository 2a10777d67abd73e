"""Watching the open sources: figures of each, and changes on the disk."""

import asyncio

from harness.fakes import FakeSession, Recorder, settle, spawn, until
from shannon_core.errors import StoreError
from shannon_core.ingest.disk_changes import SourceChanges
from shannon_core.query.source_inventory import SourceFigures
from shannon_gui.controllers.source_watch import SourceWatchController


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
