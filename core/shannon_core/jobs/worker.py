"""Blocking work on the one thread that owns its connection, with batched progress and cancellation."""

from __future__ import annotations

import asyncio
import logging
import threading
import traceback
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

import duckdb

from shannon_core.errors import InternalError, JobCancelled, ShannonError, internal_error
from shannon_core.jobs.control import Control
from shannon_core.jobs.progress import (
    Cancelled,
    Failed,
    FileProgress,
    FileWritten,
    Finished,
    ProgressEvent,
    ReadingProgress,
    Terminal,
)

BATCH_SECONDS = 0.05
"""Seconds of progress that cross threads together: single events made the event loop lag 450 ms, batched ones 4 ms."""

_T = TypeVar("_T")
_log = logging.getLogger(__name__)


class Worker:
    """One thread and the connection that only it uses, which ``prepare`` sets up before the first piece of work.

    Work that is cancelled during the preparation ends with JobCancelled, and the next one prepares again.
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

    def start(self, task: Callable[[], _T]) -> Future[_T]:
        """Queue the task for the thread."""
        return self._executor.submit(task)

    def run(self, work: Callable[[duckdb.DuckDBPyConnection], _T], control: Control) -> _T:
        """The result of the work; to be called on the thread. JobCancelled where ``control`` was cancelled."""
        try:
            with control.interruptible(self.connection.interrupt):
                if not self._is_prepared:
                    self._prepare(self.connection)
                    self._is_prepared = True
                return work(self.connection)
        except JobCancelled:
            self._clean_up()
            raise

    def _clean_up(self) -> None:
        """Roll back and drop temporary views: an interrupt may have hit the statement that would have done so."""
        with suppress(duckdb.TransactionException):  # most often there is none
            self.connection.rollback()
        views = self.connection.sql("SELECT view_name FROM duckdb_views() WHERE temporary AND NOT internal")
        for (name,) in views.fetchall():
            self.connection.execute(f'DROP VIEW temp.main."{name}"')

    def submit(self, work: Callable[[duckdb.DuckDBPyConnection], _T]) -> Future[_T]:
        """Queue work that is never cancelled."""
        return self.start(lambda: self.run(work, Control()))

    async def answer(
        self, work: Callable[[duckdb.DuckDBPyConnection], _T], control: Control | None = None
    ) -> _T:
        """The result of the work. Cancelling the awaiting task cancels the work, so that the next need not wait.

        JobCancelled where ``control`` is cancelled.
        """
        asked = control or Control()
        future = self.start(lambda: self.run(work, asked))
        try:
            return await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            asked.cancel()
            raise

    def close(self) -> None:
        """Wait for the running work, drop the queued work, and close the connection."""
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
        self._written: list[str] = []
        self._control = Control(self._report)
        self._future = worker.start(lambda: self._report(self._outcome(worker, work)))

    def cancel(self) -> None:
        """Request cancellation; the terminal event follows when the work has stopped."""
        self._control.cancel()

    async def __aiter__(self) -> AsyncIterator[ProgressEvent]:
        """Yield the progress events, the terminal one last."""
        while True:
            event = await self._events.get()
            yield event
            if isinstance(event, Terminal):
                return

    async def wait(self) -> Terminal:
        """Wait for the terminal event; the events before it are dropped."""
        async for event in self:
            if isinstance(event, Terminal):
                return event
        raise AssertionError("a job's stream ends with a terminal event")

    def _outcome(self, worker: Worker, work: Work) -> Terminal:
        try:
            return worker.run(lambda connection: work(connection, self._control), self._control)
        except JobCancelled:
            return Cancelled(tuple(self._written))
        except InternalError as error:
            _log.exception("a job failed unexpectedly")
            return Failed(error.code, {**error.values, "details": traceback.format_exc()})
        except ShannonError as error:
            return Failed.of(error)
        except Exception as error:  # noqa: BLE001 – the stream must end; the bug is logged with its traceback and shown
            _log.exception("a job failed unexpectedly")
            return Failed.of(internal_error(error))

    def _report(self, event: ProgressEvent) -> None:
        if isinstance(event, FileWritten):
            self._written.append(event.path)
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
