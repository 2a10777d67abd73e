"""Slices of time hold every event once, in order, and find any window of rows."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from shannon_core.query.time_slices import BUCKETS, TimeSlice, bucket_width, join_buckets, overlapping

MOMENTS = st.lists(st.integers(-(2**40), 2**55) | st.integers(0, 50), min_size=1, max_size=60)
ROWS = st.lists(st.integers(1, 9), max_size=12)


def sliced(moments: list[int], rows: int) -> list[TimeSlice]:
    """The slices of events at these moments."""
    first = min(moments)
    width = bucket_width(first, max(moments))
    counted = Counter((moment - first) // width for moment in moments)
    return join_buckets(sorted(counted.items()), first, width, rows)


@given(moments=MOMENTS, rows=st.integers(1, 20))
def test_that_every_event_is_in_exactly_one_slice_that_counts_it(moments: list[int], rows: int) -> None:
    slices = sliced(moments, rows)
    held = [sum(part.start_us <= moment < part.end_us for moment in moments) for part in slices]
    assert held == [part.rows for part in slices]
    assert sum(held) == len(moments)


@given(moments=MOMENTS, rows=st.integers(1, 20))
def test_that_slices_follow_one_another_and_only_the_last_may_be_small(moments: list[int], rows: int) -> None:
    slices = sliced(moments, rows)
    assert all(one.end_us <= other.start_us for one, other in pairwise(slices))
    assert all(part.rows >= rows for part in slices[:-1])


@given(moments=MOMENTS)
def test_that_an_extent_falls_into_few_buckets(moments: list[int]) -> None:
    width = bucket_width(min(moments), max(moments))
    assert (max(moments) - min(moments)) // width < BUCKETS


@given(rows=ROWS, offset=st.integers(0, 80), limit=st.integers(0, 40))
def test_that_any_window_of_rows_is_found_in_the_slices(rows: list[int], offset: int, limit: int) -> None:
    slices = [TimeSlice(number, number + 1, count) for number, count in enumerate(rows)]
    everything = [(part.start_us, row) for part in slices for row in range(part.rows)]
    found = [
        (part.start_us, row)
        for part, skip, take in overlapping(slices, offset, limit)
        for row in range(skip, skip + take)
    ]
    assert found == everything[offset : offset + limit]
