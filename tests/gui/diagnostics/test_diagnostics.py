"""The log of the program: private, without what stood in the logs; and the watchdog that names the code that blocked
the window."""

import logging
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shannon_gui.diagnostics import crash_handler as crash_handler
from shannon_gui.diagnostics import watchdog
from shannon_gui.diagnostics.crash_handler import PrivateLog, QuietFormatter
from shannon_gui.diagnostics.watchdog import Watchdog

SECRET = "what stood in a line"


@pytest.fixture
def watching(qtbot: QtBot) -> Iterator[Watchdog]:
    watching = Watchdog()
    watching.start()
    qtbot.wait(150)
    yield watching
    watching.stop()


def block_the_window(seconds: float) -> None:
    time.sleep(seconds)


def test_that_the_cause_of_a_blocked_window_is_named_once(
    watching: Watchdog, caplog: pytest.LogCaptureFixture, qtbot: QtBot
) -> None:
    with caplog.at_level(logging.WARNING, logger=watchdog.__name__):
        block_the_window(1.0)
        qtbot.waitUntil(lambda: len(caplog.messages) == 2)
    asleep, awake = caplog.messages
    assert "block_the_window" in asleep
    assert "has not answered for 200 ms" in asleep
    assert 700 <= int(awake.split()[-2]) <= 5_000


def test_that_a_window_that_answers_is_left_alone(
    watching: Watchdog, caplog: pytest.LogCaptureFixture, qtbot: QtBot
) -> None:
    with caplog.at_level(logging.WARNING, logger=watchdog.__name__):
        for _ in range(5):
            block_the_window(0.02)
            qtbot.wait(20)
    assert [text for text in caplog.messages if "block_the_window" in text] == []


def test_that_a_watchdog_that_was_stopped_says_nothing(
    watching: Watchdog, caplog: pytest.LogCaptureFixture
) -> None:
    watching.stop()
    with caplog.at_level(logging.WARNING, logger=watchdog.__name__):
        block_the_window(0.6)
    assert caplog.messages == []


@pytest.fixture
def log(tmp_path: Path) -> Iterator[tuple[logging.Logger, Path]]:
    path = tmp_path / "window.log"
    path.touch(mode=0o644)
    handler = PrivateLog(path, maxBytes=1_000, backupCount=2, encoding="utf-8")
    handler.setFormatter(QuietFormatter("%(levelname)s %(message)s"))
    logger = logging.getLogger("tests.private")
    logger.propagate = False
    logger.addHandler(handler)
    yield logger, path
    logger.removeHandler(handler)
    handler.close()


def test_that_the_log_is_private_and_rotates(log: tuple[logging.Logger, Path]) -> None:
    logger, path = log
    for number in range(100):
        logger.warning("line %d %s", number, "x" * 50)
    files = sorted(path.parent.iterdir())
    assert [file.name for file in files] == ["window.log", "window.log.1", "window.log.2"]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert all(file.stat().st_size <= 1_000 for file in files)


def test_that_the_text_of_an_exception_stays_out_of_the_log(log: tuple[logging.Logger, Path]) -> None:
    logger, path = log
    try:
        try:
            raise ValueError(SECRET)
        except ValueError as error:
            raise KeyError(SECRET) from error
    except KeyError:
        logger.exception("a job failed")
    content = path.read_text()
    assert SECRET not in content.replace("raise ValueError(SECRET)", "").replace("raise KeyError(SECRET)", "")
    assert content.index("builtins.ValueError") < content.index("builtins.KeyError")
    assert "test_that_the_text_of_an_exception_stays_out_of_the_log" in content


def test_that_the_reason_of_the_system_is_logged(log: tuple[logging.Logger, Path]) -> None:
    logger, path = log
    try:
        Path("/not/there").read_text()
    except OSError:
        logger.exception("reading failed")
    assert "FileNotFoundError (No such file or directory)" in path.read_text()


def test_that_a_report_names_versions_and_the_log() -> None:
    said = crash_handler.about_program()
    assert "Shannon Exporter" in said
    assert "Python 3." in said
    assert said.rstrip().endswith("window.log")
