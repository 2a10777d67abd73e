"""The events of a running job: a closed union that the window and the command line both match.

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
    """How far reading the new and changed log files is; unchanged ones are not in the totals.

    ``committed`` of the ``events`` are visible already, and stay when the reading is cancelled.
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
    """The store is up to date; counts of the whole store, and ``files_read`` of this reading."""

    files: int
    events: int
    rejected: int
    pending: int
    files_read: int
    seconds: float


@dataclass(frozen=True, slots=True)
class ExportStarted:
    """The export begins: the number of events selected, and the files that will be written."""

    events: int
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileProgress:
    """How far a file is. After the last row ``stage`` is ``finishing``, then ``verifying`` while it is read back."""

    format: str
    path: str
    rows_done: int
    rows_total: int
    stage: Literal["writing", "finishing", "verifying"]


@dataclass(frozen=True, slots=True)
class FileWritten:
    """The file is complete, verified and at its path. ``altered`` counts altered values by the codes of phrases.py."""

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
        """What happened, as a sentence in English."""
        return error_words(self.code, self.values).title

    @property
    def message(self) -> str:
        """Why, in English; may be empty."""
        return error_words(self.code, self.values).message

    @property
    def hint(self) -> str:
        """What to do, in English; may be empty."""
        return error_words(self.code, self.values).hint


@dataclass(frozen=True, slots=True)
class FileFailed(_Coded):
    """This file, or this member of an archive, could not be written; the others are continued."""

    format: str
    path: str
    code: str
    values: Values = field(default_factory=dict)

    @property
    def names_its_file(self) -> bool:
        """Whether the texts of the error already name the file."""
        return "path" in self.values


@dataclass(frozen=True, slots=True)
class Finished:
    """The job is done. ``failures`` counts the files that could not be written: above 0 it “finished with errors”."""

    paths: tuple[str, ...]
    events: int
    seconds: float
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The job was cancelled. ``paths`` are the files that were completed before and are kept."""

    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed(_Coded):
    """The job failed: the code and values of the error."""

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
