"""A window over fake sessions; each of them stays in ``sessions``."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from harness.fakes import FakeSession
from shannon_gui.controllers.ports import OpenSession
from shannon_gui.windows.main_window import MainWindow


@pytest.fixture
def session(loop: QEventLoop) -> FakeSession:
    """The first session that is opened."""
    return FakeSession()


@pytest.fixture
def sessions() -> list[FakeSession]:
    """Every session that was opened."""
    return []


@pytest.fixture
def window(
    make_main_window: Callable[[OpenSession], MainWindow],
    session: FakeSession,
    sessions: list[FakeSession],
    tmp_path: Path,
    qtbot: QtBot,
) -> MainWindow:
    """A window whose sessions are fakes, with one source opened."""
    sessions.append(session)

    async def open_session(sources: tuple[str, ...]) -> FakeSession:
        opened = sessions[-1] if len(sessions) == 1 and not session.reads else FakeSession()
        opened.sources = sources
        sessions.extend([opened] if opened is not session else [])
        return opened

    window = make_main_window(open_session)
    window.source_opener.open((str(tmp_path),))
    qtbot.waitUntil(lambda: window.panels.preview.value() is not None)
    return window
