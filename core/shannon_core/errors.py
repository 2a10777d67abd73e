"""The errors of the program: exceptions with a code and values (messages/errors.py has the texts).

::

    ShannonError            exit code 3
    ├── RequestError        2   the request is not valid: a date, a zone, a filter field
    ├── SourceError         3   a source is missing, unreadable or has no events
    ├── TargetError         3   a file cannot be written: it exists, read-only, disk full
    ├── StoreError          3   the cache: damage, a full disk, too little memory
    ├── PriceError          2   a price file is missing or has a mistake
    ├── InternalError       3   the program itself is at fault
    └── JobCancelled        130 the job was cancelled; not a failure

Errors of libraries and of the system are wrapped where they enter, with ``raise … from``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from shannon_core.messages.kinds import EXIT_CODES, Kind

if TYPE_CHECKING:
    from shannon_core.messages.error_spec import ErrorSpec
    from shannon_core.messages.rendering import Value
    from shannon_core.messages.texts import Values, Words


class ShannonError(Exception):
    """The root of all errors: what happened, why, and what to do.

    ``code`` is its entry in messages/errors.py, whose templates take ``values``. KeyError where the code is unknown.
    """

    kind: ClassVar[Kind] = "failure"
    exit_code: ClassVar[int] = EXIT_CODES["failure"]

    def __init__(self, code: str, /, **values: Value) -> None:
        # the tables are for the few starts that end in an error
        from shannon_core.messages.errors import ERRORS

        super().__init__(code, values)
        self.spec: ErrorSpec = ERRORS[code]
        self.values: Values = values

    @property
    def code(self) -> str:
        """The code of the error."""
        return self.spec.code

    @property
    def title(self) -> str:
        """What happened, as a sentence in English."""
        return self._words.title

    @property
    def message(self) -> str:
        """Why, in English; may be empty."""
        return self._words.message

    @property
    def hint(self) -> str:
        """What to do, in English; may be empty."""
        return self._words.hint

    @property
    def _words(self) -> Words:
        from shannon_core.messages.texts import error_words

        return error_words(self.code, self.values)

    def __str__(self) -> str:
        return str(self._words)


class RequestError(ShannonError):
    """The request itself is wrong; nothing was read or written."""

    kind = "request"
    exit_code = EXIT_CODES["request"]


class SourceError(ShannonError):
    """A source is missing, cannot be read, or holds no events."""

    kind = "source"
    exit_code = EXIT_CODES["source"]


class TargetError(ShannonError):
    """A file cannot be written; what was at its place is untouched."""

    kind = "target"
    exit_code = EXIT_CODES["target"]


class StoreError(ShannonError):
    """The store (a cache) is damaged, its disk is full, or memory ran out; the logs themselves are untouched."""

    kind = "store"
    exit_code = EXIT_CODES["store"]


class PriceError(ShannonError):
    """A price file is missing or has a mistake; no cost was computed."""

    kind = "price"
    exit_code = EXIT_CODES["price"]


class InternalError(ShannonError):
    """The program itself is at fault; it is logged with its traceback and shown as a bug."""

    kind = "internal"
    exit_code = EXIT_CODES["internal"]


class JobCancelled(ShannonError):  # noqa: N818 – it is not an error
    """The job was cancelled. Files completed before that are kept."""

    kind = "cancel"
    exit_code = EXIT_CODES["cancel"]

    def __init__(self) -> None:
        super().__init__("cancelled")


_CLASSES = (
    ShannonError,
    RequestError,
    SourceError,
    TargetError,
    StoreError,
    PriceError,
    InternalError,
)


def internal_error(error: BaseException) -> InternalError:
    """Wrap an unexpected error as a bug: ``reason`` is its class and text, ``details`` its traceback."""
    import traceback  # most programs never need it

    details = "".join(traceback.format_exception(error))
    return InternalError("internal_error", reason=f"{type(error).__name__}: {error}", details=details)


def error_of(code: str, values: Values) -> ShannonError:
    """The error with this code, in the class of its kind: raises again what a job's event reports.

    KeyError where the code is unknown.
    """
    from shannon_core.messages.errors import ERRORS

    kind = ERRORS[code].kind
    return next(item for item in _CLASSES if item.kind == kind)(code, **values)
