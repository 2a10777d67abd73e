"""The shift between UTC and the wall clock, found for many events at once, is that of each event."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shannon_core.rendering.macros import define_rendering_macros
from shannon_core.request.time_range import TimeRange
from shannon_core.tables.utc_offset import shift_between_clocks

ZONES = st.sampled_from(
    [
        *(
            "UTC",
            "Europe/Berlin",
            "America/St_Johns",
            "Asia/Kathmandu",
            "Australia/Lord_Howe",
            "Pacific/Apia",
        ),
        *("Africa/Monrovia", "Europe/Amsterdam", "America/Caracas", "Antarctica/Troll", "Africa/Casablanca"),
    ]
)
MIDYEAR = datetime(2026, 7, 1)  # noqa: DTZ001 – UTC, as the store has it
NEAR_A_CHANGE = st.sampled_from(
    ["2026-04-04T15:00", "2026-10-03T15:30", "2026-10-25T01:00", "1972-01-07T00:44:30"]
)
MOMENTS = st.one_of(
    st.datetimes(),
    st.datetimes(datetime(1840, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001
    st.builds(
        lambda change, distance: datetime.fromisoformat(change) + timedelta(microseconds=distance),
        NEAR_A_CHANGE,
        st.integers(-7_200_000_000, 7_200_000_000),
    ),
)


@pytest.fixture(scope="module")
def events() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    define_rendering_macros(connection)
    connection.execute("CREATE TABLE events(timestamp TIMESTAMP)")
    yield connection
    connection.close()


def fill(events: duckdb.DuckDBPyConnection, moments: list[datetime]) -> None:
    events.execute("DELETE FROM events")
    events.execute("INSERT INTO events SELECT unnest(?::TIMESTAMP[])", [moments])


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moments=st.lists(MOMENTS, min_size=1, max_size=30), name=ZONES)
def test_that_the_offset_of_each_event_is_that_of_the_calendar(
    events: duckdb.DuckDBPyConnection, moments: list[datetime], name: str
) -> None:
    fill(events, moments)
    shift = shift_between_clocks(events, TimeRange(timezone=name))
    different = events.execute(
        f"SELECT timestamp FROM events WHERE timestamp + to_microseconds({shift}) <> wall_clock(timestamp, ?)",
        [name],
    ).fetchall()
    assert not different


@pytest.mark.parametrize(
    "name", ["Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns"]
)
def test_that_every_half_hour_of_two_years_has_the_local_time_of_python(
    events: duckdb.DuckDBPyConnection, name: str
) -> None:
    moments = [MIDYEAR + number * timedelta(minutes=30) for number in range(-17_520, 17_520)]
    fill(events, moments)
    shift = shift_between_clocks(events, TimeRange(timezone=name))
    found = dict(events.execute(f"SELECT timestamp, {shift} FROM events").fetchall())
    zone, microsecond = ZoneInfo(name), timedelta(microseconds=1)
    expected = {
        moment: (moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None) - moment) // microsecond
        for moment in moments
    }
    assert found == expected


def test_that_no_events_have_no_shift(events: duckdb.DuckDBPyConnection) -> None:
    fill(events, [])
    assert shift_between_clocks(events, TimeRange(timezone="Europe/Berlin")) == "0"
