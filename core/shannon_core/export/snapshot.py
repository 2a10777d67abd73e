"""The content of one export, from one state of the store: rows in order, counts, aggregations, reports, metadata.

All formats of an export are written from the same snapshot, so that they agree with each other and with the preview.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from shannon_core._version import __version__
from shannon_core.event_notes import NOTES
from shannon_core.jobs.control import Control
from shannon_core.jobs.prefetch import prefetch
from shannon_core.query import statements
from shannon_core.query.slicing import slices_of
from shannon_core.query.time_slices import TimeSlice
from shannon_core.request.contents import AggregationType, ReportFormat
from shannon_core.request.export_request import ExportRequest
from shannon_core.request.format_specs import CSV_KEYS
from shannon_core.store.relations import fetch
from shannon_core.store.sql_text import Query
from shannon_core.tables.compute import aggregate
from shannon_core.tables.result import AggregationResult

if TYPE_CHECKING:
    from shannon_core.report.render import UsageReport

SLICE_ROWS = 122_880
"""Events that are sorted and rendered by one statement: a row group of DuckDB, and of the Parquet file."""
RENDERED_BATCH_ROWS = 8_192
"""Rows of one batch: a cancel is noticed, and progress reported, between batches."""
GROUP_BYTES = 8 << 20
"""Bytes of long texts that are rendered at once where a slice does not fit into memory."""
PREFETCHED_ROW_BYTES = 32 << 20
"""Bytes of rendered rows that are prefetched, about: a few batches more than a writer has in hand."""
RowsWritten = Callable[[int], None]


def _groups(rows: Iterable[tuple[int, int]]) -> Iterator[list[int]]:
    """Group row ids so that the texts of a group have at most GROUP_BYTES, or the group is a single row."""
    group: list[int] = []
    filled = 0
    for row, length in rows:
        if group and filled + length > GROUP_BYTES:
            yield group
            group, filled = [], 0
        group.append(row)
        filled += length
    if group:
        yield group


@dataclass(frozen=True)
class Snapshot:
    """The content of one request. ``on_rows`` of the methods is called with the number of each batch's rows.

    ``words`` are the words of the request where a view has filtered by them already.
    """

    connection: duckdb.DuckDBPyConnection
    request: ExportRequest
    control: Control
    exported_at: datetime
    words: str = ""

    @classmethod
    def take(
        cls, connection: duckdb.DuckDBPyConnection, request: ExportRequest, control: Control, words: str = ""
    ) -> Snapshot:
        """The state of the store now; nothing may write to it until the export is done."""
        return cls(connection, request, control, datetime.now(UTC), words)

    @cached_property
    def slices(self) -> list[TimeSlice]:
        """The selection in slices of about SLICE_ROWS events."""
        return slices_of(self.connection, self.request.selection, SLICE_ROWS)

    @cached_property
    def events(self) -> int:
        """The number of selected events."""
        return sum(part.rows for part in self.slices)

    @cached_property
    def frequent_keys(self) -> list[str]:
        """The keys of ``data``, the most frequent first; one more than CSV_KEYS where there are more."""
        most = CSV_KEYS + 1
        try:
            return [
                key for key, _ in fetch(self.connection, statements.data_keys(self.request.selection, most))
            ]
        except duckdb.OutOfMemoryException:
            counted = self._keys_of_few_at_a_time()
            return sorted(counted, key=lambda key: (-counted[key], key))[:most]

    def _keys_of_few_at_a_time(self) -> Counter[str]:
        counted: Counter[str] = Counter()
        for part in self.slices:
            for group in _groups(fetch(self.connection, statements.row_ids(self.request.selection, part))):
                self.control.check()
                counted.update(dict(fetch(self.connection, statements.data_keys_at(group))))
        return counted

    @cached_property
    def altered_while_reading(self) -> dict[str, int]:
        """Counts of events that were altered while they were read, by reason; only reasons that occurred."""
        ((*counts,),) = fetch(self.connection, statements.notes(self.request.selection))
        return {reason: count for reason, count in zip(NOTES, counts, strict=True) if count}

    @cached_property
    def aggregations(self) -> dict[str, AggregationResult]:
        """The aggregations of the request, by id."""
        wanted = self.request.contents.aggregations
        return aggregate(self.connection, self.request.selection, wanted, self.control.check)

    @cached_property
    def overview(self) -> AggregationResult:
        """The daily aggregation, over which summaries and reports are written."""
        daily = AggregationType.DAILY
        if daily in self.request.contents.aggregations:
            return self.aggregations[daily]
        return aggregate(self.connection, self.request.selection, [daily], self.control.check)[daily]

    def report(self, wanted: ReportFormat) -> UsageReport:
        """The report of this format over ``overview``."""
        from shannon_core.report.render import write_report

        return write_report(self.overview, wanted, self.metadata())

    def rows(
        self, columns: str, on_rows: RowsWritten, given: str = ""
    ) -> Generator[pa.RecordBatch, None, None]:
        """Yield these columns of all events, which may use the expressions ``given``, in the order of every export.

        Where there are several slices they are prefetched in another thread, which uses the connection until the
        generator ends or is closed.
        """
        batches = self._all_rows(columns, given)
        if len(self.slices) > 1:
            batches = prefetch(batches, lambda batch: batch.nbytes, PREFETCHED_ROW_BYTES)
        with closing(batches):
            for batch in batches:
                self.control.check()
                on_rows(batch.num_rows)
                yield batch

    def _all_rows(self, columns: str, given: str) -> Generator[pa.RecordBatch, None, None]:
        for part in self.slices:
            yield from self._rows_of(columns, given, part)

    def _rows_of(self, columns: str, given: str, part: TimeSlice) -> Iterator[pa.RecordBatch]:
        """The rows of one slice; where its texts do not fit into memory, in groups from the first such row."""
        done = 0
        try:
            for batch in self._batches(statements.rows(self.request.selection, columns, part, given=given)):
                done += batch.num_rows
                yield batch
        except duckdb.OutOfMemoryException:
            rows = fetch(self.connection, statements.row_ids(self.request.selection, part))
            for group in _groups(rows[done:]):
                yield from self._batches(statements.rows_at(columns, group, given=given))

    def _batches(self, query: Query) -> Iterator[pa.RecordBatch]:
        return iter(
            self.connection.sql(query.sql, params=list(query.parameters)).to_arrow_reader(RENDERED_BATCH_ROWS)
        )

    def metadata(self, altered: dict[str, int] | None = None) -> dict[str, Any]:
        """The metadata of the export (outputs.md §0); ``altered`` are the alterations of writing, by reason."""
        selection = self.request.selection
        ((pending,),) = fetch(self.connection, Query("SELECT coalesce(sum(pending), 0)::BIGINT FROM files"))
        rejected = dict(
            fetch(
                self.connection, Query("SELECT reason, count(*) FROM rejects GROUP BY 1 ORDER BY 2 DESC, 1")
            )
        )
        start, end = selection.time_range.start, selection.time_range.end
        return {
            "exported_at": self.exported_at.isoformat(),
            "start_time": start and start.isoformat(),
            "end_time": end and end.isoformat(),
            "timezone": selection.time_range.timezone,
            "filters": selection.filters_metadata() | ({"text": self.words} if self.words else {}),
            "sources": list(self.request.sources),
            "events_written": self.events if self.request.contents.raw_events else 0,
            "rejected_lines": sum(rejected.values()),
            "rejected_by_reason": rejected,
            "pending_lines": pending,
            "altered_values": {**self.altered_while_reading, **(altered or {})},
            "program_version": __version__,
        }
