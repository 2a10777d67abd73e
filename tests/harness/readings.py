"""What a store holds after reading, and short ways to look into it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shannon_core.event_notes import NOTES
from shannon_core.jobs.progress import SourcesRead

Row = dict[str, Any]
TOKENS = (
    "token_count",
    "input_tokens",
    "output_tokens",
    "cache_creation_tokens",
    "cache_read_tokens",
    "cost_usd",
)


@dataclass(frozen=True)
class FileCounts:
    """What the store noted of one file."""

    lines: int
    understood: int
    rejected: int
    pending: int
    problem: str


@dataclass(frozen=True)
class Reading:
    """What some sources became. ``summary`` is None where there was not a single event."""

    events: list[Row]
    rejects: list[tuple[int, str]]
    files: dict[str, FileCounts]
    notices: list[str]
    summary: SourcesRead | None

    @property
    def ids(self) -> list[str]:
        """The ids of the events, in the order of every export."""
        return [item["id"] for item in self.events]

    @property
    def reasons(self) -> list[str]:
        """Why lines were rejected, in the order of the lines."""
        return [reason for _, reason in self.rejects]

    @property
    def problems(self) -> list[str]:
        """What was wrong with files."""
        return [counts.problem for counts in self.files.values() if counts.problem]

    def of(self, identifier: str) -> Row:
        """The event of that id."""
        (found,) = [item for item in self.events if item["id"] == identifier]
        return found


def notes_of(item: Mapping[str, Any]) -> set[str]:
    """The names of the alterations that were made while this event was read."""
    return {name for name, bit in NOTES.items() if item["notes"] & bit}


def of(reading: Reading, kind: str) -> list[Row]:
    """The events of this type."""
    return [item for item in reading.events if item["type"] == kind]


def only(reading: Reading, kind: str) -> Row:
    """The one event of this type."""
    (found,) = of(reading, kind)
    return found


def by_id(reading: Reading) -> dict[str, Row]:
    """The events by their ids, which must be unique."""
    found = {item["id"]: item for item in reading.events}
    assert len(found) == len(reading.events)
    return found


def columns(item: Row, *names: str) -> tuple[Any, ...]:
    """These values of an event."""
    return tuple(item[name] for name in names)


def data(item: Row) -> Row:
    """The data of an event."""
    found: Row = json.loads(item["data"])
    return found


def metadata(item: Row) -> Row:
    """The metadata of an event."""
    found: Row = json.loads(item["metadata"])
    return found
