"""Every error that a person may see, as title, message and hint.

::

    ShannonError            exit code 3
    ├── RequestError        2   what was asked for makes no sense: a date, a zone, a filter field
    ├── SourceError         3   what should be read is missing, unreadable or holds no events
    ├── TargetError         3   what should be written cannot be: exists, read-only, disk full
    ├── StoreError          3   the cache on this computer failed
    ├── PriceError          2   a file with prices is missing or has a mistake
    └── JobCancelled        130 someone said stop; not a failure

Errors of libraries and of the system are wrapped where they enter, with ``raise … from``.
"""

from __future__ import annotations

from typing import ClassVar


class ShannonError(Exception):
    """A problem that a person can understand: what happened, to which file, and what to do."""

    exit_code: ClassVar[int] = 3

    def __init__(self, title: str, message: str = "", hint: str = "") -> None:
        super().__init__(title, message, hint)
        self.title = title
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return " ".join(part for part in (self.title, self.message, self.hint) if part)


class RequestError(ShannonError):
    """The request itself is wrong; nothing was read or written."""

    exit_code = 2


class SourceError(ShannonError):
    """A source is missing, cannot be read, or holds no events."""


class TargetError(ShannonError):
    """A file cannot be written; what stood at its place is untouched."""


class StoreError(ShannonError):
    """The store (a cache) failed; the logs themselves are untouched."""


class PriceError(ShannonError):
    """A file with prices is missing or has a mistake; no cost was computed."""

    exit_code = 2


class JobCancelled(ShannonError):  # noqa: N818 – it is no error
    """Somebody cancelled the work; no file was left behind."""

    exit_code = 130

    def __init__(self) -> None:
        super().__init__("Cancelled.", "Nothing was left behind.")
