"""Estimates sizes of files without writing them: a sample of the selection is encoded, and its size scaled up.

The sample is a few runs of neighbouring events spread evenly over the selection, because neighbours compress well
together. It replaces the relation ``events`` on a connection of its own, so that the writers of the export encode it.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import duckdb

from shannon_core.export.file_writing import write_file
from shannon_core.export.snapshot import Snapshot
from shannon_core.export.writers.csv import table_chunks
from shannon_core.files.atomic_file import AtomicFile
from shannon_core.jobs.control import Control
from shannon_core.query import statements
from shannon_core.query.slicing import slices_of
from shannon_core.query.time_slices import TimeSlice
from shannon_core.request.contents import Contents
from shannon_core.request.export_request import Encoding, ExportRequest
from shannon_core.request.format_specs import FormatSpec
from shannon_core.request.output_files import OutputFile
from shannon_core.request.selection import Selection
from shannon_core.request.table_keys import AGGREGATIONS

SAMPLE_ROWS = 8_192
"""Events of a sample: encoding them takes a fraction of a second. A smaller selection is encoded whole: its size is
exact."""
RUNS = 16
"""Runs of a sample: enough to meet most kinds of sessions, each long enough to compress as a file does."""
_RUN_ROWS = SAMPLE_ROWS // RUNS
_KEY_COLUMNS = tuple(key.field for key in AGGREGATIONS.values() if key.field)
_TEXT_BYTES = f"coalesce(sum({statements.TEXT_BYTES} + 128), 0)::BIGINT"


@dataclass(frozen=True, slots=True)
class EncodedSize:
    """Bytes of an encoding, and the CPU seconds that it took."""

    bytes: int
    seconds: float

    def __add__(self, other: EncodedSize) -> EncodedSize:
        return EncodedSize(self.bytes + other.bytes, self.seconds + other.seconds)

    def __sub__(self, other: EncodedSize) -> EncodedSize:
        return EncodedSize(max(0, self.bytes - other.bytes), max(0.0, self.seconds - other.seconds))

    def times(self, factor: float, pace: float = 1.0) -> EncodedSize:
        """``factor`` times the bytes, and ``pace`` times the seconds."""
        return EncodedSize(round(self.bytes * factor), self.seconds * pace)


class CountingFile(AtomicFile):
    """Discards what is written, and counts its size."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, overwrite=False)

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """Add the bytes to ``size``; their number."""
        size = memoryview(data).nbytes
        self.size += size
        return size

    def patch(self, offset: int, data: bytes) -> None:
        """Does nothing: replaced bytes do not change the size."""

    def truncate(self, size: int) -> None:
        """Set the size to ``size`` bytes."""
        self.size = size


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample of ``rows`` of the ``events`` selected.

    ``scale`` is the size of all texts relative to the sample's; ``groups`` estimates the rows of each aggregation.
    """

    events: int
    rows: int
    scale: float
    groups: dict[str, int]

    @property
    def is_whole(self) -> bool:
        """Whether the sample holds every selected event."""
        return self.rows == self.events


def draw_sample(
    connection: duckdb.DuckDBPyConnection, selection: Selection, check: Callable[[], None]
) -> Sample:
    """Draw a sample of the selection; the connection keeps it until the next one is drawn."""
    where = statements.condition(selection)
    slices = slices_of(connection, selection, _RUN_ROWS)
    events = sum(part.rows for part in slices)
    check()
    connection.execute("CREATE OR REPLACE TEMP TABLE sample AS FROM events LIMIT 0")
    for part, limit in _runs(slices, events):
        check()
        run = statements.rows(selection, "*", part, limit=limit)
        connection.execute(f"INSERT INTO sample {run.sql}", list(run.parameters))
    ((rows, sample_bytes),) = connection.sql(f"SELECT count(*), {_TEXT_BYTES} FROM sample").fetchall()
    if rows == events:
        return Sample(events, rows, 1.0, {})
    check()
    keys = ", ".join(f"count(DISTINCT {name})" for name in _KEY_COLUMNS)
    span = "epoch_us(max(timestamp)) - epoch_us(min(timestamp))"
    sql = f"SELECT {_TEXT_BYTES}, {span}, {keys} FROM events WHERE {where.sql}"
    ((text_bytes, extent, *counts),) = connection.execute(sql, list(where.parameters)).fetchall()
    of_columns = dict(zip(_KEY_COLUMNS, counts, strict=True))
    groups = {
        item: extent // (key.about // timedelta(microseconds=1)) + 1 if key.about else of_columns[key.field]
        for item, key in AGGREGATIONS.items()
    }
    return Sample(
        events, rows, text_bytes / sample_bytes, {item: min(events, n) for item, n in groups.items()}
    )


def _runs(slices: list[TimeSlice], events: int) -> Iterator[tuple[TimeSlice, int | None]]:
    if events <= SAMPLE_ROWS:
        yield from ((part, None) for part in slices)
        return
    runs = min(RUNS, len(slices))
    for number in range(runs):
        yield slices[(2 * number + 1) * len(slices) // (2 * runs)], SAMPLE_ROWS // runs


@contextmanager
def shown_as_events(connection: duckdb.DuckDBPyConnection, *, empty: bool = False) -> Iterator[None]:
    """Show the sample, or no rows where ``empty``, as ``events`` to the connection within the block."""
    connection.execute(f"CREATE TEMP VIEW events AS SELECT *, rowid FROM sample{' LIMIT 0' if empty else ''}")
    try:
        yield
    finally:
        connection.execute("DROP VIEW temp.events")


class SizeEstimator:
    """Estimates sizes from the sample drawn last; each choice of format and contents is encoded once."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, sample: Sample) -> None:
        self._connection = connection
        self._sample = sample
        self._control = Control()
        self._known: dict[tuple[str, bool, Contents, Encoding], EncodedSize] = {}
        self._snapshots: dict[tuple[Contents, Encoding, bool], Snapshot] = {}

    def estimate(self, request: ExportRequest, file: OutputFile, control: Control) -> EncodedSize:
        """The estimated size of this file of the request. JobCancelled where ``control`` is cancelled."""
        if control is not self._control:
            # a snapshot checks the control that it was taken with
            self._control, self._snapshots = control, {}
        key = (file.spec.id, file.path.name.endswith(".gz"), request.contents, request.encoding)
        if key not in self._known:
            self._known[key] = self._scaled(request, file)
        return self._known[key]

    def _scaled(self, request: ExportRequest, file: OutputFile) -> EncodedSize:
        if self._sample.is_whole:
            return self._encoded(request, file)
        total = below = None
        for contents, factor, pace in self._layers(request, file.spec):
            asked = replace(request, contents=contents)
            if total is None or below is None:
                total = below = self._encoded(asked, file, empty=True)
            size = self._encoded(asked, file)
            total += (size - below).times(factor, pace)
            below = size
        return total or EncodedSize(0, 0.0)

    def _layers(self, request: ExportRequest, spec: FormatSpec) -> Iterator[tuple[Contents, float, float]]:
        """Contents that grow by one part each, with the factors of that part's bytes and seconds over the sample's.

        Events come last, because a CSV of events alone is not an archive.
        """
        full = request.contents
        grown = Contents(False, (), ())
        if full.aggregations and spec.holds_aggregations:
            grown = replace(grown, aggregations=full.aggregations)
            growth = self._growth(replace(request, contents=grown))
            yield grown, growth, growth
        if full.reports and spec.holds_reports:
            grown = replace(grown, reports=full.reports)
            yield grown, 1.0, 1.0
        if full.raw_events:
            yield replace(grown, raw_events=True), self._sample.scale, self._sample.events / self._sample.rows

    def _growth(self, request: ExportRequest) -> float:
        """The factor of the tables' size over that of the sample's tables."""
        with shown_as_events(self._connection):
            results = self._snapshot(request).aggregations
        drawn = scaled = 0.0
        for item, result in results.items():
            size = len(b"".join(table_chunks(result, request.encoding, Counter())))
            drawn += size
            scaled += size * max(1.0, self._sample.groups.get(item, 0) / max(1, len(result.rows)))
        return scaled / drawn if drawn else 1.0

    def _encoded(self, request: ExportRequest, wanted: OutputFile, *, empty: bool = False) -> EncodedSize:
        self._control.check()
        file = CountingFile(wanted.path)
        with shown_as_events(self._connection, empty=empty):
            started = time.thread_time()
            write_file(wanted.spec, self._snapshot(request, empty=empty), file, _ignore, Counter())
            return EncodedSize(file.size, time.thread_time() - started)

    def _snapshot(self, request: ExportRequest, *, empty: bool = False) -> Snapshot:
        """The snapshot that all formats of these contents share, as in an export."""
        key = (request.contents, request.encoding, empty)
        if key not in self._snapshots:
            self._snapshots[key] = Snapshot.take(self._connection, request, self._control)
        return self._snapshots[key]


def _ignore(_rows: int) -> None:
    """Progress is not reported for samples."""
