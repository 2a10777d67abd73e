"""asyncio on Qt's event loop: the only module that knows qasync.

qasync 0.28 keeps no strong reference to a task and never reports the exception of one that is not awaited, so that
every task of the window starts with ``spawn``.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

SWITCH_INTERVAL_SECONDS = 0.0005
"""How long a thread runs Python before another one may; Python's default is ten times as long."""


class _RunningTasks(QObject):
    """The tasks of one application, which keeps this object as its child."""

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self.tasks: set[asyncio.Task[None]] = set()

    @classmethod
    def of_application(cls) -> _RunningTasks:
        application = QCoreApplication.instance()
        if application is None:
            raise RuntimeError("tasks need a QApplication")
        return application.findChild(cls, "", Qt.FindChildOption.FindDirectChildrenOnly) or cls(application)

    def add(self, task: asyncio.Task[None]) -> None:
        self.tasks.add(task)
        task.add_done_callback(self._on_task_done)

    def _on_task_done(self, task: asyncio.Task[None]) -> None:
        self.tasks.discard(task)
        if not task.cancelled():
            _report(task.exception())


def run(app: QApplication, main: Callable[[], Coroutine[Any, Any, int]]) -> int:
    """Run the coroutine on Qt's loop until it returns its exit code.

    Qt's calls into Python wait until another thread gives way, a screen full of cells thousands of times.
    ``asyncio.run(loop_factory=…)`` exists from Python 3.12 on, ``asyncio.Runner`` already in 3.11.
    """
    sys.setswitchinterval(SWITCH_INTERVAL_SECONDS)
    with asyncio.Runner(loop_factory=lambda: QEventLoop(app)) as runner:
        runner.get_loop().set_exception_handler(_on_loop_error)
        return runner.run(main())


def spawn(work: Coroutine[Any, Any, None], *, name: str) -> asyncio.Task[None]:
    """Start the work as a task that lives until it is done and whose exception reaches the last-resort handler."""
    task = asyncio.get_running_loop().create_task(work, name=name)
    _RunningTasks.of_application().add(task)
    return task


def is_idle() -> bool:
    """Whether every spawned task is done."""
    return not _RunningTasks.of_application().tasks


def _on_loop_error(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    _report(context.get("exception") or RuntimeError(context.get("message", "an error in the event loop")))


def _report(error: BaseException | None) -> None:
    if error is not None:
        sys.excepthook(type(error), error, error.__traceback__)
