"""What jobs emit, collected."""

from __future__ import annotations

from collections.abc import AsyncIterable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from shannon_core.errors import ShannonError
from shannon_core.jobs.control import Control
from shannon_core.jobs.progress import FileWritten, ProgressEvent


@dataclass
class Recorder:
    """Collects the events of work in the test's thread; the work is given ``control``."""

    events: list[ProgressEvent] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.control = Control(self.events.append)

    def of(self, kind: type[ProgressEvent]) -> list[Any]:
        """The events of that kind."""
        return [item for item in self.events if isinstance(item, kind)]


async def events_of(job: AsyncIterable[ProgressEvent]) -> list[ProgressEvent]:
    """All events of a job of a session, when it has ended."""
    return [event async for event in job]


def altered(recorder: Recorder) -> dict[str, int]:
    """The alterations of values that the one written file names, with their counts."""
    (written,) = recorder.of(FileWritten)
    return dict(written.altered)


def error_of(kind: type[ShannonError], work: Callable[[], object]) -> ShannonError:
    """The error that the work raises, without its traceback, which would keep a half-read result open."""
    try:
        work()
    except kind as error:
        return error.with_traceback(None)
    pytest.fail(f"no {kind.__name__}")
