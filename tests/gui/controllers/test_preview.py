"""The preview: the newest selection wins, pages and figures belong to it, and failures are reported."""

import asyncio
from datetime import datetime

from harness.fakes import FakeSession, Recorder, settle, spawn
from shannon_core.errors import StoreError
from shannon_core.request.selection import EventFilter, Selection
from shannon_core.request.sort_order import BY_TIME, Order
from shannon_core.request.time_range import TimeRange
from shannon_gui.controllers.event_details import Copied, EventDetailsController
from shannon_gui.controllers.histogram import HistogramController
from shannon_gui.controllers.preview import PAGE_ROWS, PAGES_WAITING, PreviewController
from shannon_gui.text.clipboard_table import Block, Cells

BASH = Selection(filters=(EventFilter("tool_name", ("Bash",)),))
READ_TOOL = Selection(filters=(EventFilter("tool_name", ("Read",)),))


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


SLOWEST = Order("duration_ms", descending=True)
BASH = Selection(filters=(EventFilter("tool_name", ("Bash",)),))
ZONE = "Europe/Berlin"


class TestControllers:
    async def test_that_another_order_asks_for_rows_and_not_for_figures(self) -> None:
        controller, session = PreviewController(spawn, delay=0), FakeSession()
        controller.attach(session)
        await settle()
        said = Recorder(controller.order_changed)
        session.asked.clear()
        controller.sort(SLOWEST)
        await settle()
        controller.fetch(3)
        await settle()
        assert session.asked == []
        assert session.orders == [(BY_TIME, True), (SLOWEST, True), (SLOWEST, True)]
        assert said.heard == [SLOWEST]
        assert controller.shown() == (Selection(), SLOWEST)

    async def test_that_a_new_reading_counts_again_in_the_same_order(self) -> None:
        controller, session = PreviewController(spawn, delay=0), FakeSession()
        controller.attach(session)
        controller.sort(SLOWEST)
        await settle()
        session.asked.clear()
        controller.reread()
        await settle()
        assert session.asked[0] == Selection()
        assert session.orders[-1] == (SLOWEST, True)

    async def test_that_everything_is_counted_once_in_whatever_zone(self) -> None:
        controller, session = PreviewController(spawn, delay=0), FakeSession()
        overall, totals = Recorder(controller.overall_found), Recorder(controller.totals_found)
        controller.attach(session)
        await settle()
        controller.show(BASH)
        await settle()
        controller.show(Selection(TimeRange(timezone=ZONE)))
        await settle()
        assert session.asked == [Selection(), BASH]
        assert [found.events for found in totals.heard] == [1000, 500, 1000]
        assert len(overall.heard) == 1

    async def test_that_a_page_of_another_order_is_not_shown(self) -> None:
        controller, session = PreviewController(spawn, delay=0), FakeSession()
        controller.attach(session)
        await settle()
        pages = Recorder(controller.page_loaded)
        session.gate.clear()
        controller.fetch(1)
        await settle()
        controller.sort(SLOWEST)
        session.gate.set()
        await settle()
        assert [number for number, _ in pages.heard][-1] == 0

    async def test_that_the_histogram_follows_filters_and_zone_but_not_the_range(self) -> None:
        controller, session = HistogramController(spawn, delay=0), FakeSession()
        found = Recorder(controller.found)
        controller.attach(session)
        await settle()
        for selection in (
            Selection(TimeRange.parse("2026-01-01", None)),
            BASH,
            Selection(TimeRange.parse("2026-01-01", None), BASH.filters),
            Selection(TimeRange(timezone=ZONE), BASH.filters),
        ):
            controller.select(selection)
            await settle()
        assert session.spread == [Selection(), BASH, Selection(TimeRange(timezone=ZONE), BASH.filters)]
        assert len(found.heard) == 3

    async def test_that_a_late_histogram_is_dropped_and_a_failed_one_is_said(self) -> None:
        controller, session = HistogramController(spawn, delay=0), FakeSession()
        found, failed = Recorder(controller.found), Recorder(controller.failed)
        session.gate.clear()
        controller.attach(session)
        await settle()
        controller.select(BASH)
        session.error = StoreError("store_failed", reason="disk")
        session.gate.set()
        await settle()
        assert (found.heard, failed.heard) == ([], [session.error])

    async def test_that_running_through_rows_fetches_the_last_one(self) -> None:
        controller, session = EventDetailsController(spawn, delay=0), FakeSession()
        found = Recorder(controller.event_found)
        controller.attach(session)
        for number in range(5):
            controller.look((number, "/logs/a.jsonl", number + 1, f"event-{number}"))
        await settle()
        assert [event["id"] for event in found.heard] == ["event-4"]
        assert len(session.looked_at) == 1

    async def test_that_a_newer_row_voids_the_line_that_is_being_read(self) -> None:
        controller, session = EventDetailsController(spawn, delay=0), FakeSession()
        lines = Recorder(controller.original_found)
        controller.attach(session)
        session.gate.clear()
        controller.read_original("/logs/a.jsonl", 7)
        await settle()
        controller.look((1, "/logs/a.jsonl", 2, "event-1"))
        session.gate.set()
        await settle()
        assert lines.heard == []

    async def test_that_a_copy_ends_at_its_limit_and_says_so(self) -> None:
        controller, session = EventDetailsController(spawn, delay=0, copy_rows=700), FakeSession()
        copied = Recorder(controller.copied)
        controller.attach(session)
        cells = Cells((Block(100, 999, frozenset({"id"})),), ("id",))
        controller.copy(Selection(), BY_TIME, cells, datetime.now().astimezone().tzinfo)  # type: ignore[arg-type]
        for _ in range(50):
            await settle()
            await asyncio.sleep(0.01)
        (found,) = copied.heard
        assert isinstance(found, Copied)
        assert (found.rows, found.left_out) == (700, 200)
        assert found.text.splitlines() == [f"event-{number}" for number in range(100, 800)]
        assert session.orders == [(BY_TIME, False)] * 2
