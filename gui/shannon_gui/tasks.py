"""One task at a time: starting one cancels the one before it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Protocol


class Latest:
    """Runs the newest of several pieces of work.

    A cancelled one emits nothing more, and the core interrupts its statement.
    """

    def __init__(self, spawn: Spawn, name: str) -> None:
        self._spawn = spawn
        self._name = name
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self, work: Callable[[], Coroutine[Any, Any, None]], *, after: float = 0) -> None:
        """Do this work after this many seconds, in place of the work before."""
        self.stop()
        self._timer = asyncio.get_running_loop().call_later(after, self._begin, work)

    def stop(self) -> None:
        """Cancel what waits or runs."""
        if self._timer is not None:
            self._timer.cancel()
        if self._task is not None:
            self._task.cancel()
        self._timer = self._task = None

    def _begin(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._task = self._spawn(work(), name=self._name)


class Spawn(Protocol):
    """``eventloop.spawn``, or a test's stand-in."""

    def __call__(self, work: Coroutine[Any, Any, None], *, name: str) -> asyncio.Task[None]:
        """Start the work."""
        ...
