"""One run of the benchmarks, and rows of its table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from made_events import make_events
from processes import EXPORT, HERE, PYTHON, Command, Measured, in_turn
from table import Row

MEMORY_GOAL_MB = 700


@dataclass
class Bench:
    """One run of the benchmarks: a folder for everything, how many events, how often."""

    folder: Path
    events: int
    runs: int

    @cached_property
    def logs(self) -> Path:
        """The events that are measured with."""
        return self.made(self.events)

    def made(self, events: int) -> Path:
        """A folder with this number of events, made when it is first needed."""
        folder = self.folder / f"events_{events}"
        return folder if folder.exists() else make_events(folder, events)

    def in_turn(self, runs: int | None = None, **commands: Command) -> dict[str, Measured]:
        """The commands in turn, with a cache of their own, and compiled once like what is installed."""
        home = {
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(self.folder / "compiled"),
            "XDG_CACHE_HOME": str(self.cache),
            "XDG_CONFIG_HOME": str(self.folder),
            "QT_QPA_PLATFORM": "offscreen",
        }
        return in_turn(commands, runs or self.runs, home)

    @property
    def cache(self) -> Path:
        """Where our stores lie."""
        return self.folder / "cache"

    def ours(self, logs: Path, name: str, *options: str) -> Command:
        """Our command line, writing this file."""
        target = self.folder / "ours" / name
        return Command((EXPORT, str(logs), "-o", str(target), "--force", *options))

    def rival(self, name: str, logs: Path, target: str) -> Command:
        """A rival, writing this file."""
        path = self.folder / "theirs" / target
        path.parent.mkdir(exist_ok=True)
        return Command(
            (PYTHON, str(HERE / "rivals.py"), name, str(logs), str(path)),
            lambda: path.unlink(missing_ok=True),
        )


def beside(
    what: str,
    found: dict[str, Measured],
    rival: str,
    *,
    goal: float | None = None,
    limit: float | None = None,
    note: str = "",
) -> Row:
    """Our time and peak beside those of the rival, which is ``duckdb`` in what was found."""
    ours, theirs = found["ours"], found["duckdb"]
    return Row(
        what,
        ours.seconds,
        "s",
        rival,
        theirs.seconds,
        goal,
        limit,
        ours.peak_mb,
        theirs.peak_mb,
        ours.busy_seconds,
        theirs.busy_seconds,
        note,
    )


def busiest_turn(loop: str, driven: Measured) -> Row:
    """How long a loop worked before it could answer; another process on the machine cannot stretch that."""
    doing, busy = max(driven.runs[0].said["gaps, processor time"].items(), key=lambda item: item[1])
    return Row(f"{loop}: most processor time in a turn", busy, "ms", goal=50, note=f"while {doing}")


def memory(what: str, measured: Measured) -> Row:
    """The highest peak of memory."""
    return Row(
        f"Peak memory: {what}", measured.peak_mb, "MB", goal=MEMORY_GOAL_MB, limit=1.3 * MEMORY_GOAL_MB
    )
