"""Counts events over time, in buckets that start with minutes, hours, days, weeks, months or years of a zone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from math import gcd

import duckdb

from shannon_core.query import statements
from shannon_core.request.selection import Selection
from shannon_core.request.time_range import from_microseconds, microseconds
from shannon_core.request.time_range import zone as zone_of
from shannon_core.store.relations import fetch

_EVEN_STEPS = tuple(timedelta(minutes=n) for n in (1, 5, 15, 30, 60))
_CLOCK_STEPS = tuple(timedelta(hours=n) for n in (3, 6, 12, 24, 168))
_MONTHS = (1, 3, 12, 60, 120, 600, 1200, 12000)
_MONTH = timedelta(days=28)
"""The shortest month: the number of buckets is not underestimated."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """``counts[n]`` events have ``edges[n] <= timestamp < edges[n + 1]`` (µs since 1970); empty without events."""

    edges: tuple[int, ...] = ()
    counts: tuple[int, ...] = ()


def histogram(connection: duckdb.DuckDBPyConnection, selection: Selection, buckets: int) -> Histogram:
    """The histogram of the events that pass the filters, over all time of the store: the time range is not applied."""
    time_range = replace(selection.time_range, start=None, end=None)
    ((events, first, last),) = fetch(connection, statements.extent(Selection()))
    if not events:
        return Histogram()
    edges = edges_between(first, last, time_range.timezone, buckets)
    width = slot_width(edges)
    slots = fetch(
        connection, statements.histogram(replace(selection, time_range=time_range), edges[0], width)
    )
    return counted(edges, width, slots)


def edges_between(first_us: int, last_us: int, timezone: str, buckets: int) -> tuple[int, ...]:
    """The edges of at most ``buckets`` buckets that hold both instants.

    Up to an hour buckets are equally wide; wider ones follow the clocks and the calendar of the zone, so that a day may
    have 23 or 25 hours. Where the calendar ends (years 1 and 9999) they are equally wide and begin anywhere.
    """
    try:
        first, last = (from_microseconds(moment) for moment in (first_us, last_us))
        return tuple(microseconds(edge) for edge in _calendar_edges(first, last, timezone, buckets))
    except (OverflowError, ValueError):
        width = (last_us - first_us) // buckets + 1
        return tuple(range(first_us, last_us + width + 1, width))


def _calendar_edges(first: datetime, last: datetime, timezone: str, buckets: int) -> list[datetime]:
    wall = first.astimezone(zone_of(timezone)).replace(tzinfo=None)
    for step in _EVEN_STEPS:
        if (last - first) / step < buckets - 1:
            below = timedelta(minutes=wall.minute, seconds=wall.second, microseconds=wall.microsecond) % step
            return _until(last, _stepping(first - below, step))
    for step in _CLOCK_STEPS:
        if (last - first) / step < buckets - 2:
            midnight = wall.replace(hour=0, minute=0, second=0, microsecond=0)
            monday = midnight - timedelta(days=midnight.weekday())
            start = monday if step.days == 7 else midnight + (wall - midnight) // step * step
            return _until(last, _in_zone(_stepping(start, step), timezone))
    months = next(count for count in _MONTHS if (last - first) / (count * _MONTH) < buckets - 1)
    return _until(last, _in_zone(_by_months(wall, months), timezone))


def _stepping(start: datetime, step: timedelta) -> Iterator[datetime]:
    while True:
        yield start
        start += step


def _by_months(wall: datetime, months: int) -> Iterator[datetime]:
    number = (wall.year * 12 + wall.month - 1) // months * months
    midnight = wall.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    while True:
        yield midnight.replace(year=number // 12, month=number % 12 + 1)
        number += months


def _in_zone(walls: Iterable[datetime], timezone: str) -> Iterator[datetime]:
    for wall in walls:
        yield wall.replace(tzinfo=zone_of(timezone)).astimezone(UTC)


def _until(last: datetime, edges: Iterator[datetime]) -> list[datetime]:
    """Ascending edges up to the first after ``last``; an edge that a clock change made equal is omitted."""
    result: list[datetime] = []
    for edge in edges:
        if not result or edge > result[-1]:
            result.append(edge)
        if edge > last:
            return result
    raise AssertionError("edges have no end")


def slot_width(edges: tuple[int, ...]) -> int:
    """The widest slot, in microseconds, of which every bucket is a multiple: the unit of counting in SQL."""
    return gcd(*(edge - edges[0] for edge in edges))


def counted(edges: tuple[int, ...], width: int, slots: Iterable[tuple[int, int]]) -> Histogram:
    """Join slots ``(number, events)`` of ``width`` microseconds to the buckets between ``edges``."""
    starts = [(edge - edges[0]) // width for edge in edges]
    counts = [0] * (len(edges) - 1)
    for slot, events in slots:
        place = bisect_right(starts, slot) - 1
        if 0 <= place < len(counts):
            counts[place] += events
    return Histogram(edges, tuple(counts))
