"""Charts show the values of the aggregations at instants of the zone, labelled with its local time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.log_files import write_log
from harness.read_session import ReadSession
from harness.records.shannon import full_event
from shannon_core.request.contents import AggregationType
from shannon_core.request.selection import Selection
from shannon_core.request.time_range import TimeRange
from shannon_core.tables.chart_series import (
    MAX_BARS,
    MAX_COLUMNS,
    ChartSet,
    bucket_for,
    chart_set,
    time_ticks,
)

BERLIN = "Europe/Berlin"
FIRST = datetime(2026, 1, 1, tzinfo=UTC)


async def charts(folder: Path, events: list[dict[str, object]], bucket: str) -> ChartSet:
    write_log(folder, events)
    reading = await ReadSession.of(folder)
    selection = Selection(TimeRange(timezone=BERLIN))
    wanted = (bucket, AggregationType.BY_TOOL)
    found = chart_set(await reading.session.aggregations(selection, wanted), bucket)
    await reading.session.close()
    return found


def labels(found: ChartSet, key: str) -> list[tuple[str, float]]:
    (series,) = (series for series in found.series if series.key == key)
    return [(point.label, point.value) for point in series.points]


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        (0, "hourly"),
        (4, "hourly"),
        (5, "daily"),
        (184, "daily"),
        (185, "weekly"),
        (1830, "weekly"),
        (1831, "monthly"),
    ],
)
def test_that_a_range_is_cut_into_buckets_that_a_chart_can_show(days: int, bucket: str) -> None:
    assert bucket_for(FIRST, FIRST + timedelta(days=days)) == bucket


def test_that_an_empty_selection_has_days() -> None:
    assert bucket_for(None, None) is AggregationType.DAILY


async def test_that_the_charts_show_what_was_counted(tmp_path: Path) -> None:
    events = [
        full_event(1, timestamp="2026-03-28T10:00:00Z", data={"tool_name": "Bash", "duration_ms": 10}),
        full_event(2, timestamp="2026-03-28T23:30:00Z", data={"tool_name": "Bash", "duration_ms": 30}),
        full_event(3, timestamp="2026-03-29T10:00:00Z", data={"tool_name": "Read"}),
        full_event(
            4,
            timestamp="2026-03-29T11:00:00Z",
            type="token_usage",
            data={"model": "m", "input_tokens": 5, "cost_usd": 2},
        ),
        full_event(
            5, timestamp="2026-03-29T12:00:00Z", type="error_occurred", data={"error_type": "TimeoutError"}
        ),
    ]
    found = await charts(tmp_path, events, AggregationType.DAILY)
    assert labels(found, "events") == [("2026-03-28", 1), ("2026-03-29", 4)]
    assert labels(found, "tokens") == [("2026-03-28", 0), ("2026-03-29", 5)]
    assert labels(found, "errors") == [("2026-03-28", 0), ("2026-03-29", 1)]
    assert labels(found, "tools") == [("Bash", 2), ("Read", 1)]
    assert labels(found, "waits") == [("Bash", 29)]
    assert labels(found, "costs") == [("m", 2)]
    assert labels(found, "error_types") == [("TimeoutError", 1)]


async def test_that_a_day_is_as_long_as_on_its_clock(tmp_path: Path) -> None:
    moments = ("2026-03-28T10:00:00Z", "2026-03-29T10:00:00Z", "2026-10-25T10:00:00Z")
    events = [full_event(number, timestamp=moment) for number, moment in enumerate(moments)]
    found = await charts(tmp_path, events, AggregationType.DAILY)
    points = found.series[0].points
    assert [(point.end - point.start) / 3600 for point in points] == [24, 23, 25]


async def test_that_the_hour_that_comes_twice_is_two_columns(tmp_path: Path) -> None:
    moments = ("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z")
    events = [full_event(number, timestamp=moment) for number, moment in enumerate(moments)]
    first, second = (await charts(tmp_path, events, AggregationType.HOURLY)).series[0].points
    assert first.label == second.label == "2026-10-25 02:00"
    assert first.end == second.start


async def test_that_a_chart_without_a_value_has_no_points(tmp_path: Path) -> None:
    found = await charts(tmp_path, [full_event(1, data={})], AggregationType.DAILY)
    assert {series.key for series in found.series if series.points} == {"events"}


async def test_that_what_is_not_drawn_is_counted(tmp_path: Path) -> None:
    first = datetime(2020, 1, 1, tzinfo=UTC)
    events = [
        full_event(day, timestamp=(first + timedelta(days=day)).isoformat(), data={"tool_name": f"t{day}"})
        for day in range(MAX_COLUMNS + 7)
    ]
    found = await charts(tmp_path, events, AggregationType.DAILY)
    over_time = found.series[0]
    assert (len(over_time.points), over_time.left_out) == (MAX_COLUMNS, 7)
    (tools,) = (series for series in found.series if series.key == "tools")
    assert (len(tools.points), tools.left_out) == (MAX_BARS, MAX_COLUMNS + 7 - MAX_BARS)


@given(
    st.integers(31_536_000, 7_258_118_400),
    st.floats(60, 2e9),
    st.sampled_from([BERLIN, "America/New_York", "Asia/Kolkata", "UTC"]),
    st.integers(2, 9),
)
def test_that_ticks_are_round_times_of_the_wall_clock(
    start: int, seconds: float, timezone: str, most: int
) -> None:
    ticks = time_ticks(start, start + seconds, timezone, most)
    assert len(ticks) <= most
    assert all(start <= tick.place <= start + seconds for tick in ticks)
    assert all(before.place < after.place for before, after in pairwise(ticks))
    for tick in ticks:
        wall = datetime.fromtimestamp(tick.place, ZoneInfo(timezone))
        assert (wall.minute, wall.second) == (0, 0)


def test_that_ticks_across_a_change_of_clocks_stay_on_midnight() -> None:
    start, end = (datetime(2026, 10, day, 12, tzinfo=UTC).timestamp() for day in (23, 28))
    ticks = time_ticks(start, end, BERLIN, 6)
    assert [tick.label for tick in ticks] == ["10-24", "10-25", "10-26", "10-27", "10-28"]
    assert {datetime.fromtimestamp(tick.place, ZoneInfo(BERLIN)).hour for tick in ticks} == {0}


def test_that_the_first_and_the_last_year_have_ticks_or_none_but_no_error() -> None:
    start, end = (datetime(year, 1, 2, tzinfo=UTC).timestamp() for year in (1, 9999))
    assert len(time_ticks(start, end, "UTC", 6)) <= 6
    assert len(time_ticks(start, start + 86400, "UTC", 6)) <= 6
