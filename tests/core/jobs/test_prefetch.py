"""Reading ahead: the same items in the same order, not too many at once, and an end to the thread in every case."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from shannon_core.jobs.prefetch import prefetch


def is_reading() -> bool:
    """Whether a reading thread is alive."""
    return any(thread.name == "shannon-read" for thread in threading.enumerate())


def weightless(_: int) -> int:
    return 0


def test_that_the_items_come_in_their_order() -> None:
    assert list(prefetch(iter(range(500)), weightless, 10)) == list(range(500))
    assert not is_reading()


def test_that_items_are_made_in_another_thread() -> None:
    makers = list(prefetch((threading.current_thread().name for _ in range(3)), lambda _: 1, 10))
    assert set(makers) == {"shannon-read"}


def test_that_no_more_is_made_than_may_lie_unused() -> None:
    made: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100):
            made.append(number)
            yield number

    ahead = prefetch(items(), lambda _: 10, 35)
    assert next(ahead) == 0
    time.sleep(0.05)
    assert 1 < len(made) <= 7  # four lie there, one is made and waits
    assert list(ahead) == list(range(1, 100))


def test_that_what_the_maker_raises_is_raised_at_its_place() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise KeyError("broken")

    ahead = prefetch(items(), weightless, 10)
    assert next(ahead) == 1
    with pytest.raises(KeyError, match="broken"):
        next(ahead)
    assert not is_reading()


def test_that_closing_ends_the_thread_and_the_maker() -> None:
    closed = threading.Event()

    def items() -> Iterator[int]:
        try:
            while True:
                yield 1
        finally:
            closed.set()

    ahead = prefetch(items(), lambda _: 1, 5)
    next(ahead)
    ahead.close()
    assert not is_reading()
    assert closed.is_set()
