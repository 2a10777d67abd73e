"""Fixtures for tests that need the window or its event loop; the conftest of each folder takes them from here."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale, QSettings, QTranslator
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from harness.fakes import FakeSession
from shannon_core.jobs.progress import ExportStarted, FileWritten, Finished
from shannon_core.request.export_request import ExportFormat, ExportRequest
from shannon_core.request.output_files import OutputPlan, plan_output
from shannon_core.session import Session
from shannon_gui import eventloop
from shannon_gui.appearance.theme import Theme
from shannon_gui.composition import make_window
from shannon_gui.controllers.ports import OpenSession
from shannon_gui.state import Phase
from shannon_gui.storage.settings import Settings
from shannon_gui.text.languages import use_language
from shannon_gui.windows.main_window import MainWindow

WAIT = 20_000


@pytest.fixture(scope="session")
def qt_loop(qapp: QApplication) -> Iterator[QEventLoop]:
    """asyncio on the Qt loop that pytest-qt turns while a test waits."""
    loop = QEventLoop(qapp, already_running=True)
    asyncio._set_running_loop(None)
    yield loop
    loop.stop()
    loop.close()


@pytest.fixture
def loop(qt_loop: QEventLoop) -> Iterator[QEventLoop]:
    """The running loop of this test."""
    asyncio._set_running_loop(qt_loop)
    yield qt_loop
    asyncio._set_running_loop(None)


@pytest.fixture(scope="session", autouse=True)
def american_numbers() -> None:
    """1,234.5 wherever the tests run."""
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))


@pytest.fixture
def speak(qapp: QApplication) -> Iterator[Callable[[str], None]]:
    """Speaks a language until the test ends."""
    locale, before = QLocale(), qapp.findChildren(QTranslator)
    yield lambda language: use_language(qapp, language)
    for translator in qapp.findChildren(QTranslator):
        if translator not in before:
            qapp.removeTranslator(translator)
            translator.deleteLater()
    QLocale.setDefault(locale)


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """The look of the application."""
    return Theme(qapp)


@pytest.fixture(autouse=True)
def no_leaked_windows(qapp: QApplication) -> Iterator[None]:
    """Every top-level widget of a test goes with it."""
    before = set(map(id, qapp.topLevelWidgets()))
    yield
    gc.collect()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [
        widget for widget in qapp.topLevelWidgets() if id(widget) not in before and widget.parent() is None
    ]
    assert not left


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings that begin empty."""
    return Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@dataclass
class PromptAsker:
    """Answers every question about files at once with the values that a test has set."""

    folder: str = ""
    files: tuple[str, ...] = ()
    target: str = ""
    overwrite: bool = False
    opened: str = ""
    asked: list[ExportRequest] = field(default_factory=list)
    proposals: list[str] = field(default_factory=list)
    replacing: list[list[str]] = field(default_factory=list)

    def ask_folder(self, _parent: QWidget, _start: str, chosen: Callable[[str], None]) -> None:
        chosen(self.folder)

    def ask_target_folder(self, _parent: QWidget, _start: str, chosen: Callable[[str], None]) -> None:
        chosen(self.folder)

    def ask_files(self, _parent: QWidget, _start: str, chosen: Callable[[tuple[str, ...]], None]) -> None:
        chosen(self.files)

    def ask_save(self, _parent: QWidget, proposal: str, _kind: str, chosen: Callable[[str], None]) -> None:
        self.proposals.append(proposal)
        chosen(self.target)

    def ask_open(self, _parent: QWidget, _start: str, _kind: str, chosen: Callable[[str], None]) -> None:
        chosen(self.opened)

    def ask_replace(self, _parent: QWidget, paths: Sequence[Path], agreed: Callable[[], None]) -> None:
        self.replacing.append([path.name for path in paths])
        if self.overwrite:
            agreed()

    def ask_target(self, _parent: QWidget, plan: OutputPlan, chosen: Callable[[OutputPlan], None]) -> None:
        self.asked.append(plan.request)
        chosen(plan_output(replace(plan.request, target=self.target, overwrite=self.overwrite)))


@pytest.fixture
def asker() -> PromptAsker:
    """The answers to questions about files."""
    return PromptAsker()


@pytest.fixture
def make_main_window(
    loop: QEventLoop, theme: Theme, settings: Settings, asker: PromptAsker, qtbot: QtBot
) -> Iterator[Callable[[OpenSession], MainWindow]]:
    """Makes a window over what opens sessions; closes and deletes it in the end."""
    made = []

    def make(open_session: OpenSession) -> MainWindow:
        window, owner = make_window(
            theme, settings, asker=asker, open_session=open_session, zone="Europe/Berlin"
        )
        made.append((window, owner))
        window.show()
        return window

    yield make
    for window, owner in made:
        eventloop.spawn(owner.close(), name="close the session")
        qtbot.waitUntil(eventloop.is_idle, timeout=WAIT)
        window.hide()
        window.deleteLater()


@pytest.fixture
def real_window(make_main_window: Callable[[OpenSession], MainWindow]) -> MainWindow:
    """The window over the real core, keeping nothing on this computer."""
    return make_main_window(lambda sources: Session.open(sources, keep=False))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Ignore the warning that Qt's screenless platform logs for each window."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


def shown_dialog(window: MainWindow, kind: type[QDialog]) -> QDialog:
    """The dialog of that class that the window shows."""
    return next(found for found in window.findChildren(kind) if found.isVisible())


def finish_export(window: MainWindow, session: FakeSession, qtbot: QtBot, *paths: str) -> None:
    """Let the last export of the session end with these files, and wait until the window knows."""
    written = [FileWritten(ExportFormat.EXCEL, path, 7, 10, 0.1) for path in paths]
    session.exports[-1][1].say(ExportStarted(7, paths), *written, Finished(paths, 7, 0.1))
    qtbot.waitUntil(lambda: window.state().phase is Phase.READY)
