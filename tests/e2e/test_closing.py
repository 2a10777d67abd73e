"""Closing the real window while the real core exports, at several moments: it ends, and what is there is whole."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import polars
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from harness.window import WAIT, PromptAsker
from shannon_core.request.export_request import Encoding, ExportFormat
from shannon_gui.panels.filters.export_formats import FormatChoice
from shannon_gui.state import ExportState, Phase
from shannon_gui.windows.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
MOMENTS: dict[str, Callable[[ExportState], bool]] = {
    "at once": lambda _state: True,
    "once it has begun": lambda state: bool(state.files),
    "while the first file is written": lambda state: any(file.rows_done for file in state.files),
    "when the first file is complete": lambda state: bool(state.kept),
    "when half is done": lambda state: (state.fraction or 0) >= 0.5,
}


@pytest.fixture
def exporting(
    real_window: MainWindow, asker: PromptAsker, tmp_path: Path, qtbot: QtBot
) -> tuple[MainWindow, Path]:
    """A window with the sample open that is about to export six formats."""
    out = tmp_path / "out"
    out.mkdir()
    qtbot.mouseClick(real_window.panels.empty.sample_button(), LEFT)
    qtbot.waitUntil(lambda: real_window.panels.preview.overall() is not None, timeout=WAIT)
    real_window.panels.form.formats.set_value(FormatChoice(tuple(ExportFormat), Encoding()))
    asker.target = str(out / "usage")
    qtbot.mouseClick(real_window.panels.export_bar.button(), LEFT)
    return real_window, out


def assert_whole(path: Path) -> None:
    """The file is complete, as a reader sees it that is not ours."""
    match path.suffix:
        case ".json":
            assert json.loads(path.read_bytes())["metrics"]
        case ".jsonl":
            assert all(json.loads(line) for line in path.read_text().splitlines())
        case ".parquet":
            assert len(polars.read_parquet(path))
        case _:
            with zipfile.ZipFile(path) as archive:
                assert archive.testzip() is None


@pytest.mark.parametrize("moment", MOMENTS)
def test_that_closing_cancels_and_leaves_only_whole_files(
    exporting: tuple[MainWindow, Path], moment: str, qtbot: QtBot
) -> None:
    window, out = exporting
    reached = MOMENTS[moment]
    qtbot.waitUntil(lambda: reached(window.state()) or window.state().phase is Phase.READY, timeout=WAIT)
    with qtbot.waitSignal(window.closed, timeout=WAIT):
        window.close()
        question = window.export_flow.question()
        if question is not None:  # else it had ended already
            cancel = next(button for button in question.buttons() if button is not question.defaultButton())
            qtbot.mouseClick(cancel, LEFT)
    names = sorted(path.name for path in out.iterdir())
    assert [name for name in names if name.endswith(".part")] == []
    for path in out.iterdir():
        assert_whole(path)


def test_that_closing_after_a_cancel_waits_for_its_end(
    exporting: tuple[MainWindow, Path], qtbot: QtBot
) -> None:
    window, out = exporting
    window.panels.progress.cancel_button().click()
    with qtbot.waitSignal(window.closed, timeout=WAIT):
        window.close()
        if (question := window.export_flow.question()) is not None:
            cancel = next(button for button in question.buttons() if button is not question.defaultButton())
            qtbot.mouseClick(cancel, LEFT)
    assert all(not path.name.endswith(".part") for path in out.iterdir())
    for path in out.iterdir():
        assert_whole(path)
