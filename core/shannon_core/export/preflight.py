"""The preflight of an export: the number of events, size and duration, free space, and hazards."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from shannon_core.errors import TargetError
from shannon_core.export.hazards import Counts, Hazard, HazardCheck
from shannon_core.export.size_estimate import EncodedSize, Sample, SizeEstimator, draw_sample
from shannon_core.jobs.control import Control
from shannon_core.plugins import load
from shannon_core.query import statements
from shannon_core.request.format_specs import FormatSpec
from shannon_core.request.output_files import OutputPlan
from shannon_core.request.selection import Selection
from shannon_core.store.relations import fetch
from shannon_core.store.sql_text import Query

EXACT_ROWS = 200_000
"""Events whose every cell is checked, which takes about a second; of more events only the sample is checked."""
_PLENTY = 20_000
"""Free bytes per event and file from which an export begins without an estimate."""
_CERTAINTY = 0.9
"""An export is refused only where even this part of its estimated size does not fit."""


@dataclass(frozen=True, slots=True)
class FileEstimate:
    """A file that will be written, and its estimated size in bytes."""

    format: str
    path: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Preflight:
    """What an export will write. ``events`` is exact; sizes are exact, except for the metadata, where ``is_exact``.

    ``seconds`` estimates its duration on an idle computer. ``free`` is the free space at the target in bytes, None
    where the system does not report it; ``sheets`` is the number of sheets of events in a workbook, 0 without one;
    ``hazards`` are those that occur.
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
        """The estimated size of all files together."""
        return sum(file.bytes for file in self.files)


@dataclass(frozen=True, slots=True)
class _Findings:
    """What is known about one selection: its sample, the estimates over it, and counts of checks."""

    selection: Selection
    sample: Sample
    estimator: SizeEstimator
    altered: int
    counted: dict[str, tuple[Counts, bool]]
    """By the name of a check: its counts, and whether they are exact."""


class Preflights:
    """Computes preflights on a connection of its own; caches what it knows about the last selection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._findings: _Findings | None = None

    def forget(self) -> None:
        """Drop the cache: the store has changed."""
        self._findings = None

    def of(self, plan: OutputPlan, control: Control) -> Preflight:
        """The preflight of a plan. JobCancelled where ``control`` is cancelled."""
        request = plan.request
        found = self._findings_of(request.selection, control)
        sizes = [found.estimator.estimate(request, file, control) for file in plan.files]
        total = sum(sizes, EncodedSize(0, 0.0))
        free = free_bytes(plan.paths[0])
        specs = [file.spec for file in plan.files] if request.contents.raw_events else []
        hazards = [
            *_hazard_of_room(total.bytes, free),
            *self._hazards_of_formats(plan, specs, found, control),
            *self._hazards_of_reading(found),
        ]
        return Preflight(
            events=found.sample.events,
            files=_file_estimates(plan, sizes),
            seconds=total.seconds,
            free=free,
            sheets=max((spec.sheets_for(found.sample.events) for spec in specs), default=0),
            hazards=tuple(hazard for hazard in hazards if hazard.count),
            is_exact=found.sample.is_whole,
        )

    def _findings_of(self, selection: Selection, control: Control) -> _Findings:
        if self._findings is None or self._findings.selection != selection:
            self._findings = None
            sample = draw_sample(self._connection, selection, control.check)
            estimator = SizeEstimator(self._connection, sample)
            (notes,) = fetch(self._connection, statements.notes(selection))
            self._findings = _Findings(selection, sample, estimator, sum(notes), {})
        return self._findings

    def _hazards_of_formats(
        self, plan: OutputPlan, specs: list[FormatSpec], found: _Findings, control: Control
    ) -> Iterator[Hazard]:
        """The hazards by the checks of these formats, each check once."""
        checked = {spec.hazards: spec for spec in specs if spec.hazards}
        for name, spec in checked.items():
            check: HazardCheck = load(name)
            if name not in found.counted:
                control.check()
                found.counted[name] = self._counted(check, found)
            counts, exact = found.counted[name]
            for kind, count in check.hazards_of(plan.request, spec, counts, found.sample.events).items():
                yield Hazard(kind, count, exact)

    def _counted(self, check: HazardCheck, found: _Findings) -> tuple[Counts, bool]:
        """The counts over all events, or scaled up from the sample where checking each would take seconds."""
        sample = found.sample
        if check.looks_into_data and (sample.is_whole or sample.events > EXACT_ROWS):
            (drawn,) = self._connection.sql(f"SELECT {check.columns} FROM sample").fetchall()
            ratio = sample.events / max(1, sample.rows)
            return tuple(round(count * ratio) for count in drawn), sample.is_whole
        where = statements.condition(found.selection)
        sql = f"SELECT {check.columns} FROM events WHERE {where.sql}"
        (counts,) = fetch(self._connection, Query(sql, where.parameters))
        return counts, True

    def _hazards_of_reading(self, found: _Findings) -> list[Hazard]:
        sql = "SELECT (SELECT count(*) FROM rejects), (SELECT coalesce(sum(pending), 0)::BIGINT FROM files)"
        ((rejected, pending),) = fetch(self._connection, Query(sql))
        return [
            Hazard("rejected_lines", rejected),
            Hazard("pending_lines", pending),
            Hazard("altered_values", found.altered),
        ]


def _file_estimates(plan: OutputPlan, sizes: list[EncodedSize]) -> tuple[FileEstimate, ...]:
    return tuple(
        FileEstimate(file.spec.id, str(file.path), size.bytes)
        for file, size in zip(plan.files, sizes, strict=True)
    )


def free_bytes(target: Path) -> int | None:
    """Free bytes at the target, by its nearest existing folder; None where the system does not report them."""
    for folder in target.parents:
        try:
            return shutil.disk_usage(folder).free
        except FileNotFoundError:
            continue
        except OSError:
            return None
    return None


def require_room(connection: duckdb.DuckDBPyConnection, plan: OutputPlan, control: Control) -> None:
    """TargetError, with needed and free bytes, where the files cannot fit.

    Sizes are estimated without pseudonyms, which are about as long as names.
    """
    target = plan.paths[0]
    free = free_bytes(target)
    ((events, *_),) = fetch(connection, statements.extent(plan.request.selection))
    if free is None or free >= _PLENTY * events * len(plan.files):
        return
    try:
        needed = Preflights(connection).of(plan, control).bytes
    finally:
        connection.execute("DROP TABLE IF EXISTS temp.sample")
    if needed * _CERTAINTY > free:
        raise TargetError("room_missing", path=str(target), needed=needed, free=free)


def _hazard_of_room(needed: int, free: int | None) -> list[Hazard]:
    return [Hazard("no_room", needed)] if free is not None and needed > free else []
