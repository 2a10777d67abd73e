"""The core as asyncio sees it: look at events while a job runs, start a job, follow it, cancel it.

Jobs (reading, exporting) run one after the other on one worker thread, counting runs on another, pages of rows come
from a third, so that scrolling waits for neither, and a fourth weighs what an export will be; each owns its connection.
What only some questions need is imported by the thread that answers the first of them.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

import duckdb
import pyarrow as pa

from shannon_core.ingest.cost_backfill import missing_prices, unpriced_models
from shannon_core.ingest.disk_changes import ReadState, SourceChanges
from shannon_core.ingest.refresh import refresh
from shannon_core.jobs.control import Control
from shannon_core.jobs.progress import Finished
from shannon_core.jobs.worker import Job, Worker
from shannon_core.pricing.price_table import PriceTable
from shannon_core.query import statements
from shannon_core.query.facets import FacetValue
from shannon_core.query.histogram import Histogram, histogram
from shannon_core.query.preview_pages import Pages, events_of
from shannon_core.query.totals import Totals, totals
from shannon_core.rendering.macros import define_rendering_macros
from shannon_core.request.contents import AggregationType, ReportFormat
from shannon_core.request.export_request import ExportRequest
from shannon_core.request.output_files import OutputPlan, plan_output
from shannon_core.request.selection import Selection
from shannon_core.request.sort_order import BY_TIME, Order
from shannon_core.sources.line_reader import FileIdentity
from shannon_core.sources.original_line import OriginalLine, read_original
from shannon_core.store.database import Store
from shannon_core.store.relations import fetch
from shannon_core.tables.compute import aggregate
from shannon_core.tables.result import AggregationResult

if TYPE_CHECKING:
    from shannon_core.export.preflight import Preflight, Preflights
    from shannon_core.query.source_inventory import SourceFigures
    from shannon_core.report.render import UsageReport

_T = TypeVar("_T")


class Session:
    """One set of sources, opened. ``notice`` is what a person should know of how its store was opened."""

    def __init__(self, sources: tuple[str, ...], store: Store, prices: Path | None = None) -> None:
        self.sources = sources
        self.notice = store.notice
        self._store = store
        self._prices = prices
        self._unpriced: set[str] = set()
        self._work = Worker("shannon-work", store.connection())
        self._look = Worker("shannon-look", store.connection(), define_rendering_macros)
        self._scroll = Worker("shannon-scroll", store.connection())
        self._preflight_worker = Worker("shannon-weigh", store.connection(), define_rendering_macros)
        self._pages = Pages()
        self._preflights: Preflights | None = None
        self._preflight_control = Control()
        self._read_state: ReadState | None = None

    @classmethod
    async def open(cls, sources: tuple[str, ...], *, keep: bool = True, prices: Path | None = None) -> Self:
        """Open the store of these sources; without ``keep`` nothing stays on this computer. Nothing is read yet.

        ``prices`` is a file of prices in the place of the person's own.
        """
        return cls(sources, await asyncio.to_thread(Store.open, sources, keep=keep), prices)

    def read(self) -> Job:
        """A job that reads what is new or changed: ReadingProgress …, Notice …, SourcesRead, then Finished."""
        return Job(self._work, self._read)

    def export(self, output: ExportRequest | OutputPlan) -> Job:
        """A job that writes the files from the store as it is: ExportStarted, FileProgress …, FileWritten ….

        A request is planned here; of a plan the very files are written that it names.
        """
        return Job(self._work, lambda connection, control: self._export(output, connection, control))

    def _export(
        self, output: ExportRequest | OutputPlan, connection: duckdb.DuckDBPyConnection, control: Control
    ) -> Finished:
        from shannon_core.export.run import export

        with self._store.failures(control.check):
            define_rendering_macros(connection)
            return export(connection, _planned(output), control)

    def _read(self, connection: duckdb.DuckDBPyConnection, control: Control) -> Finished:
        if self.notice:
            control.emit(self.notice)
        began = time.time_ns()
        with self._store.failures(control.check):
            prices = PriceTable.load(self._prices)
            found = refresh(connection, self.sources, control, prices, self._forget_pages)
            self._name_unpriced(unpriced_models(connection, prices), control)
        self._forget_pages()
        self._read_state = ReadState.of(connection, began)
        control.emit(found)
        return Finished((), found.events, found.seconds)

    def _name_unpriced(self, models: list[str], control: Control) -> None:
        """Say once which models have no price: what they used is in no cost."""
        new = [model for model in models if model not in self._unpriced]
        self._unpriced.update(new)
        if new:
            control.emit(missing_prices(new))

    def _forget_pages(self) -> None:
        """The store holds something else now, so that rows stand elsewhere."""
        self._scroll.submit(lambda _: self._pages.forget())
        if (preflights := self._preflights) is not None:
            self._preflight_worker.submit(lambda _: preflights.forget())

    async def count(self, selection: Selection) -> int:
        """How many events a selection has, sooner than the other figures and than its first page, which builds on
        it."""
        return await self._ask(lambda connection: self._pages.count(connection, selection), self._scroll)

    async def totals(self, selection: Selection) -> Totals:
        """The headline figures of a selection."""
        return await self._ask(lambda connection: totals(connection, selection))

    async def preview(
        self,
        selection: Selection,
        offset: int,
        limit: int,
        *,
        order: Order = BY_TIME,
        brief: bool = False,
    ) -> pa.Table:
        """Rows ``offset … offset + limit`` of the selection as EVENT_SCHEMA, in the order of every export or in another
        one.

        ``brief`` cuts ``data`` and leaves out what no table shows. By another column than time, rows end at
        SORTED_ROWS.
        """
        columns = statements.BRIEF_COLUMNS if brief else statements.PREVIEW_COLUMNS
        return await self._ask(
            lambda connection: self._pages.page(connection, selection, order, columns, offset, limit),
            self._scroll,
        )

    async def event(
        self, timestamp_us: int, source_file: str, source_line: int, event_id: str
    ) -> dict[str, Any] | None:
        """One event, whole, by what a row of a preview says of it; None where it is gone."""
        query = statements.event_at(timestamp_us, source_file, source_line, event_id)
        found = await self._ask(lambda connection: events_of(connection, query), self._scroll)
        return next(iter(found.to_pylist()), None)

    async def original(self, source_file: str, source_line: int) -> OriginalLine:
        """The line that an event was read from, as its file holds it now. Cancel the task to stop looking."""
        query = statements.file_identity(source_file)
        known = [FileIdentity(*row) for row in await self._ask(lambda c: fetch(c, query), self._scroll)]
        control = Control()
        try:
            return await asyncio.to_thread(
                read_original, source_file, source_line, next(iter(known), None), control
            )
        finally:
            control.cancel()

    async def histogram(self, selection: Selection, buckets: int) -> Histogram:
        """How the events that pass the filters are spread over all time that the sources cover, whatever the time
        range."""
        return await self._ask(lambda connection: histogram(connection, selection, buckets))

    async def facets(
        self, selection: Selection, field: str, *, search: str = "", limit: int = 100
    ) -> list[FacetValue]:
        """The most frequent values of a field under the other filters; ``search`` is part of a value, ignoring case."""
        query = statements.facets(selection, field, search, limit)
        return [FacetValue(*row) for row in await self._ask(lambda connection: fetch(connection, query))]

    async def aggregate(self, selection: Selection, wanted: str) -> AggregationResult:
        """One aggregation of a selection."""
        return (await self.aggregations(selection, [wanted]))[wanted]

    async def aggregations(self, selection: Selection, wanted: Iterable[str]) -> dict[str, AggregationResult]:
        """Several aggregations of a selection; totals and breakdowns are computed once."""
        return await self._ask(lambda connection: aggregate(connection, selection, wanted))

    async def report(
        self, selection: Selection, wanted: ReportFormat, over: str = AggregationType.DAILY
    ) -> UsageReport:
        """A report over one aggregation of a selection, as an export holds it."""
        from shannon_core.report.render import write_report

        result = await self.aggregate(selection, over)
        return await asyncio.to_thread(
            write_report, result, wanted, {"filters": selection.filters_metadata()}
        )

    async def inventory(self) -> tuple[SourceFigures, ...]:
        """What each source holds, as far as it has been read."""
        from shannon_core.query.source_inventory import inventory

        return await self._ask(lambda connection: inventory(connection, self.sources))

    async def changes(self) -> SourceChanges:
        """What changed on the disk since it was read; nothing is read, and a job may run meanwhile."""
        read_state = self._read_state
        return await asyncio.to_thread(read_state.compare, self.sources) if read_state else SourceChanges()

    async def rejects(self, source: str | None = None, limit: int = 1000) -> pa.Table:
        """The first lines that could not be read, of one source or of all: path, line, reason, excerpt."""
        from shannon_core.query.source_inventory import rejects

        return await self._ask(lambda connection: rejects(connection, self.sources, source, limit))

    async def save_rejects(self, path: Path, source: str | None = None, *, overwrite: bool = False) -> int:
        """Write all lines that could not be read to a CSV file; how many they are. TargetError where that fails."""
        from shannon_core.query.source_inventory import save_rejects

        return await self._ask(
            lambda connection: save_rejects(connection, self.sources, source, path, overwrite=overwrite)
        )

    async def preflight(self, output: ExportRequest | OutputPlan) -> Preflight:
        """What this export would do. A newer question ends it with JobCancelled; a task that is cancelled stops it."""
        self._preflight_control.cancel()
        control = self._preflight_control = Control()
        return await self._ask(
            lambda connection: self._find_preflight(connection, output, control),
            self._preflight_worker,
            control,
        )

    def _find_preflight(
        self, connection: duckdb.DuckDBPyConnection, output: ExportRequest | OutputPlan, control: Control
    ) -> Preflight:
        from shannon_core.export.preflight import Preflights

        self._preflights = self._preflights or Preflights(connection)
        return self._preflights.of(_planned(output), control)

    async def close(self) -> None:
        """Wait for what is running, then close the store. Cancel a job first to be quick."""
        self._preflight_control.cancel()
        for worker in (self._work, self._look, self._scroll, self._preflight_worker):
            await asyncio.to_thread(worker.close)
        await asyncio.to_thread(self._store.close)

    async def _ask(
        self,
        work: Callable[[duckdb.DuckDBPyConnection], _T],
        worker: Worker | None = None,
        control: Control | None = None,
    ) -> _T:
        """The answer to a question; a task that is cancelled while it waits stops the work."""
        with self._store.failures():
            return await (worker or self._look).answer(work, control)


def _planned(output: ExportRequest | OutputPlan) -> OutputPlan:
    return output if isinstance(output, OutputPlan) else plan_output(output)
