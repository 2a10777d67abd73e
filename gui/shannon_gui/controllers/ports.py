"""What the controllers need of the core, as protocols: tests have implementations of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from shannon_core.jobs.progress import ProgressEvent
from shannon_core.request.contents import ReportFormat
from shannon_core.request.output_files import OutputPlan
from shannon_core.request.selection import Selection
from shannon_core.request.sort_order import BY_TIME, Order
from shannon_core.tables.result import AggregationResult

if TYPE_CHECKING:
    import pyarrow as pa

    from shannon_core.export.preflight import Preflight
    from shannon_core.ingest.disk_changes import SourceChanges
    from shannon_core.query.facets import FacetValue
    from shannon_core.query.histogram import Histogram
    from shannon_core.query.source_inventory import SourceFigures
    from shannon_core.query.totals import Totals
    from shannon_core.report.render import UsageReport
    from shannon_core.sources.original_line import OriginalLine

EventKey = tuple[int, str, int, str]
"""Time in microseconds since 1970, file, line, id: by which the core finds an event again."""


class JobPort(Protocol):
    """A running job: iterate over its events, the terminal one last."""

    def cancel(self) -> None:
        """Stop at the next step."""

    def __aiter__(self) -> AsyncIterator[ProgressEvent]:
        """The progress events, the terminal one last."""
        ...


class SessionPort(Protocol):
    """An opened set of sources (shannon_core.session.Session)."""

    @property
    def sources(self) -> tuple[str, ...]:
        """The paths that were opened, in their order."""
        ...

    def read(self) -> JobPort:
        """Start reading the files that are new or changed."""
        ...

    def export(self, output: OutputPlan) -> JobPort:
        """Write the files of a plan."""
        ...

    async def count(self, selection: Selection) -> int:
        """How many events there are."""
        ...

    async def totals(self, selection: Selection) -> Totals:
        """Counts, sums and extent of the selection."""
        ...

    async def preview(
        self, selection: Selection, offset: int, limit: int, *, order: Order = BY_TIME, brief: bool = False
    ) -> pa.Table:
        """Rows in an order, brief or whole."""
        ...

    async def event(
        self, timestamp_us: int, source_file: str, source_line: int, event_id: str
    ) -> dict[str, Any] | None:
        """One event, whole; None where it is gone."""
        ...

    async def original(self, source_file: str, source_line: int) -> OriginalLine:
        """The line that an event was read from, as its file holds it now."""
        ...

    async def histogram(self, selection: Selection, buckets: int) -> Histogram:
        """How the events that pass the filters are spread over all time."""
        ...

    async def facets(
        self, selection: Selection, field: str, *, search: str = "", limit: int = 100
    ) -> list[FacetValue]:
        """The values of a field that exist under the other filters."""
        ...

    async def aggregate(self, selection: Selection, wanted: str) -> AggregationResult:
        """The rows of one aggregation and its totals."""
        ...

    async def aggregations(
        self, selection: Selection, wanted: Iterable[str]
    ) -> Mapping[str, AggregationResult]:
        """Several aggregations, each by its id."""
        ...

    async def report(self, selection: Selection, wanted: ReportFormat) -> UsageReport:
        """A report as an export holds it."""
        ...

    async def inventory(self) -> tuple[SourceFigures, ...]:
        """What each source holds."""
        ...

    async def changes(self) -> SourceChanges:
        """What changed on the disk since it was read."""
        ...

    async def preflight(self, output: OutputPlan) -> Preflight:
        """What an export would do."""
        ...

    async def rejects(self, source: str | None = None, limit: int = 1000) -> pa.Table:
        """The lines that could not be read, of one source or of all."""
        ...

    async def save_rejects(self, path: Path, source: str | None = None, *, overwrite: bool = False) -> int:
        """Write them to a file; how many they are."""
        ...

    async def close(self) -> None:
        """Release the store and its workers."""


OpenSession = Callable[[tuple[str, ...]], Awaitable[SessionPort]]
