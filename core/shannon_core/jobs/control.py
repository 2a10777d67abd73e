"""."""

from __future__ import annotations

import threading
from collections.abc import Callable

from shannon_core.errors import JobCancelled
from shannon_core.jobs.progress import ProgressEvent


class Control:
    """What a piece of work sees of its job: it emits progress and asks whether to go on."""

    def __init__(self, emit: Callable[[ProgressEvent], None]) -> None:
        self.emit = emit
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody said stop."""
        return self._cancelled.is_set()

    def check(self) -> None:
        """Raise JobCancelled where somebody said stop."""
        if self._cancelled.is_set():
            raise JobCancelled
