"""Values of a field: the newest search wins."""

from harness.fakes import FakeSession, Recorder, settle, spawn
from shannon_core.errors import StoreError
from shannon_gui.controllers.facets import FacetsController


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
