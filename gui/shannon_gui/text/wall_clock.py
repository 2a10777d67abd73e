"""What a field for date and time means: wall clock of a zone, to the minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QDateTime, QTime, QTimeZone
from PySide6.QtWidgets import QDateTimeEdit

from shannon_core.request.time_range import from_microseconds

_DAYS = {"today": (0, 0), "yesterday": (1, 1), "week": (6, 0), "month": (29, 0)}
"""How many days ago a quick range begins and ends."""


def quick_days(key: str, today: date) -> tuple[date, date]:
    """The first and the last day of a quick range."""
    month = today.replace(day=1)
    if key == "this_month":
        return month, today
    if key == "last_month":
        last = month - timedelta(days=1)
        return last.replace(day=1), last
    first, last_ago = _DAYS[key]
    return today - timedelta(days=first), today - timedelta(days=last_ago)


def instant_of(moment_us: int) -> datetime:
    """The instant; the last there is where an edge lies beyond the calendar."""
    try:
        return from_microseconds(moment_us)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def show_wall(edit: QDateTimeEdit, day: QDate, clock: QTime) -> None:
    """Show this; no rule of the system's zone applies to it."""
    edit.setDateTime(QDateTime(day, clock, QTimeZone(QTimeZone.Initialization.UTC)))


def show_moment(edit: QDateTimeEdit, wall: datetime) -> None:
    """Set the minute without emitting a change."""
    edit.blockSignals(True)
    show_wall(edit, QDate(wall.year, wall.month, wall.day), QTime(wall.hour, wall.minute))
    edit.blockSignals(False)


def _wall(shown: QDateTime, zone: ZoneInfo, *, fold: int) -> datetime:
    day, clock = shown.date(), shown.time()
    return datetime(day.year(), day.month(), day.day(), clock.hour(), clock.minute(), tzinfo=zone, fold=fold)


def first_instant(shown: QDateTime, zone: ZoneInfo) -> datetime:
    """The beginning of the minute; of a minute that happens twice, the first."""
    return _wall(shown, zone, fold=0).astimezone(UTC)


def last_instant(shown: QDateTime, zone: ZoneInfo) -> datetime:
    """The last microsecond of the minute; of a minute that happens twice, the second."""
    return _wall(shown, zone, fold=1).astimezone(UTC) + timedelta(minutes=1, microseconds=-1)
