"""Looking at a selection in the tabs of the real window, narrowing it down there, and keeping what they show."""

from __future__ import annotations

import stat
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage
from pytestqt.qtbot import QtBot

from harness.window import WAIT, PromptAsker
from shannon_core.request.contents import AggregationType, ReportFormat
from shannon_gui.windows.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


def wait_for(qtbot: QtBot, is_so: Callable[[], bool]) -> None:
    qtbot.waitUntil(is_so, timeout=WAIT)


@pytest.fixture
def window(real_window: MainWindow, asker: PromptAsker, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """The window on the sample; its settings and cache are in a folder of the test."""
    (tmp_path / "kept").mkdir()
    asker.folder = str(tmp_path / "kept")
    real_window.source_opener.open_sample()
    wait_for(qtbot, lambda: real_window.panels.preview.overall() is not None)
    return real_window


def kept(tmp_path: Path) -> list[Path]:
    """The files that are complete."""
    return sorted(path for path in (tmp_path / "kept").iterdir() if not path.name.startswith("."))


def test_that_a_row_of_an_aggregation_narrows_the_window_down_to_it(window: MainWindow, qtbot: QtBot) -> None:
    panel = window.panels.aggregations
    window.panels.tabs.setCurrentWidget(panel)
    panel.choose(AggregationType.BY_TOOL)
    model = panel.table().model()
    wait_for(qtbot, lambda: model.index(0, 0).data() == "Read")
    uses = model.index(0, 1).data()
    panel.table().doubleClicked.emit(model.index(0, 1))
    wait_for(qtbot, lambda: model.rowCount() == 1)
    assert panel.totals_text().startswith(f"{uses} events")
    wait_for(qtbot, lambda: window.panels.preview.figures().startswith(f"{uses} of"))


def test_that_the_form_and_the_tab_agree_on_what_the_export_holds(window: MainWindow, qtbot: QtBot) -> None:
    panel, contents = window.panels.aggregations, window.panels.form.contents
    window.panels.tabs.setCurrentWidget(panel)
    panel.choose(AggregationType.HOURLY)
    wait_for(qtbot, lambda: "rows" in panel.note())
    assert panel.exported_box().isChecked() is contents.box(AggregationType.HOURLY).isChecked() is False
    panel.exported_box().click()
    assert AggregationType.HOURLY in contents.value().aggregations
    contents.box(AggregationType.HOURLY).click()
    assert not panel.exported_box().isChecked()


def test_that_all_charts_are_kept_as_pictures(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    charts = window.panels.charts
    window.panels.tabs.setCurrentWidget(charts)
    wait_for(qtbot, lambda: bool(charts.keys()))
    for action in charts.save_all_button().menu().actions():
        action.trigger()
    wait_for(qtbot, lambda: len(kept(tmp_path)) == 14)
    wait_for(qtbot, lambda: "Saved 7 files" in window.panels.message.text())
    for path in kept(tmp_path):
        if path.suffix == ".png":
            assert not QImage(str(path)).isNull()
        else:
            assert ET.parse(path).getroot().tag.endswith("svg")


def test_that_a_report_is_kept_as_it_was_shown(
    window: MainWindow, asker: PromptAsker, tmp_path: Path, qtbot: QtBot
) -> None:
    report = window.panels.report
    window.panels.tabs.setCurrentWidget(report)
    wait_for(qtbot, lambda: "Usage report" in report.text())
    report.choose(ReportFormat.MARKDOWN)
    wait_for(qtbot, lambda: report.text().startswith("# Usage report"))
    asker.target = str(tmp_path / "kept" / "usage-report.md")
    qtbot.mouseClick(report.save_button(), LEFT)
    wait_for(qtbot, lambda: [path.name for path in kept(tmp_path)] == ["usage-report.md"])
    assert Path(asker.proposals[0]).name == "usage-report.md"
    assert kept(tmp_path)[0].read_text(encoding="utf-8") == report.text()


def test_that_what_cannot_be_kept_is_said(window: MainWindow, asker: PromptAsker, qtbot: QtBot) -> None:
    report = window.panels.report
    window.panels.tabs.setCurrentWidget(report)
    wait_for(qtbot, lambda: "Usage report" in report.text())
    asker.target = "/dev/null/nowhere"
    qtbot.mouseClick(report.save_button(), LEFT)
    wait_for(qtbot, lambda: window.panels.message.level() == "danger")


def test_that_only_a_click_opens_a_browser_on_a_file_of_one_s_own(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    report = window.panels.report
    window.panels.tabs.setCurrentWidget(report)
    wait_for(qtbot, lambda: "Usage report" in report.text())
    assert opened == []
    qtbot.mouseClick(report.open_button(), LEFT)
    wait_for(qtbot, lambda: bool(opened))
    path = Path(opened[0].toLocalFile())
    assert "default-src 'none'" in path.read_text(encoding="utf-8")
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
