"""Before an export: how many events, how large each file, how long, how much room there is, and what to look out for."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from shannon_core.errors import TargetError
from shannon_core.export.hazards import (
    CELL_COUNTS,
    SHEET_COUNTS,
    CellCounts,
    Hazard,
    hazards_of_cells,
    hazards_of_sheets,
)
from shannon_core.export.size_estimate import EncodedSize, Sample, SizeEstimator, draw_sample
from shannon_core.jobs.control import Control
from shannon_core.query import statements
from shannon_core.request.export_request import ExportFormat, ExportRequest
from shannon_core.request.output_files import target_files
from shannon_core.request.selection import Selection
from shannon_core.store.relations import fetch
from shannon_core.store.sql_text import Query

EXACT_ROWS = 200_000
"""Looking into every cell of so many events takes about a second; of more, the cells of the sample are looked into."""
_PLENTY = 20_000
"""With so many free bytes for each event and format, nobody needs to estimate anything."""
_CERTAINTY = 0.9
"""An export is refused beforehand only where even this part of the estimate does not fit."""


@dataclass(frozen=True, slots=True)
class FileEstimate:
    """A file that will be written, and about how many bytes it will have."""

    format: ExportFormat
    path: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Preflight:
    """What an export will do. ``events`` is exact; sizes are exact but for its own facts where ``is_exact``.

    ``seconds`` is about how long it takes while the computer does nothing else. ``free`` is the room in bytes at the target, None
    where the system does not say; ``sheets`` is how many sheets of events a workbook will have, 0 without one; ``hazards`` are
    only those that occur.
    """

    events: int
    files: tuple[FileEstimate, ...]
    seconds: float
    free: int | None
    sheets: int
    hazards: tuple[Hazard, ...]
    is_exact: bool

    @property
    def bytes(self) -> int:
        """What all files estimate together."""
        return sum(file.bytes for file in self.files)


@dataclass(frozen=True, slots=True)
class _Look:
    """What was found out about one selection."""

    selection: Selection
    sample: Sample
    estimator: SizeEstimator
    cells: CellCounts
    sheets: tuple[int, int, int]
    altered: int


class Preflights:
    """Answers for one connection, which only it uses; what it knows of the last selection it keeps."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._look: _Look | None = None

    def forget(self) -> None:
        """The store holds something else now."""
        self._look = None

    def of(self, request: ExportRequest, control: Control) -> Preflight:
        """The answer for a request. JobCancelled where ``control`` says so in between."""
        look = self._looked(request.selection, control)
        sizes = [
            (item, path, look.estimator.estimate(request, item, path, control))
            for item, path in target_files(request)
        ]
        files = tuple(FileEstimate(item, str(path), size.bytes) for item, path, size in sizes)
        in_excel = ExportFormat.EXCEL in request.formats and request.contents.raw_events
        sheets = _sheets_needed(look.sample.events) if in_excel else 0
        free = free_bytes(Path(files[0].path))
        hazards = [
            *_hazard_of_room(sum(file.bytes for file in files), free),
            *hazards_of_sheets(request, look.sheets, sheets),
            *hazards_of_cells(request, look.cells),
            *self._hazards_of_reading(look),
        ]
        return Preflight(
            look.sample.events,
            files,
            sum((size for _, _, size in sizes), EncodedSize(0, 0.0)).seconds,
            free,
            sheets,
            tuple(hazard for hazard in hazards if hazard.count),
            look.sample.is_whole,
        )

    def _looked(self, selection: Selection, control: Control) -> _Look:
        if self._look is None or self._look.selection != selection:
            self._look = None
            sample = draw_sample(self._connection, selection, control.check)
            estimator = SizeEstimator(self._connection, sample)
            ((long_cells, big_integers, early_dates),) = self._counted(SHEET_COUNTS, selection, control)
            (notes,) = fetch(self._connection, statements.notes(selection))
            cells = self._cells(selection, sample, control)
            sheets = long_cells, big_integers, early_dates
            self._look = _Look(selection, sample, estimator, cells, sheets, sum(notes))
        return self._look

    def _cells(self, selection: Selection, sample: Sample, control: Control) -> CellCounts:
        if sample.is_whole or sample.events > EXACT_ROWS:
            ((formulas, numbers),) = self._connection.sql(f"SELECT {CELL_COUNTS} FROM sample").fetchall()
        else:
            ((formulas, numbers),) = self._counted(CELL_COUNTS, selection, control)
            return CellCounts(formulas, numbers, exact=True)
        ratio = sample.events / max(1, sample.rows)
        return CellCounts(round(formulas * ratio), round(numbers * ratio), exact=sample.is_whole)

    def _counted(self, columns: str, selection: Selection, control: Control) -> list[tuple[int, ...]]:
        control.check()
        where = statements.condition(selection)
        return fetch(
            self._connection, Query(f"SELECT {columns} FROM events WHERE {where.sql}", where.parameters)
        )

    def _hazards_of_reading(self, look: _Look) -> list[Hazard]:
        sql = "SELECT (SELECT count(*) FROM rejects), (SELECT coalesce(sum(pending), 0)::BIGINT FROM files)"
        ((rejected, pending),) = fetch(self._connection, Query(sql))
        return [
            Hazard("rejected_lines", rejected),
            Hazard("pending_lines", pending),
            Hazard("altered_values", look.altered),
        ]


def free_bytes(target: Path) -> int | None:
    """The room where the target will be, of the nearest folder that is there; None where the system does not say."""
    for folder in target.parents:
        try:
            return shutil.disk_usage(folder).free
        except FileNotFoundError:
            continue
        except OSError:
            return None
    return None


def require_room(connection: duckdb.DuckDBPyConnection, request: ExportRequest, control: Control) -> None:
    """TargetError where the files cannot fit, with how much they need and how much there is.

    They are weighed under the names that the events have; pseudonyms are about as long.
    """
    target = target_files(request)[0][1]
    free = free_bytes(target)
    ((events, *_),) = fetch(connection, statements.extent(request.selection))
    if free is None or free >= _PLENTY * events * len(request.formats):
        return
    try:
        needed = Preflights(connection).of(request, control).bytes
    finally:
        connection.execute("DROP TABLE IF EXISTS temp.sample")
    if needed * _CERTAINTY > free:
        raise TargetError(
            f"There is no room to write {target}.",
            f"About {_megabytes(needed)} are needed, and {_megabytes(free)} are free.",
            "Free some space, or choose another disk or fewer formats. Nothing was changed.",
        )


def _hazard_of_room(needed: int, free: int | None) -> list[Hazard]:
    return [Hazard("no_room", needed)] if free is not None and needed > free else []


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.1f} MB"


def _sheets_needed(events: int) -> int:
    from shannon_core.export.writers.excel import sheets_needed

    return sheets_needed(events)
