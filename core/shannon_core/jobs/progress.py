"""What a running job says: a closed union of typed events that the window and the command line both match.

Every stream ends with exactly one of ``Finished``, ``Cancelled`` and ``Failed``. Sizes are bytes, durations seconds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Literal

from shannon_core.errors import ShannonError
from shannon_core.messages.errors import ERRORS
from shannon_core.messages.notice import Notice as Notice
from shannon_core.messages.texts import Values, error_words


@dataclass(frozen=True, slots=True)
class ReadingProgress:
    """So much of the changed log files has been read; ``bytes_total`` counts only those.

    ``committed`` of the ``events`` can be looked at already, and stay when the reading is cancelled.
    """

    files_done: int
    files_total: int
    bytes_done: int
    bytes_total: int
    events: int
    seconds: float
    committed: int = 0


@dataclass(frozen=True, slots=True)
class SourcesRead:
    """The store now holds what the sources hold."""

    files: int
    events: int
    rejected: int
    pending: int
    files_read: int
    seconds: float


@dataclass(frozen=True, slots=True)
class ExportStarted:
    """So many events will go into these files."""

    events: int
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileProgress:
    """So many of the file's rows are written.

    ``stage`` is ``finishing`` from the last row until the file is read back, which is ``verifying``.
    """

    format: str
    path: str
    rows_done: int
    rows_total: int
    stage: Literal["writing", "finishing", "verifying"]


@dataclass(frozen=True, slots=True)
class FileWritten:
    """The file is complete, verified and at its place."""

    format: str
    path: str
    rows: int
    bytes: int
    seconds: float
    altered: dict[str, int] = field(default_factory=dict)


class _Coded:
    """An error as an event: its words in English, from a code and values."""

    __slots__ = ()
    code: str
    values: Values

    @property
    def title(self) -> str:
        """What happened."""
        return error_words(self.code, self.values).title

    @property
    def message(self) -> str:
        """Why; may be empty."""
        return error_words(self.code, self.values).message

    @property
    def hint(self) -> str:
        """What to do; may be empty."""
        return error_words(self.code, self.values).hint


@dataclass(frozen=True, slots=True)
class FileFailed(_Coded):
    """This file, or this member of an archive, could not be made; the others go on."""

    format: str
    path: str
    code: str
    values: Values = field(default_factory=dict)

    @property
    def names_its_file(self) -> bool:
        """Whether the words name the file themselves."""
        return "path" in self.values


@dataclass(frozen=True, slots=True)
class Finished:
    """The job is done. ``failures`` counts what could not be made: more than none is “finished with errors”."""

    paths: tuple[str, ...]
    events: int
    seconds: float
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The job was cancelled. ``paths`` are the files that were complete and stay."""

    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed(_Coded):
    """The job could not be done."""

    code: str
    values: Values = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """The exit code of the command line."""
        return ERRORS[self.code].exit_code

    @classmethod
    def of(cls, error: ShannonError) -> Failed:
        """The event that reports this error."""
        return cls(error.code, error.values)


Terminal = Finished | Cancelled | Failed
ProgressEvent = (
    ReadingProgress
    | SourcesRead
    | ExportStarted
    | FileProgress
    | FileWritten
    | FileFailed
    | Notice
    | Finished
    | Cancelled
    | Failed
)


_WORDS: Mapping[type[ProgressEvent], tuple[str, ...]] = {
    FileFailed: ("title", "message", "hint"),
    Notice: ("level", "text"),
    Failed: ("title", "message", "hint", "exit_code"),
}


def as_json_line(event: ProgressEvent) -> str:
    """The event as one JSON object, its class under ``event``: the lines of ``--progress json``.

    Errors and notices have their English words as well as code and values.
    """
    words = {name: getattr(event, name) for name in _WORDS.get(type(event), ())}
    return json.dumps({"event": type(event).__name__, **words, **asdict(event)}, ensure_ascii=False)
