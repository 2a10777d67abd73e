"""The wall clock of many events at once.

The calendar is asked once for each hour that has events, which is ten times faster than once for each event. Where the answer is
not the same at both ends of an hour (clocks change, or the years end), its events are asked about one by one.
"""

from __future__ import annotations

import duckdb

from shannon_core.queries import Query, condition
from shannon_core.request import Selection
from shannon_core.timeranges import TimeRange

_END = "hour + INTERVAL '59 minutes 59.999999 seconds'"


def with_wall_clock(connection: duckdb.DuckDBPyConnection, time_range: TimeRange, relation: str) -> Query:
    """The relation, which has events of the range, with a column ``wall``: the time on the clocks of the range's zone.

    It stands on a temporary table ``shifts`` of this connection.
    """
    within, zone = condition(Selection(time_range)), time_range.timezone
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE shifts AS
        SELECT hour, CASE WHEN begins = ends THEN begins END AS shift FROM (
            SELECT hour, wall_clock(hour, ?) - hour AS begins, wall_clock({_END}, ?) - ({_END}) AS ends
            FROM (SELECT DISTINCT date_trunc('hour', timestamp) AS hour FROM events WHERE {within.sql}))""",
        [zone, zone, *within.parameters],
    )
    return Query(
        f"""(SELECT *, timestamp + coalesce(shift, wall_clock(timestamp, ?) - timestamp) AS wall
        FROM {relation} LEFT JOIN shifts ON hour = date_trunc('hour', timestamp))""",
        (zone,),
    )
