"""The state of reading and exporting as one frozen value, and the pure function that changes it.

The window draws an ``ExportState`` and nothing else; ``reduce`` is the only way to a next one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Literal

from shannon_core.jobs.progress import (
    Cancelled,
    ExportStarted,
    Failed,
    FileFailed,
    FileProgress,
    FileWritten,
    Finished,
    Notice,
    ProgressEvent,
    ReadingProgress,
    SourcesRead,
    Terminal,
)

Stage = Literal["waiting", "writing", "finishing", "verifying", "written", "failed"]

_STAGE_SHARE: dict[Stage, float] = {"finishing": 0.95, "verifying": 0.98, "written": 1.0, "failed": 1.0}
_ROWS_SHARE = 0.95
_SETTLED_SECONDS = 0.5
"""A rate is shown only after this time: before, it jumps."""


class Phase(Enum):
    """What the window is doing."""

    EMPTY = "empty"
    READING = "reading"
    READY = "ready"
    EXPORTING = "exporting"


@dataclass(frozen=True, slots=True)
class SourcesChosen:
    """These sources are being read; the ones on the screen stay until that has succeeded."""

    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourcesShown:
    """The events that have been read so far are on the screen, because nothing else was."""


@dataclass(frozen=True, slots=True)
class SourcesClosed:
    """Nothing is open any more."""


@dataclass(frozen=True, slots=True)
class ExportRequested:
    """An export was started."""


@dataclass(frozen=True, slots=True)
class CancelRequested:
    """Cancellation was requested; the terminal event says when the job has ended."""


StateEvent = SourcesChosen | SourcesShown | SourcesClosed | ExportRequested | CancelRequested | ProgressEvent


@dataclass(frozen=True, slots=True)
class FileState:
    """How far one file of the export is. Sizes are bytes."""

    path: str
    format: str | None = None
    rows_done: int = 0
    rows_total: int = 0
    stage: Stage = "waiting"
    bytes: int = 0

    @property
    def fraction(self) -> float:
        """The part of this file that is done, 0 to 1."""
        if self.stage in _STAGE_SHARE:
            return _STAGE_SHARE[self.stage]
        return _ROWS_SHARE * self.rows_done / self.rows_total if self.rows_total else 0.0


@dataclass(frozen=True, slots=True)
class ExportState:
    """All that the window shows of a reading or an export.

    ``started``, ``read_at`` and ``now`` are seconds of one monotonic clock; ``outcome`` is how the last export ended,
    and ``failures`` are what of it could not be made, each with the reason. ``partial`` says that the sources on the
    screen have not been read to their end.
    """

    phase: Phase = Phase.EMPTY
    cancelling: bool = False
    sources: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    partial: bool = False
    reading: ReadingProgress | None = None
    summary: SourcesRead | None = None
    read_at: float = 0.0
    files: tuple[FileState, ...] = ()
    failures: tuple[FileFailed, ...] = ()
    outcome: Terminal | None = None
    started: float = 0.0
    now: float = 0.0

    @property
    def busy(self) -> bool:
        """Whether a job is running."""
        return self.phase in (Phase.READING, Phase.EXPORTING)

    @property
    def fraction(self) -> float | None:
        """The part of the running job that is done, 0 to 1; None while that is unknown."""
        if self.files:
            return sum(file.fraction for file in self.files) / len(self.files)
        if self.reading and self.reading.bytes_total:
            return min(1.0, self.reading.bytes_done / self.reading.bytes_total)
        return None

    @property
    def seconds(self) -> float:
        """How long the running part of the job has taken."""
        return max(0.0, self.now - self.started)

    @property
    def rate(self) -> float | None:
        """Rows written (or events read) a second; None while it is too early to say."""
        done = (
            sum(file.rows_done for file in self.files) if self.files else self.reading and self.reading.events
        )
        return done / self.seconds if done and self.seconds >= _SETTLED_SECONDS else None

    @property
    def seconds_left(self) -> float | None:
        """The estimated time left; None while it is too early to say."""
        fraction = self.fraction
        if not fraction or self.seconds < _SETTLED_SECONDS:
            return None
        return self.seconds * (1 - fraction) / fraction

    @property
    def kept(self) -> tuple[str, ...]:
        """The files that were complete, however the export ended."""
        return tuple(file.path for file in self.files if file.stage == "written")

    @property
    def current_file(self) -> FileState | None:
        """The file that is being written."""
        return next(
            (file for file in self.files if file.stage in ("writing", "finishing", "verifying")), None
        )


def reduce(state: ExportState, event: StateEvent, at: float = 0.0) -> ExportState:
    """The state after the event, which happened ``at`` seconds of a monotonic clock."""
    state = replace(state, now=at)
    match event:
        case SourcesChosen(sources):
            return replace(
                state,
                phase=Phase.READING,
                cancelling=False,
                opening=sources,
                reading=None,
                files=(),
                started=at,
            )
        case SourcesShown():
            return replace(state, sources=state.opening, partial=True, summary=None)
        case SourcesClosed():
            return ExportState(now=at)
        case ExportRequested():
            return replace(
                state,
                phase=Phase.EXPORTING,
                cancelling=False,
                reading=None,
                files=(),
                failures=(),
                outcome=None,
                started=at,
            )
        case CancelRequested():
            return replace(state, cancelling=state.busy)
        case Finished() | Cancelled() | Failed():
            return _ended(state, event)
        case _:
            return _progressed(state, event)


def _progressed(
    state: ExportState,
    event: ReadingProgress | SourcesRead | ExportStarted | FileProgress | FileWritten | FileFailed | Notice,
) -> ExportState:
    match event:
        case ReadingProgress():
            return replace(state, reading=event)
        case SourcesRead():
            return replace(state, summary=event, reading=None, read_at=state.now)
        case ExportStarted(events, paths):
            waiting = tuple(FileState(path, rows_total=events) for path in paths)
            return replace(state, files=waiting, started=state.now)
        case FileProgress(kind, path, rows_done, rows_total, stage):
            return _with_file(state, FileState(path, kind, rows_done, rows_total, stage))
        case FileWritten(kind, path, rows, size):
            return _with_file(state, FileState(path, kind, rows, rows, "written", size))
        case FileFailed(kind, path):
            state = replace(state, failures=(*state.failures, event))
            return _with_file(state, FileState(path, kind, stage="failed"))
        case Notice():
            return state


def _with_file(state: ExportState, file: FileState) -> ExportState:
    """A path that is none of the files is a member of an archive, which only the log shows."""
    return replace(state, files=tuple(file if known.path == file.path else known for known in state.files))


def _ended(state: ExportState, event: Terminal) -> ExportState:
    state = replace(state, cancelling=False, reading=None)
    if state.phase is Phase.READING:
        sources = state.opening if isinstance(event, Finished) else state.sources
        partial = state.partial and not isinstance(event, Finished)
        return replace(state, phase=_resting(sources), sources=sources, opening=(), partial=partial)
    return replace(state, phase=_resting(state.sources), outcome=event)


def _resting(sources: Iterable[str]) -> Phase:
    return Phase.READY if any(sources) else Phase.EMPTY
