"""A full disk, the same report next Monday, and an export of the past, through the real window and the real core."""

from collections.abc import Iterator
from pathlib import Path

import polars
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from harness.disks import mounted_disk
from harness.window import WAIT, PromptAsker
from shannon_core.request.export_request import Encoding, ExportFormat
from shannon_gui.dialogs.history_dialog import HistoryDialog
from shannon_gui.dialogs.preset_dialogs import SavePresetDialog
from shannon_gui.panels.filters.event_filters import Choice
from shannon_gui.panels.filters.export_formats import FormatChoice
from shannon_gui.state import Phase
from shannon_gui.windows.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def sample(real_window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window over the sample, of which the tool Bash is chosen as Parquet."""
    qtbot.mouseClick(real_window.panels.empty.sample_button(), LEFT)
    qtbot.waitUntil(lambda: real_window.panels.preview.overall() is not None, timeout=WAIT)
    real_window.panels.form.formats.set_value(FormatChoice((ExportFormat.PARQUET,), Encoding()))
    real_window.panels.form.filters.add_choice(Choice("tool_name", "Bash"))
    return real_window


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    with mounted_disk(tmp_path, "16k") as disk:
        yield disk


def export(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.panels.export_bar.button(), LEFT)
    qtbot.waitUntil(lambda: window.state().phase is Phase.READY, timeout=WAIT)


def tools_in(path: Path) -> set[str]:
    return set(polars.read_parquet(path)["tool_name"])


def save_preset(window: MainWindow, qtbot: QtBot, name: str, target: Path) -> None:
    window.export_coordinator.menu.save_preset()
    (asking,) = window.findChildren(SavePresetDialog)
    asking.set_value(name, target=str(target))
    qtbot.mouseClick(asking.save_button(), LEFT)


def test_that_a_full_disk_is_known_before_and_said_with_figures(
    sample: MainWindow, asker: PromptAsker, small_disk: Path, qtbot: QtBot
) -> None:
    save_preset(sample, qtbot, "there", small_disk / "usage")
    bar = sample.panels.export_bar
    qtbot.waitUntil(lambda: bar.notes_button().property("tone") == "danger", timeout=WAIT)
    assert "There is not enough room in the folder." in bar.details.text()
    export(sample, qtbot)
    message = sample.panels.message
    assert message.level() == "danger"
    assert message.text().startswith(f"There is no room to write {small_disk / 'usage.parquet'}.")
    assert "MB are needed, and 0.0 MB are free." in message.text()
    assert list(small_disk.iterdir()) == []
    assert bar.button().isEnabled()


def test_that_what_is_said_before_is_what_is_written(
    sample: MainWindow, asker: PromptAsker, tmp_path: Path, qtbot: QtBot
) -> None:
    bar = sample.panels.export_bar
    qtbot.waitUntil(lambda: bar.notes_button().isVisible(), timeout=WAIT)
    facts = bar.facts()
    said = float(bar.value().partition(" ≈ ")[2].removesuffix(" KB"))
    asker.target = str(tmp_path / "usage.parquet")
    export(sample, qtbot)
    written = (tmp_path / "usage.parquet").stat().st_size
    assert said == pytest.approx(written / 1000, rel=0.02)
    assert facts.startswith(f"{len(polars.read_parquet(tmp_path / 'usage.parquet'))} events")


def test_that_the_same_report_next_monday_is_three_clicks(
    sample: MainWindow, asker: PromptAsker, tmp_path: Path, qtbot: QtBot
) -> None:
    save_preset(sample, qtbot, "Monday", tmp_path / "usage")
    sample.panels.form.clear_selection()
    sample.panels.form.formats.set_value(FormatChoice((ExportFormat.CSV,), Encoding()))
    menu = sample.export_coordinator.menu.menu
    qtbot.mouseClick(sample.panels.export_bar.more_button(), LEFT)
    qtbot.waitUntil(menu.isVisible)
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(menu.actions()[0]).center())
    export(sample, qtbot)
    assert asker.asked == []
    assert tools_in(tmp_path / "usage.parquet") == {"Bash"}


def test_that_an_export_of_the_past_is_done_again(
    sample: MainWindow, asker: PromptAsker, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "usage.parquet"
    asker.target = str(path)
    export(sample, qtbot)
    path.unlink()
    sample.panels.form.clear_selection()
    sample.export_coordinator.menu.show_history()
    (dialog,) = sample.findChildren(HistoryDialog)
    qtbot.mouseClick(dialog.again_button(), LEFT)
    qtbot.waitUntil(lambda: path.exists() and sample.state().phase is Phase.READY, timeout=WAIT)
    assert tools_in(path) == {"Bash"}
    assert [item.outcome for item in sample.export_coordinator.history.all()] == ["finished", "finished"]
