"""Reading ahead: an iterator that runs in a thread of its own while its consumer works on what came so far."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator
from typing import Generic, TypeVar

_T = TypeVar("_T")


def prefetch(items: Iterator[_T], weight: Callable[[_T], int], limit: int) -> Generator[_T, None, None]:
    """The same items in the same order, made in another thread, which waits while more than ``limit`` in weight lies
    unused.

    What ``items`` raises is raised here, at its place. When this is closed, ``items`` is not asked again.
    """
    ahead = _Prefetcher(items, weight, limit)
    thread = threading.Thread(target=ahead.make, name="shannon-read", daemon=True)
    thread.start()
    try:
        yield from ahead.taken()
    finally:
        ahead.stop()
        thread.join()


class _Prefetcher(Generic[_T]):
    """What one thread makes and another takes."""

    def __init__(self, items: Iterator[_T], weight: Callable[[_T], int], limit: int) -> None:
        self._items, self._weight, self._limit = items, weight, limit
        self._waiting: deque[tuple[_T, int]] = deque()
        self._held = 0
        self._error: BaseException | None = None
        self._is_over = False
        self._turn = threading.Condition()

    def make(self) -> None:
        try:
            for item in self._items:
                if not self._put(item, self._weight(item)):
                    break
        except BaseException as error:  # noqa: BLE001 – it is raised where the items are taken
            self._error = error
        self.stop()

    def _put(self, item: _T, weight: int) -> bool:
        with self._turn:
            self._turn.wait_for(lambda: self._is_over or self._held <= self._limit)
            if self._is_over:
                return False
            self._waiting.append((item, weight))
            self._held += weight
            self._turn.notify_all()
            return True

    def taken(self) -> Iterator[_T]:
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._waiting or self._is_over)
                if not self._waiting:
                    break
                item, weight = self._waiting.popleft()
                self._held -= weight
                self._turn.notify_all()
            yield item
        if self._error is not None:
            raise self._error

    def stop(self) -> None:
        with self._turn:
            self._is_over = True
            self._turn.notify_all()
