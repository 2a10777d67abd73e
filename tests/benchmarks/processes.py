"""Whole processes, measured: wall and processor seconds from start to end, the peak of resident memory, and what was
printed."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

HERE = Path(__file__).parent
PYTHON = sys.executable
EXPORT = str(Path(PYTHON).with_name("shannon-export"))


class ProcessFailed(Exception):  # noqa: N818 – it states the outcome
    """A measured process ended with an error; its last words."""


@dataclass(frozen=True, slots=True)
class Run:
    """One process from start to end: its wall seconds, the processor seconds of all its threads, its peak of memory,
    and what it said: the last line of its stdout and all lines of its stderr, where they are JSON objects.
    """

    seconds: float
    busy_seconds: float
    peak_mb: float
    said: dict[str, Any]
    progress: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Command:
    """What is measured: the words of a command, and what has to be done before each of its runs, unmeasured."""

    words: tuple[str, ...]
    before: Callable[[], None] = lambda: None


@dataclass(slots=True)
class Measured:
    """The runs of one command."""

    runs: list[Run] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """The median of the wall seconds."""
        return statistics.median(run.seconds for run in self.runs)

    @property
    def busy_seconds(self) -> float:
        """The median of the processor seconds, which other processes hardly change."""
        return statistics.median(run.busy_seconds for run in self.runs)

    @property
    def peak_mb(self) -> float:
        """The highest of the peaks of memory."""
        return max(run.peak_mb for run in self.runs)

    def said(self, name: str) -> float:
        """The median of a figure that the process measured itself."""
        return statistics.median(run.said[name] for run in self.runs)


def in_turn(
    commands: Mapping[str, Command], runs: int, environment: Mapping[str, str]
) -> dict[str, Measured]:
    """Runs each command ``runs`` times, in turn, so that a slow minute of the machine hits all of them."""
    measured = {name: Measured() for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            command.before()
            measured[name].runs.append(run(command.words, environment))
    return measured


def run(words: Sequence[str], environment: Mapping[str, str]) -> Run:
    """Run the command to its end. ProcessFailed where that is an error."""
    started = time.perf_counter()
    with TemporaryFile() as out, TemporaryFile() as err:
        words = [word.replace("$NOW", str(time.monotonic_ns())) for word in words]
        process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env={**os.environ, **environment}
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        said, errors = (_content(file) for file in (out, err))
    if process.returncode:
        raise ProcessFailed(f"{' '.join(words)}\n{errors.decode(errors='replace')[-2000:]}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(
        seconds,
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss * unit / 1e6,
        next(iter(_objects(said)[-1:]), {}),
        tuple(_objects(errors)),
    )


def _content(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


def _objects(text: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines() if line.startswith(b'{"')]
