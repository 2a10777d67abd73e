"""Prefetching: an iterator that runs in a thread of its own while its consumer works on earlier items."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator
from typing import Generic, TypeVar

_T = TypeVar("_T")


def prefetch(items: Iterator[_T], size_of: Callable[[_T], int], limit: int) -> Generator[_T, None, None]:
    """Yield the same items in the same order, produced in another thread; close the generator to stop it.

    The thread waits while the items that are not consumed yet are larger than ``limit`` by ``size_of``, such as bytes.
    An error of ``items`` is raised here, after the items before it.
    """
    queue = _Prefetcher(items, size_of, limit)
    thread = threading.Thread(target=queue.produce, name="shannon-read", daemon=True)
    thread.start()
    try:
        yield from queue.consumed()
    finally:
        queue.stop()
        thread.join()


class _Prefetcher(Generic[_T]):
    """A queue between the producing and the consuming thread, bounded by the size of its items."""

    def __init__(self, items: Iterator[_T], size_of: Callable[[_T], int], limit: int) -> None:
        self._items, self._size_of, self._limit = items, size_of, limit
        self._queue: deque[tuple[_T, int]] = deque()
        self._queued_size = 0
        self._error: BaseException | None = None
        self._is_over = False
        self._changed = threading.Condition()

    def produce(self) -> None:
        try:
            for item in self._items:
                if not self._put(item, self._size_of(item)):
                    break
        except BaseException as error:  # noqa: BLE001 – it is raised where the items are taken
            self._error = error
        self.stop()

    def _put(self, item: _T, size: int) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: self._is_over or self._queued_size <= self._limit)
            if self._is_over:
                return False
            self._queue.append((item, size))
            self._queued_size += size
            self._changed.notify_all()
            return True

    def consumed(self) -> Iterator[_T]:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._queue or self._is_over)
                if not self._queue:
                    break
                item, size = self._queue.popleft()
                self._queued_size -= size
                self._changed.notify_all()
            yield item
        if self._error is not None:
            raise self._error

    def stop(self) -> None:
        with self._changed:
            self._is_over = True
            self._changed.notify_all()
