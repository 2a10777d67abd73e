"""The newest of several questions: asking one stops the one before it, wherever it is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Protocol


class Latest:
    """One piece of work at a time. What is stopped says nothing more, and the core goes on with the next."""

    def __init__(self, spawn: Spawn, name: str) -> None:
        self._spawn = spawn
        self._name = name
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self, work: Callable[[], Coroutine[Any, Any, None]], *, after: float = 0) -> None:
        """Do this work after so many seconds, and not the work before."""
        self.stop()
        self._timer = asyncio.get_running_loop().call_later(after, self._begin, work)

    def stop(self) -> None:
        """Do nothing more."""
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
