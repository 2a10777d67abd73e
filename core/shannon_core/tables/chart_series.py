"""Series for charts: aggregations as short lists of values with their positions. Pure functions.

Columns over time are at the instants of their buckets; the ticks of a time axis are round times of the zone's wall
clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, datetime, time, timedelta
from typing import Any, Literal

from shannon_core.request.contents import AggregationType
from shannon_core.request.table_keys import AGGREGATIONS
from shannon_core.request.time_range import in_zone, start_of_day, zone
from shannon_core.tables.result import AggregationResult

Unit = Literal["events", "tokens", "errors", "dollars", "milliseconds"]
MAX_COLUMNS = 400
MAX_BARS = 10
"""Columns and bars of a chart: more would be too narrow to see, or leave no space for their names."""
_SPANS = (
    (timedelta(days=4), AggregationType.HOURLY),
    (timedelta(days=184), AggregationType.DAILY),
    (timedelta(days=5 * 366), AggregationType.WEEKLY),
)
_STEPS: tuple[timedelta | int, ...] = (
    *(timedelta(hours=hours) for hours in (1, 2, 3, 6, 12)),
    *(timedelta(days=days) for days in (1, 2, 7, 14)),
    *(1, 2, 3, 6, 12, 24, 60, 120, 600, 2400, 24_000),
)
"""Distances of ticks: spans of time up to a fortnight, then numbers of months."""


@dataclass(frozen=True, slots=True)
class Point:
    """One value. Over time, its bucket is from ``start`` to ``end`` in seconds since 1970; else both are 0."""

    label: str
    value: float
    start: float = 0.0
    end: float = 0.0


@dataclass(frozen=True, slots=True)
class Series:
    """One chart: its key, the unit of its values, and the values; ``left_out`` counts those that are not drawn."""

    key: str
    unit: Unit
    is_over_time: bool
    points: tuple[Point, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class ChartSet:
    """All charts of a selection; a chart without a value has no points. ``bucket`` is that of the charts over time."""

    bucket: str
    timezone: str
    series: tuple[Series, ...]


def bucket_for(first: datetime | None, last: datetime | None) -> str:
    """The shortest of hours, days, weeks and months of which a chart has room for all between these instants."""
    if first is None or last is None:
        return AggregationType.DAILY
    fitting = (bucket for span, bucket in _SPANS if last - first <= span)
    return next(fitting, AggregationType.MONTHLY)


def chart_set(results: Mapping[str, AggregationResult], bucket: str) -> ChartSet:
    """The charts of these results by id, which hold ``bucket`` and ``by_tool``."""
    over_time, by_tool = results[bucket], results[AggregationType.BY_TOOL]
    costs = {name: row["cost_usd"] for name, row in over_time.models.items()}
    waits = {row["tool"]: row["p95_duration_ms"] for row in by_tool.rows}
    series = (
        _over_time("events", "events", over_time, "metrics_count"),
        _over_time("tokens", "tokens", over_time, "tokens"),
        _ranked("tools", "events", {row["tool"]: row["metrics_count"] for row in by_tool.rows}),
        _ranked("waits", "milliseconds", waits),
        _ranked("costs", "dollars", costs),
        _ranked("error_types", "errors", over_time.errors),
        _over_time("errors", "errors", over_time, "errors"),
    )
    return ChartSet(bucket, over_time.timezone, series)


def _over_time(key: str, unit: Unit, result: AggregationResult, measure: str) -> Series:
    shown = result.rows[-MAX_COLUMNS:]
    points = tuple(_column(result, row, measure) for row in shown)
    if not any(point.value for point in points):
        points = ()
    return Series(key, unit, True, points, len(result.rows) - len(shown))


def _column(result: AggregationResult, row: Mapping[str, Any], measure: str) -> Point:
    start = datetime.fromisoformat(str(row[AGGREGATIONS[result.type].column]))
    end = _bucket_end(start, result.type, result.timezone)
    return Point(_moment(start, result.type), float(row[measure] or 0), start.timestamp(), end.timestamp())


def _bucket_end(start: datetime, kind: str, timezone: str) -> datetime:
    try:
        match AGGREGATIONS[kind].bucket:
            case "hour":
                return start + timedelta(hours=1)
            case "month":
                next_month = (start.date().replace(day=1) + timedelta(days=32)).replace(day=1)
                return start_of_day(next_month, timezone)
            case bucket:
                days = 7 if bucket == "week" else 1
                return start_of_day(start.date() + timedelta(days=days), timezone)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def _moment(start: datetime, kind: str) -> str:
    bucket = AGGREGATIONS[kind].bucket
    if bucket == "hour":
        return start.strftime("%Y-%m-%d %H:%M")
    return start.strftime("%Y-%m" if bucket == "month" else "%Y-%m-%d")


def _ranked(key: str, unit: Unit, values: Mapping[str, float | None]) -> Series:
    known = sorted(
        ((name, float(value)) for name, value in values.items() if value), key=lambda item: -item[1]
    )
    points = tuple(Point(name, value) for name, value in known[:MAX_BARS])
    return Series(key, unit, False, points, max(0, len(known) - MAX_BARS))


@dataclass(frozen=True, slots=True)
class Tick:
    """A position on a time axis in seconds since 1970, and its label by the wall clock."""

    place: float
    label: str


def time_ticks(start: float, end: float, timezone: str, most: int) -> tuple[Tick, ...]:
    """Round times of the zone's wall clock from ``start`` to ``end`` (seconds since 1970), at most ``most`` of them."""
    first, last = (in_zone(datetime.fromtimestamp(moment, UTC), timezone) for moment in (start, end))
    for step in _STEPS:
        least = step if isinstance(step, timedelta) else timedelta(days=28 * step)
        if (last - first) / least > most + 1:
            continue
        ticks = tuple(tick for tick in _ticks(first, last, step, timezone) if start <= tick.place <= end)
        if len(ticks) <= most:
            return ticks
    return ()


def _ticks(first: datetime, last: datetime, step: timedelta | int, timezone: str) -> Iterator[Tick]:
    form = _form(first, last, step)
    wall = _floor(first.replace(tzinfo=None), step)
    until = last.replace(tzinfo=None)
    while wall <= until:
        yield Tick(wall.replace(tzinfo=zone(timezone)).timestamp(), wall.strftime(form))
        if isinstance(step, timedelta):
            wall += step
        else:
            months = wall.year * 12 + wall.month - 1 + step
            if months // 12 > MAXYEAR:
                return
            wall = wall.replace(year=months // 12, month=months % 12 + 1)


def _form(first: datetime, last: datetime, step: timedelta | int) -> str:
    if isinstance(step, int):
        return "%Y" if step >= 12 else "%Y-%m"
    if step < timedelta(days=1):
        return "%H:%M" if first.date() == last.date() else "%m-%d %H:%M"
    return "%m-%d" if first.year == last.year else "%Y-%m-%d"


def _floor(wall: datetime, step: timedelta | int) -> datetime:
    if isinstance(step, int):
        months = (wall.year * 12 + wall.month - 1) // step * step
        months = max(months, 12)
        return datetime(months // 12, months % 12 + 1, 1)  # noqa: DTZ001 – a wall clock
    midnight = datetime.combine(wall.date(), time.min)
    if step < timedelta(days=1):
        return midnight + (wall - midnight) // step * step
    if step >= timedelta(days=7):
        return midnight - timedelta(days=min(wall.weekday(), wall.toordinal() - 1))
    return midnight
