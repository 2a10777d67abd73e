"""The histogram by mouse and by keyboard."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from harness.fakes import Recorder
from shannon_gui.appearance.theme import Theme
from shannon_gui.widgets.range_histogram import RangeHistogram

LEFT = Qt.MouseButton.LeftButton
EDGES = tuple(range(1000, 2001, 100))  # ten buckets of 100, 20 pixels each
COUNTS = (5, 0, 3, 9, 0, 0, 1, 2, 4, 8)


@pytest.fixture
def bars(qtbot: QtBot, theme: Theme) -> RangeHistogram:
    widget = RangeHistogram("Events over time")
    qtbot.addWidget(widget)
    widget.show_buckets(EDGES, COUNTS, lambda start, end, count: f"{start}-{end}: {count}")
    widget.resize(200, 52)
    widget.show()
    return widget


def drag(widget: RangeHistogram, qtbot: QtBot, start: int, end: int) -> None:
    qtbot.mousePress(widget, LEFT, pos=QPoint(start, 20))
    place = QPointF(end, 20)
    none = Qt.KeyboardModifier.NoModifier
    move = QMouseEvent(QEvent.Type.MouseMove, place, widget.mapToGlobal(place), LEFT, LEFT, none)
    QApplication.sendEvent(widget, move)
    qtbot.mouseRelease(widget, LEFT, pos=QPoint(end, 20))


@pytest.mark.parametrize(("start", "end"), [(45, 110), (110, 45)])
def test_that_dragging_takes_whole_buckets_in_either_direction(
    bars: RangeHistogram, qtbot: QtBot, start: int, end: int
) -> None:
    chosen = Recorder(bars.range_chosen)
    drag(bars, qtbot, start, end)
    assert chosen.heard == [(1200, 1600)]


def test_that_a_click_takes_the_bucket(bars: RangeHistogram, qtbot: QtBot) -> None:
    chosen = Recorder(bars.range_chosen)
    qtbot.mouseClick(bars, LEFT, pos=QPoint(65, 10))
    assert chosen.heard == [(1300, 1400)]


@pytest.mark.parametrize(
    ("grip", "end", "expected"), [(121, 170, (1200, 1900)), (41, 10, (1000, 1600)), (41, 85, (1400, 1600))]
)
def test_that_an_edge_of_the_range_can_be_dragged(
    bars: RangeHistogram, qtbot: QtBot, grip: int, end: int, expected: tuple[int, int]
) -> None:
    bars.show_range(1200, 1600)  # from pixel 40 to pixel 120
    chosen = Recorder(bars.range_chosen)
    drag(bars, qtbot, grip, end)
    assert chosen.heard == [expected]


def test_that_a_drag_beyond_the_ends_stops_there(bars: RangeHistogram, qtbot: QtBot) -> None:
    chosen = Recorder(bars.range_chosen)
    drag(bars, qtbot, 150, 900)
    assert chosen.heard == [(1700, 2000)]


def test_that_a_double_click_and_delete_choose_everything(bars: RangeHistogram, qtbot: QtBot) -> None:
    everything = Recorder(bars.everything_chosen)
    qtbot.mouseDClick(bars, LEFT, pos=QPoint(65, 10))
    qtbot.keyClick(bars, Qt.Key.Key_Delete)
    assert len(everything.heard) == 2


def test_that_the_keyboard_does_what_the_mouse_does(bars: RangeHistogram, qtbot: QtBot) -> None:
    chosen = Recorder(bars.range_chosen)
    qtbot.keyClick(bars, Qt.Key.Key_End)
    qtbot.keyClick(bars, Qt.Key.Key_Left)
    assert bars.accessibleDescription() == "1800-1900: 4"
    qtbot.keyClick(bars, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(bars, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(bars, Qt.Key.Key_Return)
    qtbot.keyClick(bars, Qt.Key.Key_Home)
    qtbot.keyClick(bars, Qt.Key.Key_Left)
    qtbot.keyClick(bars, Qt.Key.Key_Space)
    assert chosen.heard == [(1600, 1900), (1000, 1100)]


def test_that_a_tooltip_words_the_bucket(bars: RangeHistogram) -> None:
    place = QPoint(65, 10)
    QApplication.sendEvent(bars, QHelpEvent(QEvent.Type.ToolTip, place, bars.mapToGlobal(place)))
    assert "1300-1400: 9" in QToolTip.text()
    QToolTip.hideText()


def test_that_only_what_is_chosen_is_in_the_accent_colour(bars: RangeHistogram, theme: Theme) -> None:
    bars.show_range(1200, 1400)
    picture = bars.grab().toImage()
    assert picture.pixelColor(70, 45).name() == theme.colors.accent.lower()
    assert picture.pixelColor(190, 45).name() == theme.colors.edge.lower()


def test_that_nothing_is_drawn_and_dragged_where_there_is_nothing(qtbot: QtBot) -> None:
    empty = RangeHistogram("Events over time")
    qtbot.addWidget(empty)
    chosen = Recorder(empty.range_chosen)
    empty.show()
    drag(empty, qtbot, 10, 50)
    qtbot.keyClick(empty, Qt.Key.Key_Return)
    assert not chosen.heard
