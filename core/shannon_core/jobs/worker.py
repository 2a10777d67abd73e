"""Blocking work on the one thread that owns its connection, with progress that is batched and a cancel that has a name."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

import duckdb

from shannon_core.errors import JobCancelled, ShannonError
from shannon_core.jobs.control import Control
from shannon_core.jobs.progress import (
    Cancelled,
    Failed,
    FileProgress,
    Finished,
    ProgressEvent,
    ReadingProgress,
    Terminal,
)

BATCH_SECONDS = 0.05
"""Single progress events crossing threads made the loop lag 450 ms, batched ones 4 ms."""
INTERRUPT_SECONDS = 0.05
"""An interrupt between two statements is lost on the engine, so that it is said again until the job has ended."""

_T = TypeVar("_T")
_log = logging.getLogger(__name__)


class Worker:
    """One thread and the connection that only it uses, which is prepared with the first piece of work.

    Work that is interrupted in its preparation fails as any other does, and the next one prepares anew.
    """

    def __init__(
        self,
        name: str,
        connection: duckdb.DuckDBPyConnection,
        prepare: Callable[[duckdb.DuckDBPyConnection], None] = lambda _connection: None,
    ) -> None:
        self.connection = connection
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._prepare = prepare
        self._is_prepared = False
        self._lock = threading.Lock()
        self._answering: object = None

    def submit(self, work: Callable[[duckdb.DuckDBPyConnection], _T]) -> Future[_T]:
        """Run the work when the work before it is done."""
        return self._executor.submit(self._do, work)

    def _do(self, work: Callable[[duckdb.DuckDBPyConnection], _T]) -> _T:
        if not self._is_prepared:
            self._prepare(self.connection)
            self._is_prepared = True
        return work(self.connection)

    async def answer(self, work: Callable[[duckdb.DuckDBPyConnection], _T]) -> _T:
        """What the work finds. A task that is cancelled while it waits stops it, so that the next work need not wait for it."""
        question = object()
        future = self._executor.submit(self._answer, question, work)
        try:
            return await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            self._interrupt(question, future)
            raise

    def _answer(self, question: object, work: Callable[[duckdb.DuckDBPyConnection], _T]) -> _T:
        with self._lock:
            self._answering = question
        try:
            return self._do(work)
        finally:
            with self._lock:
                self._answering = None

    def _interrupt(self, question: object, answer: Future[Any]) -> None:
        """Interrupt this work and no other, again until it has ended."""
        if answer.done():
            return
        with self._lock:
            if self._answering is question:
                self.connection.interrupt()
        asyncio.get_running_loop().call_later(INTERRUPT_SECONDS, self._interrupt, question, answer)

    def close(self) -> None:
        """Wait for the running work, then give the connection back."""
        self._executor.shutdown(wait=True, cancel_futures=True)
        self.connection.close()


Work = Callable[[duckdb.DuckDBPyConnection, Control], Finished]


class Job:
    """A running piece of work: iterate over its progress; exactly one Finished, Cancelled or Failed ends it.

    Made on the event loop; ``cancel`` may be called from any thread and any number of times.
    """

    def __init__(self, worker: Worker, work: Work) -> None:
        self._loop = asyncio.get_running_loop()
        self._events: asyncio.Queue[ProgressEvent] = asyncio.Queue()
        self._lock = threading.Lock()
        self._batch: list[ProgressEvent] = []
        self._worker = worker
        self._running = False
        self._control = Control(self._report)
        self._future = worker.submit(lambda connection: self._run(connection, work))

    def cancel(self) -> None:
        """Stop at the next step; the terminal event tells when."""
        if self._control.cancelled:
            return
        self._control.cancel()
        self._loop.call_soon_threadsafe(self._interrupt)

    def _interrupt(self) -> None:
        with self._lock:
            if not self._running:
                return
            self._worker.connection.interrupt()
        self._loop.call_later(INTERRUPT_SECONDS, self._interrupt)

    async def __aiter__(self) -> AsyncIterator[ProgressEvent]:
        """The progress events, the terminal one last."""
        while True:
            event = await self._events.get()
            yield event
            if isinstance(event, Terminal):
                return

    async def wait(self) -> Terminal:
        """The terminal event; the events before it are passed over."""
        async for event in self:
            if isinstance(event, Terminal):
                return event
        raise AssertionError("a job's stream ends with a terminal event")

    def _run(self, connection: duckdb.DuckDBPyConnection, work: Work) -> None:
        self._running = True
        outcome = _outcome(connection, work, self._control)
        with self._lock:
            self._running = False
        self._report(outcome)

    def _report(self, event: ProgressEvent) -> None:
        with self._lock:
            if self._batch and _supersedes(event, self._batch[-1]):
                self._batch[-1] = event
                return
            self._batch.append(event)
            first = len(self._batch) == 1
        if first or isinstance(event, Terminal):
            delay = 0 if isinstance(event, Terminal) else BATCH_SECONDS
            self._loop.call_soon_threadsafe(self._loop.call_later, delay, self._flush)

    def _flush(self) -> None:
        with self._lock:
            batch, self._batch = self._batch, []
        for event in batch:
            self._events.put_nowait(event)


def _supersedes(new: ProgressEvent, old: ProgressEvent) -> bool:
    if isinstance(new, FileProgress):
        return isinstance(old, FileProgress) and new.path == old.path and new.stage == old.stage
    return isinstance(new, ReadingProgress) and isinstance(old, ReadingProgress)


def _outcome(connection: duckdb.DuckDBPyConnection, work: Work, control: Control) -> Terminal:
    try:
        control.check()
        return work(connection, control)
    except JobCancelled:
        return Cancelled()
    except ShannonError as error:
        return Failed.of(error)
    except Exception as error:  # noqa: BLE001 – the stream must end; the bug is logged with its traceback and shown
        if control.cancelled:
            return Cancelled()
        _log.exception("a job failed unexpectedly")
        return Failed("internal_error", {"reason": f"{type(error).__name__}: {error}"})
