"""The table of a run: one row for each thing that was measured, beside its rival and its goal."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

_LIBRARIES = ("duckdb", "polars", "pyarrow", "openpyxl", "xlsxwriter", "PySide6-Essentials")


@dataclass(frozen=True, slots=True)
class Row:
    """One thing measured. ``ours`` and ``theirs`` are in ``unit``; the goal is for their ratio where there is a rival.

    ``limit`` is what ``--check`` lets pass, with room for a noisy machine and for the fixed costs of few events; None
    where it does not look. It is for the ratio of processor seconds where they are known (``busy_s``), for another
    process on the machine can double the wall time of one rival and not of the other.
    """

    what: str
    ours: float
    unit: str
    rival: str = ""
    theirs: float | None = None
    goal: float | None = None
    limit: float | None = None
    memory_mb: float | None = None
    rival_memory_mb: float | None = None
    busy_s: float | None = None
    rival_busy_s: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours by theirs: less than one is faster."""
        return self.ours / self.theirs if self.theirs else None

    @property
    def measured(self) -> float:
        """What the goal is for."""
        return self.ours if self.ratio is None else self.ratio

    @property
    def checked(self) -> float:
        """What the limit is for."""
        return self.busy_s / self.rival_busy_s if self.busy_s and self.rival_busy_s else self.measured

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is met; None without one."""
        return None if self.goal is None else self.measured <= self.goal

    @property
    def has_fallen_behind(self) -> bool:
        """Whether ``--check`` has to complain."""
        return self.limit is not None and self.checked > self.limit


def as_markdown(rows: Sequence[Row]) -> str:
    """The table as the README shows it."""
    lines = ["| what | ours | rival | ratio | goal | |", "|---|---|---|---|---|---|"]
    for row in rows:
        theirs = f"{row.rival} {_value(row.theirs, row.unit)}" if row.theirs else ""
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        unit = "" if row.ratio is not None else row.unit
        goal = "" if row.goal is None else f"≤ {_value(row.goal, unit)}"
        verdict = {True: "met", False: "missed", None: ""}[row.is_met]
        what = f"{row.what} ({row.note})" if row.note else row.what
        lines.append(f"| {what} | {_value(row.ours, row.unit)} | {theirs} | {ratio} | {goal} | {verdict} |")
    return "\n".join(lines)


def _value(value: float, unit: str) -> str:
    digits = 0 if value >= 100 else 1 if value >= 10 else 3 if not unit and value < 0.2 else 2
    return f"{value:,.{digits}f} {unit}".strip()


def as_record(rows: Sequence[Row], events: int, runs: int) -> dict[str, Any]:
    """The table for programs, with where and when it was made."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{os.cpu_count()} cores, {_memory_gib()} GiB, {platform.system()},"
        f" Python {platform.python_version()}",
        "libraries": {name: version(name) for name in _LIBRARIES},
        "events": events,
        "runs": runs,
        "rows": [{**asdict(row), "ratio": row.ratio, "met": row.is_met} for row in rows],
    }


def _memory_gib() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
