"""Tasks on Qt's loop: kept while they run, and reported when they fail."""

import asyncio
import gc
import sys
import threading

import pytest
from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from harness.fakes import Recorder
from shannon_gui import eventloop
from shannon_gui.diagnostics.crash_handler import CrashHandler


def test_that_a_task_lives_until_it_is_done(loop: QEventLoop, qtbot: QtBot) -> None:
    gate, done = asyncio.Event(), []

    async def work() -> None:
        await gate.wait()
        done.append(True)

    eventloop.spawn(work(), name="work")
    gc.collect()
    gate.set()
    qtbot.waitUntil(eventloop.is_idle)
    assert done == [True]


def test_that_a_failed_task_reaches_the_last_resort(
    loop: QEventLoop, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: caught.append(error))

    async def work() -> None:
        raise ZeroDivisionError("a bug")

    kept = eventloop.spawn(work(), name="work")
    qtbot.waitUntil(lambda: bool(caught))
    assert isinstance(caught[0], ZeroDivisionError)
    assert kept.done()


def test_that_a_cancelled_task_is_no_error(
    loop: QEventLoop, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: caught.append(error))
    eventloop.spawn(asyncio.Event().wait(), name="work").cancel()  # type: ignore[arg-type]
    qtbot.waitUntil(eventloop.is_idle)
    assert caught == []


def test_that_errors_from_everywhere_end_at_the_last_resort(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, hook in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(module, hook, getattr(module, hook))
    crash_handler = CrashHandler()
    caught = Recorder(crash_handler.caught)
    before = qInstallMessageHandler(None)
    crash_handler.install()
    try:
        error = ZeroDivisionError("of the window's thread")
        sys.excepthook(type(error), error, None)
        thread = threading.Thread(target=lambda: 1 / 0)
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: len(caught.heard) == 2)
    finally:
        qInstallMessageHandler(before)
    assert [type(error) for error in caught.heard] == [ZeroDivisionError, ZeroDivisionError]
    assert QtMsgType.QtWarningMsg
