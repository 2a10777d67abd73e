"""What a typed date means in a zone, across changes of its clocks and to the ends of the calendar (events.md §2)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shannon_core.errors import RequestError
from shannon_core.request.time_range import TimeRange, end_of_day, in_zone, parse_instant, start_of_day, zone

ZONES = st.sampled_from(
    [
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "Asia/Kolkata",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "America/Sao_Paulo",
    ]
)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
MICROSECOND = timedelta(microseconds=1)


@given(day=DAYS, name=ZONES)
def test_that_days_follow_one_another_without_gap_or_overlap(day: date, name: str) -> None:
    assert end_of_day(day, name) + MICROSECOND == start_of_day(day + timedelta(days=1), name)
    assert start_of_day(day, name) <= end_of_day(day, name) + MICROSECOND


@pytest.mark.parametrize(
    ("day", "name", "hours"),
    [
        ("2026-03-29", "Europe/Berlin", 23),
        ("2026-10-25", "Europe/Berlin", 25),
        ("2026-03-08", "America/New_York", 23),
        ("2026-04-05", "Australia/Lord_Howe", 24.5),
        ("2026-05-05", "Asia/Kolkata", 24),
        ("2011-12-30", "Pacific/Apia", 0),
    ],
)
def test_that_a_day_is_as_long_as_its_zone_makes_it(day: str, name: str, hours: float) -> None:
    length = parse_instant(day, name, end=True) - parse_instant(day, name) + MICROSECOND
    assert length == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-03-29T02:30", "2026-03-29T01:30:00+00:00"),
        ("2026-10-25T02:30", "2026-10-25T00:30:00+00:00"),
        ("2026-10-25T02:30:00+01:00", "2026-10-25T01:30:00+00:00"),
        (" 2026-01-02 ", "2026-01-01T23:00:00+00:00"),
        ("2026-01-02 03:04:05.1234567", "2026-01-02T02:04:05.123456+00:00"),
    ],
)
def test_that_wall_clock_time_is_that_of_the_zone(text: str, utc: str) -> None:
    assert parse_instant(text, "Europe/Berlin").isoformat() == utc


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2026-02-29",
            "2026-00-01",
            "2026-1-1",
            "26-01-01",
            "2026-01-01T25:00",
            "2026-01-01T12:60",
            "2026-01-01T12",
        ),
        *(
            "2026-01-01T12:00:60",
            "2026-01-01T12:00+25:00",
            "2026-W01-1",
            "20260101",
            "now",
            "infinity",
            "2026-01-01T",
        ),
        *(
            "２０２６-01-01",
            "0000-01-01",
            "99999-01-01",
            "0001-01-01T00:00+14:00",
            "2026-01-01T1２:00",
            "2026-01-01; DROP TABLE",
            "\0",
        ),
    ],
)
def test_that_anything_else_is_a_clear_error(text: str) -> None:
    with pytest.raises(RequestError, match="is not a date or a time"):
        parse_instant(text, "UTC")


@pytest.mark.parametrize(
    "name", ["", "Mars/Base", "../../etc/passwd", "/etc/localtime", "UTC\0", "Europe", "x" * 300, "europe/\n"]
)
def test_that_an_unknown_zone_is_a_clear_error(name: str) -> None:
    with pytest.raises(RequestError, match="Unknown time zone"):
        TimeRange(timezone=name)


def test_that_a_range_without_a_zone_in_its_times_is_an_error() -> None:
    with pytest.raises(RequestError, match="has no zone"):
        TimeRange(datetime(2026, 1, 1))  # noqa: DTZ001 – this is what is tested


def test_that_the_same_instants_are_the_same_range() -> None:
    east = timezone(timedelta(hours=9))
    assert TimeRange(datetime(2026, 1, 1, 9, tzinfo=east)) == TimeRange(datetime(2026, 1, 1, tzinfo=UTC))


def test_that_one_day_is_from_its_start_to_its_end() -> None:
    found = TimeRange.parse("2026-10-25", "2026-10-25", "Europe/Berlin")
    assert found.start is not None
    assert found.end is not None
    assert found.end - found.start == timedelta(hours=25) - MICROSECOND


@pytest.mark.parametrize(
    "duration", ["", "7", "d", "0d", "-1d", "1.5h", "7 days", "1y", "99999999999d", "٣d"]
)
def test_that_what_is_no_duration_is_a_clear_error(duration: str) -> None:
    with pytest.raises(RequestError):
        TimeRange.last(duration)


@pytest.mark.parametrize(("duration", "hours"), [("24h", 24), ("7d", 168), ("4w", 672), (" 1 h ", 1)])
def test_that_a_duration_ends_now(duration: str, hours: int) -> None:
    now = datetime(2026, 5, 5, tzinfo=UTC)
    assert TimeRange.last(duration, now=now) == TimeRange(now - timedelta(hours=hours), now)


def test_that_a_duration_before_the_calendar_is_a_clear_error() -> None:
    with pytest.raises(RequestError, match="reaches too far back"):
        TimeRange.last("99999w", now=datetime(100, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("name", ["Pacific/Kiritimati", "Etc/GMT+12", "America/New_York"])
@pytest.mark.parametrize("moment", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_that_the_ends_of_the_calendar_can_be_shown_in_every_zone(name: str, moment: datetime) -> None:
    assert in_zone(moment, name) == moment
    assert TimeRange(moment, moment, name).local(moment)


@given(moment=st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)), name=ZONES)  # noqa: DTZ001
def test_that_a_local_time_is_the_same_instant(moment: datetime, name: str) -> None:
    shown = TimeRange(timezone=name).local(moment)
    assert datetime.fromisoformat(shown) == moment.astimezone(zone(name))
