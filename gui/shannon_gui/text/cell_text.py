"""The text of a cell of the preview."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from shannon_core.request.time_range import in_zone


def exact_text(value: Any, zone: ZoneInfo) -> str:
    """A value of an event as it is copied: whole and exact, times as the zone's wall clock with its offset; nothing for
    null."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime():
            return in_zone(value, zone.key).isoformat(" ", timespec="microseconds")
        case _:
            return str(value)
