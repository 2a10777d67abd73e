"""asyncio on Qt's event loop: the only module that knows qasync.

qasync 0.28 keeps no strong reference to a task and never reports the exception of one that nobody awaits, so that every
task of the window starts with ``spawn``.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

GIVE_WAY_SECONDS = 0.0005
"""After so long a thread that runs Python lets another one go on; Python's own choice is ten times as much."""
_running: set[asyncio.Task[None]] = set()


def run(app: QApplication, main: Callable[[], Coroutine[Any, Any, int]]) -> int:
    """Run the coroutine on Qt's loop until it returns its exit code.

    Qt's calls into Python wait until another thread gives way, a screen full of cells thousands of times.
    ``asyncio.run(loop_factory=…)`` exists from Python 3.12 on, ``asyncio.Runner`` already in 3.11.
    """
    sys.setswitchinterval(GIVE_WAY_SECONDS)
    with asyncio.Runner(loop_factory=lambda: QEventLoop(app)) as runner:
        runner.get_loop().set_exception_handler(_on_loop_error)
        return runner.run(main())


def spawn(work: Coroutine[Any, Any, None], *, name: str) -> asyncio.Task[None]:
    """Start the work as a task that lives until it is done and whose exception reaches the last-resort handler."""
    task = asyncio.get_running_loop().create_task(work, name=name)
    _running.add(task)
    task.add_done_callback(_on_task_done)
    return task


def is_idle() -> bool:
    """Whether every spawned task is done."""
    return not _running


def _on_task_done(task: asyncio.Task[None]) -> None:
    _running.discard(task)
    if not task.cancelled():
        _report(task.exception())


def _on_loop_error(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    _report(context.get("exception") or RuntimeError(context.get("message", "an error in the event loop")))


def _report(error: BaseException | None) -> None:
    if error is not None:
        sys.excepthook(type(error), error, error.__traceback__)
