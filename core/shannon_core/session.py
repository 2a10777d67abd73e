"""A set of sources as both front ends use it, for asyncio: read, query, export; jobs can be followed and cancelled.

Four worker threads each own a connection, so that queries do not wait for jobs: jobs (reading, exporting) run one after
the other on the first, queries of the selection on the second, pages of rows and single events on the third, and
preflights on the fourth. Modules that only some queries need are imported on their first use.
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
    """One open set of sources. ``notice`` says why its store is a temporary one, or was rebuilt; else None."""

    def __init__(self, sources: tuple[str, ...], store: Store, prices: Path | None = None) -> None:
        self.sources = sources
        self.notice = store.notice
        self._store = store
        self._prices = prices
        self._unpriced: set[str] = set()
        self._jobs = Worker("shannon-jobs", store.connection())
        self._queries = Worker("shannon-queries", store.connection(), define_rendering_macros)
        self._rows = Worker("shannon-rows", store.connection())
        self._preflight_worker = Worker("shannon-preflight", store.connection(), define_rendering_macros)
        self._pages = Pages()
        self._preflights: Preflights | None = None
        self._preflight_control = Control()
        self._read_state: ReadState | None = None

    @classmethod
    async def open(cls, sources: tuple[str, ...], *, keep: bool = True, prices: Path | None = None) -> Self:
        """Open the store of these sources, without reading them; without ``keep`` nothing is stored after ``close``.

        ``prices`` is a price file in place of the user's own. StoreError where no store can be opened.
        """
        return cls(sources, await asyncio.to_thread(Store.open, sources, keep=keep), prices)

    def read(self) -> Job:
        """A job that reads new and changed files: ReadingProgress …, Notice …, SourcesRead, then Finished."""
        return Job(self._jobs, self._read)

    def export(self, output: ExportRequest | OutputPlan) -> Job:
        """A job that writes the files from the store as it is: ExportStarted, FileProgress …, FileWritten ….

        A request is planned first; a plan is carried out as it is.
        """
        return Job(self._jobs, lambda connection, control: self._export(output, connection, control))

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
        """Report models without a price, each once per session: their tokens are missing in all costs."""
        new = [model for model in models if model not in self._unpriced]
        self._unpriced.update(new)
        if new:
            control.emit(missing_prices(new))

    def _forget_pages(self) -> None:
        """Drop cached positions of rows and samples: the content of the store has changed."""
        self._rows.submit(lambda _: self._pages.forget())
        if (preflights := self._preflights) is not None:
            self._preflight_worker.submit(lambda _: preflights.forget())

    async def count(self, selection: Selection) -> int:
        """The number of events of a selection. It is fast, and the first page reuses what it has counted."""
        return await self._ask(lambda connection: self._pages.count(connection, selection), self._rows)

    async def totals(self, selection: Selection) -> Totals:
        """The headline figures of a selection: events, sessions, users, tokens, cost …."""
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

        ``brief`` truncates ``data`` and omits what no table shows. In another order than by time, only the first
        SORTED_ROWS are available.
        """
        columns = statements.BRIEF_COLUMNS if brief else statements.PREVIEW_COLUMNS
        return await self._ask(
            lambda connection: self._pages.page(connection, selection, order, columns, offset, limit),
            self._rows,
        )

    async def event(
        self, timestamp_us: int, source_file: str, source_line: int, event_id: str
    ) -> dict[str, Any] | None:
        """All columns of one event, found by values of its row in a preview; None where it no longer exists."""
        query = statements.event_at(timestamp_us, source_file, source_line, event_id)
        found = await self._ask(lambda connection: events_of(connection, query), self._rows)
        return next(iter(found.to_pylist()), None)

    async def original(self, source_file: str, source_line: int) -> OriginalLine:
        """The line that an event was read from, as its file holds it now. Cancelling the task stops the search."""
        query = statements.file_identity(source_file)
        known = [FileIdentity(*row) for row in await self._ask(lambda c: fetch(c, query), self._rows)]
        control = Control()
        try:
            return await asyncio.to_thread(
                read_original, source_file, source_line, next(iter(known), None), control
            )
        finally:
            control.cancel()

    async def histogram(self, selection: Selection, buckets: int) -> Histogram:
        """Counts of the events that pass the filters, over all time of the sources: the time range is not applied."""
        return await self._ask(lambda connection: histogram(connection, selection, buckets))

    async def facets(
        self, selection: Selection, field: str, *, search: str = "", limit: int = 100
    ) -> list[FacetValue]:
        """The most frequent values of a field under the other filters; ``search`` is part of a value, ignoring case."""
        query = statements.facets(selection, field, search, limit)
        return [FacetValue(*row) for row in await self._ask(lambda connection: fetch(connection, query))]

    async def aggregate(self, selection: Selection, wanted: str) -> AggregationResult:
        """One aggregation of a selection. RequestError where the id is unknown."""
        return (await self.aggregations(selection, [wanted]))[wanted]

    async def aggregations(self, selection: Selection, wanted: Iterable[str]) -> dict[str, AggregationResult]:
        """Several aggregations of a selection, by id; totals and breakdowns are computed once."""
        return await self._ask(lambda connection: aggregate(connection, selection, wanted))

    async def report(
        self, selection: Selection, wanted: ReportFormat, over: str = AggregationType.DAILY
    ) -> UsageReport:
        """A report over one aggregation of a selection, equal to that of an export."""
        from shannon_core.report.render import write_report

        result = await self.aggregate(selection, over)
        return await asyncio.to_thread(
            write_report, result, wanted, {"filters": selection.filters_metadata()}
        )

    async def inventory(self) -> tuple[SourceFigures, ...]:
        """Counts of each source, as far as it has been read."""
        from shannon_core.query.source_inventory import inventory

        return await self._ask(lambda connection: inventory(connection, self.sources))

    async def changes(self) -> SourceChanges:
        """What changed on disk since the last reading, by names, sizes and times; a job may run meanwhile."""
        read_state = self._read_state
        return await asyncio.to_thread(read_state.compare, self.sources) if read_state else SourceChanges()

    async def rejects(self, source: str | None = None, limit: int = 1000) -> pa.Table:
        """The first rejected lines of one source, or of all: path, line, reason, excerpt."""
        from shannon_core.query.source_inventory import rejects

        return await self._ask(lambda connection: rejects(connection, self.sources, source, limit))

    async def save_rejects(self, path: Path, source: str | None = None, *, overwrite: bool = False) -> int:
        """Write all rejected lines to a CSV file; their number. TargetError where the file cannot be written."""
        from shannon_core.query.source_inventory import save_rejects

        return await self._ask(
            lambda connection: save_rejects(connection, self.sources, source, path, overwrite=overwrite)
        )

    async def preflight(self, output: ExportRequest | OutputPlan) -> Preflight:
        """What this export would write, its size and hazards. A newer preflight ends this one with JobCancelled."""
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
        """Wait for the running work, then close the store. Cancel a running job before, or it is waited for."""
        self._preflight_control.cancel()
        for worker in (self._jobs, self._queries, self._rows, self._preflight_worker):
            await asyncio.to_thread(worker.close)
        await asyncio.to_thread(self._store.close)

    async def _ask(
        self,
        work: Callable[[duckdb.DuckDBPyConnection], _T],
        worker: Worker | None = None,
        control: Control | None = None,
    ) -> _T:
        """Run a query on a worker, by default that of queries; cancelling the task cancels the query."""
        with self._store.failures():
            return await (worker or self._queries).answer(work, control)


def _planned(output: ExportRequest | OutputPlan) -> OutputPlan:
    return output if isinstance(output, OutputPlan) else plan_output(output)
