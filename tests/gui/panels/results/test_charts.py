"""The Charts tab: drawn only while it is visible, in the theme's colours, read by pointer, keyboard and in words, and
saved."""

from __future__ import annotations

import sys
import threading
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from harness.fakes import FakeSession, settle, spawn
from harness.program import python, run
from shannon_core.request.contents import AggregationType
from shannon_core.request.selection import Selection
from shannon_core.tables.chart_series import ChartSet, Point, Series
from shannon_gui.appearance import icons
from shannon_gui.appearance.theme import DARK, LIGHT
from shannon_gui.controllers.answers import AnswersController, Charts
from shannon_gui.panels.results.chart_card import Picture
from shannon_gui.panels.results.charts import ChartsPanel
from shannon_gui.widgets import chart_library

DAY = 86400.0
FIRST = 1_790_553_600.0
"""28 September 2026, midnight in UTC."""


def some_charts(days: int = 30) -> ChartSet:
    def over_time(key: str, unit: str) -> Series:
        points = tuple(
            Point(f"day {day}", float(day % 7 + 1), FIRST + day * DAY, FIRST + (day + 1) * DAY)
            for day in range(days)
        )
        return Series(key, unit, True, points)  # type: ignore[arg-type]

    def ranked(key: str, unit: str, *names: str) -> Series:
        points = tuple(Point(name, 1234.5 - place) for place, name in enumerate(names))
        return Series(key, unit, False, points)  # type: ignore[arg-type]

    series = (
        over_time("events", "events"),
        over_time("tokens", "tokens"),
        ranked("tools", "events", "<b>Bash</b>", "mcp__a_server_with_a_long_name__and_a_long_tool"),
        ranked("waits", "milliseconds", "Bash"),
        ranked("costs", "dollars", "model"),
        ranked("error_types", "errors"),
        replace(over_time("errors", "errors"), points=()),
    )
    return ChartSet(AggregationType.DAILY, "Europe/Berlin", series)


@pytest.fixture
def panel(qtbot: QtBot) -> ChartsPanel:
    panel = ChartsPanel()
    qtbot.addWidget(panel)
    panel.resize(1000, 900)
    panel.show()
    panel.show_answer(some_charts())
    qtbot.waitExposed(panel)
    qtbot.waitUntil(lambda: bool(panel.keys()))
    return panel


async def test_that_charts_are_one_question_about_the_bucket_that_fits_the_data() -> None:
    controller, session = AnswersController(spawn), FakeSession()
    heard: list[object] = []
    controller.answered.connect(heard.append)
    controller.attach(session)
    controller.want(Charts.ALL)
    await settle()
    assert session.answers == [(Selection(), (AggregationType.DAILY, AggregationType.BY_TOOL))]
    assert [type(answer) for answer in heard] == [ChartSet]


def test_that_the_library_of_the_charts_is_not_loaded_at_the_start() -> None:
    code = "import sys, shannon_gui.app; sys.exit('pyqtgraph' in sys.modules)"
    assert run(python(code)).returncode == 0


def test_that_charts_are_requested_only_while_they_are_visible(qtbot: QtBot) -> None:
    panel = ChartsPanel()
    qtbot.addWidget(panel)
    heard: list[object] = []
    panel.wanted_changed.connect(heard.append)
    panel.show()
    panel.hide()
    assert heard == [Charts.ALL, None]


def test_that_each_chart_says_in_words_what_it_shows(panel: ChartsPanel) -> None:
    assert panel.keys() == ("events", "tokens", "tools", "waits", "costs", "error_types", "errors")
    assert panel.chart("tools").accessibleName() == "Tools by uses"
    assert panel.chart("tools").accessibleDescription() == "Most: <b>Bash</b>, 1,234"
    assert panel.chart("waits").accessibleDescription() == "Most: Bash, 1.23 s"
    assert panel.headline("errors") == "Nothing in this selection"


def test_that_arrow_keys_walk_from_value_to_value(panel: ChartsPanel) -> None:
    chart = panel.chart("events")
    chart.setFocus()
    for key in (Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Right):
        QTest.keyClick(chart, key)
    assert panel.picked_text("events") == "day 29 · 2"
    QTest.keyClick(chart, Qt.Key.Key_Home)
    assert panel.picked_text("events") == "day 0 · 1"
    chart.pick(None)
    assert panel.picked_text("events") == panel.headline("events")


