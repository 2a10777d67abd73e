"""The preview in the window: sorting, details, copying, filtering by a cell, columns."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from shannon_core.request.sort_order import BY_TIME, Order
from shannon_gui import eventloop
from shannon_gui.appearance.theme import Theme
from shannon_gui.models.columns import COLUMN_NAMES
from shannon_gui.models.preview_table import PreviewTable
from shannon_gui.panels.filters.event_filters import Choice
from shannon_gui.panels.results.event_details import ORIGINAL
from shannon_gui.panels.results.event_table import EventTable
from shannon_gui.storage.settings import Settings
from shannon_gui.windows.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
SLOWEST = Order("duration_ms", descending=True)


def write_log(folder: Path, count: int = 600) -> Path:
    """Tool uses, one a minute, every third with a duration; the longest is event 299."""
    path = folder / "metrics_1.jsonl"
    start = datetime(2026, 3, 1, tzinfo=UTC)
    with path.open("w") as file:
        for number in range(count):
            data = {"tool_name": ("Bash", "Read")[number % 2], "duration_ms": number * 7 % 2100}
            data |= {"note": "x" * 3000}
            event = {
                "id": f"e{number}",
                "timestamp": (start + timedelta(minutes=number)).isoformat(),
                "type": "tool_use",
                "session_id": f"s{number % 4}",
                "user_id": "<b>u</b>",
                "data": data,
                "metadata": {"n": number},
            }
            file.write(json.dumps(event) + "\n")
    return path


@pytest.fixture
def log(tmp_path: Path) -> Path:
    (tmp_path / "logs").mkdir()
    return write_log(tmp_path / "logs")


@pytest.fixture
def window(real_window: MainWindow, log: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    real_window.resize(1280, 800)
    real_window.source_opener.open((str(log.parent),))
    qtbot.waitUntil(lambda: real_window.panels.preview.overall() == 600, timeout=20_000)
    qtbot.waitUntil(lambda: real_window.panels.form.time.histogram().isVisible(), timeout=20_000)
    yield real_window
    qtbot.waitUntil(eventloop.is_idle, timeout=20_000)


def ids(window: MainWindow, count: int) -> list[str]:
    return [window.table_model().value(row, "id") for row in range(count)]


def table_of(window: MainWindow) -> EventTable:
    return window.panels.preview.table()


def choose(window: MainWindow, first: tuple[int, str], last: tuple[int, str] | None = None) -> None:
    model, (row, name), (last_row, last_name) = window.table_model(), first, last or first
    corner = model.index(row, COLUMN_NAMES.index(name))
    table_of(window).setCurrentIndex(corner)
    area = QItemSelection(corner, model.index(last_row, COLUMN_NAMES.index(last_name)))
    table_of(window).selectionModel().select(area, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def action(menu: QMenu, text: str) -> None:
    """Trigger the action with this text, its mnemonic left out."""
    found = [item for item in menu.actions() if item.text().replace("&", "") == text]
    assert len(found) == 1, [item.text() for item in menu.actions()]
    found[0].trigger()
    menu.deleteLater()


def test_that_a_dragged_range_is_whole_buckets_on_the_clocks_of_the_zone(
    window: MainWindow, qtbot: QtBot
) -> None:
    times = window.panels.form.time
    bars = times.histogram()
    qtbot.mouseClick(bars, LEFT, pos=QPoint(bars.width() // 2, 10))
    found = times.value()
    assert found is not None
    assert found.start is not None
    assert found.end is not None
    assert (found.end - found.start) + timedelta(microseconds=1) == timedelta(minutes=15)
    assert found.start.minute % 15 == 0
    qtbot.waitUntil(lambda: getattr(window.panels.preview.value(), "events", 0) == 15)
    qtbot.mouseDClick(bars, LEFT, pos=QPoint(5, 10))
    qtbot.waitUntil(lambda: getattr(window.panels.preview.value(), "events", 0) == 600)


def test_that_a_click_on_a_title_sorts_and_says_that_files_are_not(window: MainWindow, qtbot: QtBot) -> None:
    header = table_of(window).horizontalHeader()
    place = QPoint(header.sectionViewportPosition(COLUMN_NAMES.index("duration_ms")) + 20, 10)
    expected = sorted(range(600), key=lambda number: -(number * 7 % 2100))
    qtbot.mouseClick(header.viewport(), LEFT, pos=place)
    qtbot.waitUntil(lambda: ids(window, 4) == [f"e{number}" for number in expected[:4]])
    assert window.panels.preview.order_note() == "Sorted by Duration. Files stay in the order of time."
    title = window.table_model().headerData(COLUMN_NAMES.index("duration_ms"), Qt.Orientation.Horizontal)
    assert title == "Duration ↓"
    qtbot.mouseClick(header.viewport(), LEFT, pos=place)
    qtbot.waitUntil(lambda: ids(window, 1) == ["e0"])
    qtbot.mouseClick(header.viewport(), LEFT, pos=place)
    qtbot.waitUntil(lambda: window.panels.preview.order_note() == "")


def test_that_the_newest_first_reaches_every_row(window: MainWindow, qtbot: QtBot) -> None:
    table_of(window).columns.choose_order(Order(descending=True))
    qtbot.waitUntil(lambda: ids(window, 2) == ["e599", "e598"])
    table_of(window).scrollToBottom()
    qtbot.waitUntil(lambda: window.table_model().value(599, "id") == "e0")


def test_that_the_details_follow_the_row_and_bring_its_original_line(
    window: MainWindow, log: Path, qtbot: QtBot
) -> None:
    detail = window.panels.preview.detail
    window.panels.preview.details_button().click()
    choose(window, (3, "type"))
    qtbot.waitUntil(lambda: "e3" in detail.text())
    assert '"n": 3' in detail.text()
    assert detail.place() == "metrics_1.jsonl, line 4"
    qtbot.mouseClick(detail.kind_button(ORIGINAL), LEFT)
    lines = log.read_text().splitlines()
    qtbot.waitUntil(lambda: detail.text() == lines[3])
    choose(window, (5, "type"))
    qtbot.waitUntil(lambda: detail.text() == lines[5])
    qtbot.mouseClick(detail.copy_button(), LEFT)
    assert QGuiApplication.clipboard().text() == lines[5]
    log.unlink()
    choose(window, (6, "type"))
    qtbot.waitUntil(lambda: detail.note() == "The file is no longer there.")
    qtbot.mouseClick(detail.close_button(), LEFT)
    assert not detail.isVisible()
    assert not window.panels.preview.details_button().isChecked()


def test_that_an_event_too_long_for_the_screen_is_copied_whole(
    real_window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    members = {f"key{number}": number for number in range(20_000)}
    event = {"id": "e1", "timestamp": "2026-03-01T00:00:00Z", "type": "tool_use", "data": members}
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "metrics_1.jsonl").write_text(json.dumps(event) + "\n")
    real_window.source_opener.open((str(tmp_path / "logs"),))
    qtbot.waitUntil(lambda: real_window.panels.preview.overall() == 1, timeout=20_000)
    detail, clipboard = real_window.panels.preview.detail, QGuiApplication.clipboard()
    real_window.panels.preview.show_details(True)
    choose(real_window, (0, "id"))
    qtbot.waitUntil(lambda: detail.text() != "", timeout=20_000)
    assert len(detail.text()) == 60_000
    assert detail.note() == "The first 60,000 characters are shown; Copy takes all."
    clipboard.setText("")
    qtbot.mouseClick(detail.copy_button(), LEFT)
    qtbot.waitUntil(lambda: clipboard.text() != "", timeout=20_000)
    text = clipboard.text()
    assert json.loads(text[text.index("data\n") + 5 :]) == members


def test_that_a_cell_is_what_to_filter_by(window: MainWindow, qtbot: QtBot) -> None:
    filters, model = window.panels.form.filters, window.table_model()
    index = model.index(1, COLUMN_NAMES.index("tool_name"))
    action(table_of(window).menu_at(index), "Not “Read”")
    assert filters.choices() == (Choice("tool_name", "Read", negated=True),)
    qtbot.waitUntil(lambda: getattr(window.panels.preview.value(), "events", 0) == 300)
    action(table_of(window).menu_at(model.index(1, 0)), "Only this session")
    assert Choice("session_id", "s2") in filters.choices()
    qtbot.waitUntil(lambda: getattr(window.panels.preview.value(), "events", 0) == 150)


def test_that_null_and_figures_are_nothing_to_filter_by(window: MainWindow) -> None:
    for name in ("model", "duration_ms", "data"):
        menu = table_of(window).menu_at(window.table_model().index(1, COLUMN_NAMES.index(name)))
        assert not [item.text() for item in menu.actions() if item.text().startswith(("&Only “", "&Not “"))]
        menu.deleteLater()


def test_that_copied_cells_are_whole_and_exact(window: MainWindow, qtbot: QtBot) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("")
    choose(window, (1, "data"))
    qtbot.keyClick(table_of(window), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: clipboard.text() != "")
    assert len(json.loads(clipboard.text())["note"]) == 3000
    choose(window, (1, "timestamp"), (2, "tool_name"))
    qtbot.keyClick(table_of(window), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "\t" in clipboard.text())
    assert clipboard.text() == (
        "2026-03-01 01:01:00.000000+01:00\ttool_use\tRead\n2026-03-01 01:02:00.000000+01:00\ttool_use\tBash\n"
    )


def test_that_copied_rows_have_titles_and_every_visible_column(window: MainWindow, qtbot: QtBot) -> None:
    columns = table_of(window).columns
    columns.set_visible("data", False)
    table_of(window).horizontalHeader().moveSection(0, 2)
    choose(window, (4, "type"))
    menu = table_of(window).menu_at(table_of(window).currentIndex())
    action(menu, "Copy rows with titles")
    clipboard = QGuiApplication.clipboard()
    qtbot.waitUntil(lambda: clipboard.text().startswith("Type\t"))
    head, row = csv.reader(io.StringIO(clipboard.text()), "excel-tab")
    assert head[:3] == ["Type", "Tool", "Time (Europe/Berlin)"]
    assert len(head) == len(row) == len(columns.visible())
    assert "Data" not in head


def test_that_columns_are_remembered_and_can_be_reset(
    window: MainWindow, settings: Settings, qtbot: QtBot
) -> None:
    table = table_of(window)
    table.columns.set_visible("cost_usd", False)
    table.columns.set_visible("source_line", True)
    table.horizontalHeader().moveSection(0, 3)
    table.setColumnWidth(1, 222)
    table.columns.choose_order(SLOWEST)
    names = [column.name for column in table.columns.visible()]
    window.preview_coordinator.save()
    table.columns.reset()
    assert [column.name for column in table.columns.visible()] != names
    assert table.columns.order() == BY_TIME
    window.preview_coordinator.restore()
    assert [column.name for column in table.columns.visible()] == names
    assert table.columnWidth(1) == 222
    assert table.columns.order() == SLOWEST
    settings.set_bytes("preview_columns", table.columns.state().replace(b"cost_usd", b"cost_eur"))
    table.columns.reset()
    window.preview_coordinator.restore()
    assert table.columns.order() == BY_TIME


def test_that_the_last_column_stays(window: MainWindow) -> None:
    columns = table_of(window).columns
    for name in COLUMN_NAMES:
        columns.set_visible(name, False)
    assert len(columns.visible()) == 1


def test_that_nothing_found_says_what_to_do(window: MainWindow, qtbot: QtBot) -> None:
    window.panels.form.filters.add_choice(Choice("type", "nothing"))
    qtbot.waitUntil(lambda: "No event matches" in window.panels.preview.notice())
    assert window.panels.preview.order_note() == ""
    window.panels.preview.filters_cleared.emit()
    qtbot.waitUntil(lambda: window.panels.preview.notice() == "")


def test_that_a_title_is_drawn_at_once_whatever_is_selected(qtbot: QtBot, theme: Theme) -> None:
    model = PreviewTable(256)
    table = EventTable(model)
    qtbot.addWidget(table)
    model.show_selection(10_000_000)
    table.show()
    asked = 0

    def flags(index: QModelIndex) -> Qt.ItemFlag:
        nonlocal asked
        asked += 1
        return PreviewTable.flags(model, index)

    model.flags = flags  # type: ignore[method-assign]
    table.selectAll()
    assert table.cells().row_count() == 10_000_000
    table.grab()
    assert asked < 10_000


def test_that_a_click_on_a_title_selects_no_column(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, (1, "type"))
    header = table_of(window).horizontalHeader()
    qtbot.mouseClick(header.viewport(), LEFT, pos=QPoint(20, 10))
    qtbot.waitUntil(lambda: ids(window, 1) == ["e599"])
    assert not table_of(window).selectionModel().hasSelection()
