"""Cancellation: work checks its Control between steps, and the Control interrupts the statements that run."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import duckdb

from shannon_core.errors import JobCancelled, ShannonError
from shannon_core.jobs.progress import ProgressEvent

INTERRUPT_SECONDS = 0.05
"""Seconds between interrupts: DuckDB loses one that comes between two statements, so it is repeated until the work
ends."""

_log = logging.getLogger(__name__)


def ignore_progress(_event: ProgressEvent) -> None:
    """The ``emit`` of a Control whose progress is not shown."""


class Control:
    """The control of one piece of work: the work emits progress through it, and callers cancel it.

    ``cancel`` may be called from any thread and any number of times: before, during and after the work.
    """

    def __init__(self, emit: Callable[[ProgressEvent], None] = ignore_progress) -> None:
        self.emit = emit
        self._cancelled = threading.Event()
        self._lock = threading.Lock()
        self._interrupt: Callable[[], None] | None = None
        self._has_ended = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next check, and interrupt the statements that it runs until it has ended."""
        with self._lock:
            if self._cancelled.is_set():
                return
            self._cancelled.set()
            if self._interrupt is not None:
                threading.Thread(target=self._repeat_interrupt, name="shannon-cancel", daemon=True).start()

    @property
    def cancelled(self) -> bool:
        """Whether cancellation was requested; the work may still be running."""
        return self._cancelled.is_set()

    def check(self) -> None:
        """Raise JobCancelled where cancellation was requested."""
        if self._cancelled.is_set():
            raise JobCancelled

    @contextmanager
    def interruptible(self, interrupt: Callable[[], None]) -> Iterator[None]:
        """Run the block as the work; ``interrupt`` is called while it runs and never afterwards.

        JobCancelled where cancellation was requested before, and in place of any error after it was requested.
        """
        with self._lock:
            self.check()
            self._interrupt = interrupt
        try:
            yield
        except ShannonError:
            raise
        except duckdb.InterruptException as error:
            raise JobCancelled from error
        except Exception as error:
            if not self.cancelled:
                raise
            _log.info("a cancelled job ended with this error", exc_info=error)
            raise JobCancelled from error
        finally:
            with self._lock:
                self._interrupt = None
            self._has_ended.set()

    def _repeat_interrupt(self) -> None:
        while not self._has_ended.is_set():
            with self._lock:
                if self._interrupt is not None:
                    self._interrupt()
            self._has_ended.wait(INTERRUPT_SECONDS)
