"""Instants, zones and time ranges, and parsing of typed dates (events.md §2).

A range is inclusive at both ends. A bare date as an end means the last microsecond of that day in the request's zone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from shannon_core.errors import RequestError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_DURATION = r"([0-9]{1,5})\s*(h|d|w)"
_DURATION_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_INSTANT = (
    r"(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:[T ](?P<clock>(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?)"
    r"(?P<offset>Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?)?"
)
"""Compiled when the first instant is parsed: most starts parse none."""


def zone(name: str) -> ZoneInfo:
    """The IANA zone of this name; RequestError where it is unknown."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # --help knows no zone

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise RequestError("zone_unknown", zone=name) from error


def parse_instant(text: str, timezone: str, *, end: bool = False) -> datetime:
    """An instant in UTC from a date or a date with a time.

    Without an offset the text is wall clock time in ``timezone``. With ``end``, a bare date means its last microsecond
    there. RequestError where the text is neither.
    """
    match = re.fullmatch(_INSTANT, text.strip(), re.ASCII)
    try:
        if match is None:
            raise ValueError(text)
        day = date.fromisoformat(match["day"])
        if match["clock"] is None:
            return end_of_day(day, timezone) if end else start_of_day(day, timezone)
        wall = datetime.combine(day, time.fromisoformat(_to_microseconds(match["clock"])))
        offset = match["offset"]
        if offset is None:
            return wall.replace(tzinfo=zone(timezone)).astimezone(UTC)
        return datetime.fromisoformat(
            f"{wall.isoformat()}{'+00:00' if offset == 'Z' else offset}"
        ).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise RequestError("instant_invalid", text=text) from error


def _to_microseconds(clock: str) -> str:
    whole, _, fraction = clock.partition(".")
    return f"{whole}.{fraction[:6].ljust(6, '0')}" if fraction else whole


def in_zone(moment: datetime, timezone: str) -> datetime:
    """The moment on the clocks of the zone; in UTC where their year would be 0 or 10000."""
    try:
        return moment.astimezone(zone(timezone))
    except OverflowError:
        return moment.astimezone(UTC)


def start_of_day(day: date, timezone: str) -> datetime:
    """The first instant of the day in the zone, in UTC; the earliest possible where it is before the year 1."""
    try:
        return datetime.combine(day, time.min, zone(timezone)).astimezone(UTC)
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC)


def end_of_day(day: date, timezone: str) -> datetime:
    """The last microsecond of the day in the zone, in UTC."""
    if day == date.max:
        return datetime.max.replace(tzinfo=UTC)
    return start_of_day(day + timedelta(days=1), timezone) - timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class TimeRange:
    """``start <= timestamp <= end``; an open side is None. Days, weeks and hours are those of ``timezone``."""

    start: datetime | None = None
    end: datetime | None = None
    timezone: str = "UTC"

    def __post_init__(self) -> None:
        zone(self.timezone)
        for name in ("start", "end"):
            moment = getattr(self, name)
            if moment is not None:
                if moment.tzinfo is None:
                    raise RequestError("instant_without_zone", side=name, moment=moment.isoformat())
                object.__setattr__(self, name, moment.astimezone(UTC))
        if self.start is not None and self.end is not None and self.start > self.end:
            raise RequestError("range_reversed", start=self.local(self.start), end=self.local(self.end))

    @classmethod
    def parse(cls, start: str | None, end: str | None, timezone: str = "UTC") -> TimeRange:
        """The range of typed texts; either side may be None. RequestError where a text is not a date or time."""
        return cls(
            parse_instant(start, timezone) if start else None,
            parse_instant(end, timezone, end=True) if end else None,
            timezone,
        )

    @classmethod
    def last(cls, duration: str, timezone: str = "UTC", *, now: datetime | None = None) -> TimeRange:
        """The range of a duration such as ``24h``, ``7d`` or ``4w`` up to now. RequestError where it is not one."""
        match = re.fullmatch(_DURATION, duration.strip())
        if match is None or int(match[1]) == 0:
            raise RequestError("duration_invalid", text=duration)
        end = now or datetime.now(UTC)
        try:
            return cls(end - int(match[1]) * _DURATION_UNITS[match[2]], end, timezone)
        except OverflowError as error:
            raise RequestError("duration_too_long", text=duration) from error

    def local(self, moment: datetime) -> str:
        """The moment as ISO 8601 with the offset of the range's zone."""
        return in_zone(moment, self.timezone).isoformat()


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970 in UTC, exact."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def from_microseconds(moment: int) -> datetime:
    """The instant in UTC. OverflowError beyond the years 1 and 9999."""
    return _EPOCH + timedelta(microseconds=moment)
