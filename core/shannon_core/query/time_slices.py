"""Slices of time with about equal numbers of events, so that sorting never holds more than a slice.

Slices keep memory constant while exporting, and make any row quickly reachable while scrolling.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

BUCKETS = 4096
"""Spans of the extent that are counted before they are joined to slices: many more than slices, few to fetch."""


@dataclass(frozen=True, slots=True)
class TimeSlice:
    """Events with ``start_us <= timestamp < end_us``, microseconds since 1970; ``rows`` of them are selected."""

    start_us: int
    end_us: int
    rows: int


def bucket_width(first_us: int, last_us: int) -> int:
    """The width in microseconds of each of at most BUCKETS spans of the extent."""
    return (last_us - first_us) // BUCKETS + 1


def join_buckets(
    buckets: Iterable[tuple[int, int]], first_us: int, width_us: int, rows: int
) -> list[TimeSlice]:
    """Slices of at least ``rows`` events, except the last, from ascending counted spans ``(bucket, events)``."""
    slices: list[TimeSlice] = []
    start, events, end = first_us, 0, first_us
    for bucket, count in buckets:
        end = first_us + (bucket + 1) * width_us
        events += count
        if events >= rows:
            slices.append(TimeSlice(start, end, events))
            start, events = end, 0
    if events:
        slices.append(TimeSlice(start, end, events))
    return slices


def overlapping(slices: Iterable[TimeSlice], offset: int, limit: int) -> Iterator[tuple[TimeSlice, int, int]]:
    """The slices that hold the rows ``offset … offset + limit`` of the selection, with offset and limit in each."""
    before = 0
    for part in slices:
        skip = max(0, offset - before)
        take = min(part.rows - skip, offset + limit - before - skip)
        if take > 0:
            yield part, skip, take
        before += part.rows
        if before >= offset + limit:
            return
