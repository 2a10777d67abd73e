"""Stand-ins for the core that answer when a test says so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from shannon_core.errors import ShannonError
from shannon_core.event_schema import EVENT_SCHEMA
from shannon_core.export.hazards import Hazard
from shannon_core.export.preflight import FileEstimate, Preflight
from shannon_core.ingest.disk_changes import SourceChanges
from shannon_core.jobs.progress import Cancelled, Finished, ProgressEvent, SourcesRead, Terminal
from shannon_core.query.facets import FacetValue
from shannon_core.query.histogram import Histogram
from shannon_core.query.source_inventory import SourceFigures
from shannon_core.query.totals import Totals
from shannon_core.report.render import UsageReport
from shannon_core.request.contents import Contents, ReportFormat
from shannon_core.request.export_request import Encoding, ExportFormat, ExportRequest
from shannon_core.request.output_files import OutputPlan
from shannon_core.request.selection import EventFilter, Selection
from shannon_core.request.sort_order import BY_TIME, Order
from shannon_core.request.table_keys import AGGREGATIONS
from shannon_core.request.time_range import TimeRange
from shannon_core.sources.original_line import OriginalLine
from shannon_core.tables.result import AggregationResult

FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def some_totals(events: int = 1000) -> Totals:
    """Figures of a selection."""
    return Totals(events, 3, 2, 1, 1500, 0.25, 1500, FIRST, FIRST + timedelta(days=30))


def some_rows(offset: int, count: int) -> pa.Table:
    """Rows numbered from ``offset`` on."""
    numbers = range(offset, offset + count)
    columns: dict[str, list[Any]] = {name: [None] * count for name in EVENT_SCHEMA.names}
    columns |= {
        "id": [f"event-{number}" for number in numbers],
        "timestamp": [FIRST + timedelta(seconds=number) for number in numbers],
        "type": ["tool_use"] * count,
        "data": ["{}"] * count,
        "metadata": ["{}"] * count,
        "duration_ms": [float(number) for number in numbers],
        "success": [number % 2 == 0 for number in numbers],
        "source_file": ["/logs/a.jsonl"] * count,
        "source_line": [number + 1 for number in numbers],
    }
    return pa.table(columns, schema=EVENT_SCHEMA)


def some_request() -> ExportRequest:
    """A request of one week in two formats, with a filter, a search and an aggregation."""
    return ExportRequest(
        ("/logs",),
        "/out/usage",
        (ExportFormat.EXCEL, ExportFormat.CSV),
        Selection(
            TimeRange.parse("2026-11-16", "2026-11-22", "Europe/Berlin"),
            (EventFilter("type", ("tool_use",)),),
            "x",
        ),
        Contents(True, ("weekly",), ()),
        Encoding(csv_bom=True),
    )


def some_preflight(*hazards: Hazard, **more: object) -> Preflight:
    """An estimate of a CSV and a JSON file with these hazards; ``more`` replaces fields."""
    files = (
        FileEstimate(ExportFormat.CSV, "/out/usage.csv", 6_400_000),
        FileEstimate(ExportFormat.JSON, "/out/usage.json", 100),
    )
    known = {"events": 48_112, "seconds": 3.2, "free": 212_000_000_000, "sheets": 0, "is_exact": False}
    return Preflight(files=files, hazards=hazards, **{**known, **more})  # type: ignore[arg-type]


class FakeJob:
    """Says what a test tells it to say."""

    def __init__(self, *events: ProgressEvent, ends_when_cancelled: bool = True) -> None:
        self._queue: asyncio.Queue[ProgressEvent] = asyncio.Queue()
        self._ends_when_cancelled = ends_when_cancelled
        self.cancels = 0
        self.say(*events)

    def say(self, *events: ProgressEvent) -> None:
        for event in events:
            self._queue.put_nowait(event)

    def cancel(self) -> None:
        self.cancels += 1
        if self.cancels == 1 and self._ends_when_cancelled:
            self.say(Cancelled())

    async def __aiter__(self) -> AsyncIterator[ProgressEvent]:
        while True:
            event = await self._queue.get()
            yield event
            if isinstance(event, Terminal):
                return


READ = (SourcesRead(2, 1000, 3, 0, 2, 0.5), Finished((), 1000, 0.5))


def some_aggregation(wanted: str) -> AggregationResult:
    """Two rows with every column, one of them nearly empty."""
    key = AGGREGATIONS[wanted]
    values = {
        "milliseconds": 1234.5,
        "share": 0.5,
        "instant": "2026-01-01T10:00:00+00:00",
        "uses": {"Bash": 2},
    }
    full = {column.id: values.get(column.unit, 7) for column in key.columns}
    keys = ("2026-01-01T00:00:00+01:00", "2026-02-01T00:00:00+01:00") if key.is_time else ("<b>key</b>", None)
    rows = (
        {**full, key.column: keys[0]},
        {**dict.fromkeys(full), key.column: keys[1], "metrics_count": 1},
    )
    return AggregationResult(wanted, None, None, "Europe/Berlin", {}, {}, {}, {}, {}, {}, rows)


class FakeSession:
    """A session whose jobs a test drives and whose answers it can hold back."""

    def __init__(self, sources: tuple[str, ...] = ("/logs",), events: int = 1000) -> None:
        self.sources = sources
        self.events = events
        self.reads: list[FakeJob] = []
        self.exports: list[tuple[ExportRequest, FakeJob]] = []
        self.counted: list[Selection] = []
        self.asked: list[Selection] = []
        self.pages: list[int] = []
        self.orders: list[tuple[Order, bool]] = []
        self.looked_at: list[tuple[int, str, int, str]] = []
        self.spread: list[Selection] = []
        self.searches: list[tuple[str, str]] = []
        self.answers: list[tuple[Selection, object]] = []
        self.preflighted: list[ExportRequest] = []
        self.hazards: tuple[Hazard, ...] = ()
        self.closed = False
        self.error: ShannonError | None = None
        self.gate = asyncio.Event()
        self.gate.set()
        self.totals_gate = asyncio.Event()
        self.totals_gate.set()
        self.next_read: FakeJob | None = None
        self.changed = SourceChanges()
        self.glances = 0
        self.saved: list[tuple[Path, str | None, bool]] = []

    def read(self) -> FakeJob:
        self.reads.append(self.next_read or FakeJob(*READ))
        self.next_read = None
        return self.reads[-1]

    def export(self, plan: OutputPlan) -> FakeJob:
        self.exports.append((plan.request, FakeJob()))
        return self.exports[-1][1]

    async def count(self, selection: Selection) -> int:
        self.counted.append(selection)
        await self._answer()
        return self.events // 2 if selection.filters else self.events

    async def totals(self, selection: Selection) -> Totals:
        self.asked.append(selection)
        await self._answer()
        await self.totals_gate.wait()
        return some_totals(self.events // 2 if selection.filters else self.events)

    async def preview(
        self, _selection: Selection, offset: int, limit: int, *, order: Order = BY_TIME, brief: bool = False
    ) -> pa.Table:
        self.pages.append(offset // limit)
        self.orders.append((order, brief))
        await self._answer()
        return some_rows(offset, max(0, min(limit, self.events - offset)))

    async def event(
        self, timestamp_us: int, source_file: str, source_line: int, event_id: str
    ) -> dict[str, Any] | None:
        self.looked_at.append((timestamp_us, source_file, source_line, event_id))
        await self._answer()
        row = int(event_id.partition("-")[2])
        return dict(some_rows(row, 1).to_pylist()[0])

    async def original(self, source_file: str, source_line: int) -> OriginalLine:
        await self._answer()
        return OriginalLine(source_file, source_line, "unchanged", "<b>{}</b>", 9)

    async def histogram(self, selection: Selection, buckets: int) -> Histogram:
        self.spread.append(selection)
        await self._answer()
        day = 86_400_000_000
        start = 1_767_222_000_000_000  # 2026-01-01 in Berlin
        return Histogram(tuple(start + number * day for number in range(31)), tuple(range(30)))

    async def facets(
        self, _selection: Selection, field: str, *, search: str = "", limit: int = 100
    ) -> list[FacetValue]:
        self.searches.append((field, search))
        await self._answer()
        values = [
            FacetValue("Bash", 700),
            FacetValue("Read", 300),
            FacetValue(None, 5),
            FacetValue("<b>Edit</b>", 1),
        ]
        return [item for item in values if search.lower() in (item.value or "").lower()][:limit]

    async def aggregate(self, selection: Selection, wanted: str) -> AggregationResult:
        self.answers.append((selection, wanted))
        await self._answer()
        return some_aggregation(wanted)

    async def aggregations(self, selection: Selection, wanted: Iterable[str]) -> dict[str, AggregationResult]:
        kinds = tuple(wanted)
        self.answers.append((selection, kinds))
        await self._answer()
        return {kind: some_aggregation(kind) for kind in kinds}

    async def report(self, selection: Selection, wanted: ReportFormat) -> UsageReport:
        self.answers.append((selection, wanted))
        await self._answer()
        return UsageReport(wanted, f"<b>report</b> {wanted}")

    async def inventory(self) -> tuple[SourceFigures, ...]:
        return tuple(SourceFigures(source, ("shannon",), 2, 5000, self.events, 3) for source in self.sources)

    async def changes(self) -> SourceChanges:
        self.glances += 1
        return self.changed

    async def save_rejects(self, path: Path, source: str | None = None, *, overwrite: bool = False) -> int:
        self.saved.append((path, source, overwrite))
        await self._answer()
        return 3

    async def preflight(self, plan: OutputPlan) -> Preflight:
        self.preflighted.append(plan.request)
        await self._answer()
        files = tuple(FileEstimate(file.spec.id, str(file.path), 1_000_000) for file in plan.files)
        return Preflight(self.events, files, 2.4, 50_000_000_000, 0, self.hazards, is_exact=False)

    async def rejects(self, source: str | None = None, limit: int = 1000) -> pa.Table:
        columns = {
            "path": ["/logs/a.jsonl"],
            "line": [7],
            "reason": ["not JSON"],
            "excerpt": ["<img src=x>\x00"],
        }
        return pa.table(columns).slice(0, limit)

    async def close(self) -> None:
        self.closed = True

    async def _answer(self) -> None:
        await self.gate.wait()
        if self.error is not None:
            raise self.error


_kept: set[asyncio.Task[None]] = set()


def spawn(work: Coroutine[Any, Any, None], *, name: str) -> asyncio.Task[None]:
    """Start a task of a controller on the loop of the test."""
    task = asyncio.get_running_loop().create_task(work, name=name)
    _kept.add(task)
    task.add_done_callback(_kept.discard)
    return task


async def settle() -> None:
    """Let every task go on as far as it can."""
    for _ in range(20):
        await asyncio.sleep(0)


async def until(is_so: Callable[[], bool]) -> None:
    """Wait until this is so; TimeoutError after five seconds."""
    async with asyncio.timeout(5):
        while not is_so():
            await asyncio.sleep(0.005)


class Recorder:
    """Keeps what a signal said."""

    def __init__(self, signal: Any) -> None:
        self.heard: list[Any] = []
        signal.connect(self._on_emitted)

    def _on_emitted(self, *arguments: Any) -> None:
        self.heard.append(arguments[0] if len(arguments) == 1 else arguments)