def test_that_the_pointer_reads_the_exact_value_below_it(panel: ChartsPanel) -> None:
    chart = panel.chart("tools")
    none = Qt.MouseButton.NoButton
    place = chart.spot(0)
    moved = QMouseEvent(
        QEvent.Type.MouseMove, place, chart.mapToGlobal(place), none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(chart.viewport(), moved)
    assert panel.picked_text("tools") == "<b>Bash</b> · 1,234"


def test_that_the_wheel_scrolls_the_page_and_does_not_zoom(panel: ChartsPanel) -> None:
    chart = panel.chart("events")
    before, spot = chart.spot(3), chart.rect().center().toPointF()
    turned = QPoint(0, 120)
    wheel = QWheelEvent(
        spot,
        spot,
        QPoint(),
        turned,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    chart.wheelEvent(wheel)
    assert not wheel.isAccepted()
    assert chart.spot(3) == before


def test_that_charts_change_their_colours_with_the_theme(panel: ChartsPanel) -> None:
    try:
        for colors in (DARK, LIGHT):
            icons.use_colors(colors)
            panel.redraw()
            image = panel.chart("events").grab().toImage()
            seen = {
                image.pixelColor(x, y).name() for x in range(60, image.width(), 3) for y in range(0, 150, 3)
            }
            assert {QColor(colors.base).name(), QColor(colors.accent).name()} <= seen
    finally:
        icons.use_colors(LIGHT)


def pictures(panel: ChartsPanel, ending: str) -> list[Picture]:
    heard: list[tuple[Picture, ...]] = []
    panel.save_requested.connect(heard.append)
    menu = panel.save_all_button().menu()
    (action,) = (action for action in menu.actions() if ending.upper() in action.text())
    action.trigger()
    (saved,) = heard
    return list(saved)


def test_that_every_chart_that_shows_something_is_saved_as_png(panel: ChartsPanel) -> None:
    saved = pictures(panel, "png")
    assert [item.name for item in saved] == [
        *("events.png", "tokens.png", "tools.png", "waits.png", "costs.png"),
    ]
    for item in saved:
        assert QImage.fromData(item.content).size() == QSize(1440, 640)


def test_that_a_chart_is_saved_as_svg_that_stands_alone(panel: ChartsPanel) -> None:
    for item in pictures(panel, "svg"):
        root = ET.fromstring(item.content)
        assert root.tag.endswith("svg")
        assert not [e for e in root.iter() if e.tag.rpartition("}")[2] in ("script", "image", "a", "style")]
    (tools,) = (item for item in pictures(panel, "svg") if item.name == "tools.svg")
    texts = "".join(ET.fromstring(tools.content).itertext())
    assert "<b>Bash</b>" in texts


def test_that_an_empty_selection_says_so_and_saves_nothing(panel: ChartsPanel) -> None:
    empty = some_charts()
    panel.show_answer(replace(empty, series=tuple(replace(series, points=()) for series in empty.series)))
    assert "No event matches" in panel.notice()
    assert not panel.save_all_button().isEnabled()
    panel.show_answer(some_charts())
    assert panel.notice() == ""


@pytest.mark.parametrize("days", [1, 2, 400])
def test_that_one_value_and_hundreds_are_drawn(panel: ChartsPanel, days: int) -> None:
    panel.show_answer(some_charts(days))
    assert not panel.grab().isNull()


def test_that_a_narrow_window_has_one_column(panel: ChartsPanel) -> None:
    def lefts() -> set[int]:
        return {panel.chart(key).mapTo(panel, QPoint(0, 0)).x() for key in ("events", "tokens", "tools")}

    assert len(lefts()) == 2
    panel.resize(600, 900)
    panel.layout().activate()
    QTest.qWait(50)
    assert len(lefts()) == 1


def test_that_what_draws_is_imported_while_the_window_answers(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "slow_to_import.py").write_text("import threading\nWHERE = threading.current_thread()\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(chart_library, "_LIBRARY", "slow_to_import")
    panel = ChartsPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.show_answer(some_charts())
    assert panel.keys() == ()
    qtbot.waitUntil(lambda: bool(panel.keys()))
    assert sys.modules.pop("slow_to_import").WHERE is not threading.current_thread()
