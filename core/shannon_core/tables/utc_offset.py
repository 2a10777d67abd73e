"""SQL for the offset of a zone from UTC, fast for many events.

The calendar is evaluated once for each hour that has events, and events are compared with the few instants at which
clocks changed. Where the offset differs between both ends of an hour (clocks change within it, or the years end), it is
evaluated for each of its events.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from shannon_core.query.statements import condition
from shannon_core.request.selection import Selection
from shannon_core.request.time_range import TimeRange
from shannon_core.store.sql_text import sql_literal

_END = "hour + INTERVAL '59 minutes 59.999999 seconds'"


def shift_between_clocks(connection: duckdb.DuckDBPyConnection, time_range: TimeRange) -> str:
    """SQL over events of the range: the offset of the zone from UTC at ``timestamp``, in microseconds."""
    zone, within = sql_literal(time_range.timezone), condition(Selection(time_range))
    periods = connection.execute(
        f"""WITH hours AS (
            SELECT DISTINCT date_trunc('hour', timestamp) AS hour FROM events WHERE {within.sql}
        ), ends AS (
            SELECT hour, {_shift("hour", zone)} AS first, {_shift(_END, zone)} AS last FROM hours
        ), shifts AS (
            SELECT hour, CASE WHEN first = last THEN first END AS shift FROM ends
        )
        SELECT epoch_us(hour), shift
        FROM shifts
        WINDOW by_hour AS (ORDER BY hour)
        QUALIFY row_number() OVER by_hour = 1 OR shift IS DISTINCT FROM lag(shift) OVER by_hour
        ORDER BY 1""",
        within.parameters,
    ).fetchall()
    by_event = _shift("timestamp", zone)
    return _by_halves([(start, by_event if shift is None else f"{shift:d}") for start, shift in periods])


def _shift(moment: str, zone: str) -> str:
    return f"(epoch_us(wall_clock({moment}, {zone})) - epoch_us({moment}))"


def _by_halves(periods: Sequence[tuple[int, str]]) -> str:
    """SQL for the offset of the period that contains ``timestamp``; each period lasts until the next one starts."""
    if len(periods) <= 1:
        return periods[0][1] if periods else "0"
    middle = len(periods) // 2
    earlier, later = _by_halves(periods[:middle]), _by_halves(periods[middle:])
    return f"CASE WHEN timestamp < make_timestamp({periods[middle][0]:d}) THEN {earlier} ELSE {later} END"
