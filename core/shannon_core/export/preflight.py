"""Before an export: how many events, how large each file, how long, how much room there is, and what to look out
for."""

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
"""Looking into every cell of so many events takes about a second; of more, the cells of the sample are looked into."""
_PLENTY = 20_000
"""Free bytes for each event and format, from which on nothing is estimated before an export."""
_CERTAINTY = 0.9
"""An export is refused beforehand only where even this part of the estimate does not fit."""


@dataclass(frozen=True, slots=True)
class FileEstimate:
    """A file that will be written, and about how many bytes it will have."""

    format: str
    path: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Preflight:
    """What an export will do. ``events`` is exact; sizes are exact but for its own facts where ``is_exact``.

    ``seconds`` is about how long it takes while the computer does nothing else. ``free`` is the room in bytes at the
    target, None where the system does not say; ``sheets`` is how many sheets of events a workbook will have, 0 without
    one; ``hazards`` are only those that occur.
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
    altered: int
    counted: dict[str, tuple[Counts, bool]]
    """What the check of this name counted, and whether that is exact."""


class Preflights:
    """Answers for one connection, which only it uses; what it knows of the last selection it keeps."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._look: _Look | None = None

    def forget(self) -> None:
        """The store holds something else now."""
        self._look = None

    def of(self, plan: OutputPlan, control: Control) -> Preflight:
        """The answer for a plan. JobCancelled where ``control`` says so in between."""
        request = plan.request
        look = self._looked(request.selection, control)
        sizes = [look.estimator.estimate(request, file, control) for file in plan.files]
        total = sum(sizes, EncodedSize(0, 0.0))
        free = free_bytes(plan.paths[0])
        specs = [file.spec for file in plan.files] if request.contents.raw_events else []
        hazards = [
            *_hazard_of_room(total.bytes, free),
            *self._hazards_of_formats(plan, specs, look, control),
            *self._hazards_of_reading(look),
        ]
        return Preflight(
            look.sample.events,
            tuple(
                FileEstimate(file.spec.id, str(file.path), size.bytes)
                for file, size in zip(plan.files, sizes, strict=True)
            ),
            total.seconds,
            free,
            max((spec.sheets_for(look.sample.events) for spec in specs), default=0),
            tuple(hazard for hazard in hazards if hazard.count),
            look.sample.is_whole,
        )

    def _looked(self, selection: Selection, control: Control) -> _Look:
        if self._look is None or self._look.selection != selection:
            self._look = None
            sample = draw_sample(self._connection, selection, control.check)
            estimator = SizeEstimator(self._connection, sample)
            (notes,) = fetch(self._connection, statements.notes(selection))
            self._look = _Look(selection, sample, estimator, sum(notes), {})
        return self._look

    def _hazards_of_formats(
        self, plan: OutputPlan, specs: list[FormatSpec], look: _Look, control: Control
    ) -> Iterator[Hazard]:
        """What the checks of these formats find, each check once."""
        checked = {spec.hazards: spec for spec in specs if spec.hazards}
        for name, spec in checked.items():
            check: HazardCheck = load(name)
            if name not in look.counted:
                control.check()
                look.counted[name] = self._counted(check, look)
            counts, exact = look.counted[name]
            for kind, count in check.hazards_of(plan.request, spec, counts, look.sample.events).items():
                yield Hazard(kind, count, exact)

    def _counted(self, check: HazardCheck, look: _Look) -> tuple[Counts, bool]:
        """The counts over all events, or scaled up from the sample where looking into each would take seconds."""
        sample = look.sample
        if check.looks_into_data and (sample.is_whole or sample.events > EXACT_ROWS):
            (drawn,) = self._connection.sql(f"SELECT {check.columns} FROM sample").fetchall()
            ratio = sample.events / max(1, sample.rows)
            return tuple(round(count * ratio) for count in drawn), sample.is_whole
        where = statements.condition(look.selection)
        sql = f"SELECT {check.columns} FROM events WHERE {where.sql}"
        (counts,) = fetch(self._connection, Query(sql, where.parameters))
        return counts, True

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


def require_room(connection: duckdb.DuckDBPyConnection, plan: OutputPlan, control: Control) -> None:
    """TargetError where the files cannot fit, with how much they need and how much there is.

    Their sizes are estimated under the names that the events have; pseudonyms are about as long.
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
