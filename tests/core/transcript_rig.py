"""Looks into what was read of transcripts and telemetry, by the type of event."""

from __future__ import annotations

from typing import Any

from core_rig import Reading

TOKENS = (
    "token_count",
    "input_tokens",
    "output_tokens",
    "cache_creation_tokens",
    "cache_read_tokens",
    "cost_usd",
)


def of(reading: Reading, kind: str) -> list[dict[str, Any]]:
    """The events of this type."""
    return [item for item in reading.events if item["type"] == kind]


def only(reading: Reading, kind: str) -> dict[str, Any]:
    """The one event of this type."""
    (found,) = of(reading, kind)
    return found


def columns(item: dict[str, Any], *names: str) -> tuple[Any, ...]:
    """These values of an event."""
    return tuple(item[name] for name in names)


def by_id(reading: Reading) -> dict[str, dict[str, Any]]:
    """The events by their ids, none twice."""
    found = {item["id"]: item for item in reading.events}
    assert len(found) == len(reading.events)
    return found
