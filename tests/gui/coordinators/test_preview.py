"""Looking around: controllers over a stand-in for the core, then the real window over real events."""

import asyncio
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

from harness.fakes import FakeSession, Recorder, settle, spawn
from shannon_core.errors import StoreError
from shannon_core.request.selection import EventFilter, Selection
from shannon_core.request.sort_order import BY_TIME, Order
from shannon_core.request.time_range import TimeRange
from shannon_gui import eventloop
from shannon_gui.appearance.theme import Theme
from shannon_gui.controllers.event_details import Copied, EventDetailsController
from shannon_gui.controllers.histogram import HistogramController
from shannon_gui.controllers.preview import PreviewController
from shannon_gui.models.columns import COLUMN_NAMES
from shannon_gui.models.preview_table import PreviewTable
from shannon_gui.panels.filters.event_filters import Choice
from shannon_gui.panels.results.event_details import ORIGINAL
from shannon_gui.panels.results.event_table import EventTable
from shannon_gui.storage.settings import Settings
from shannon_gui.text.clipboard_table import Block, Cells
from shannon_gui.windows.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
SLOWEST = Order("duration_ms", descending=True)
BASH = Selection(filters=(EventFilter("tool_name", ("Bash",)),))
ZONE = "Europe/Berlin"


class TestControllers:
    async def test_that_another_order_asks_for_rows_and_not_for_figures(self) -> None:
        controller, session = PreviewController(spawn, delay=0), FakeSession()
        controller.attach(session)
        await settle()
        said = Recorder(controller.order_changed)
        session.asked.clear()
        controller.sort(SLOWEST)
        await settle()
        controller.fetch(3)
        await settle()
        assert session.asked == []
        assert session.orders == [(BY_TIME, True), (SLOWEST, True), (SLOWEST, True)]
        assert said.heard == [SLOWEST]
        assert controller.shown() == (Selection(), SLOWEST)

    async def test_that_a_new_reading_counts_again_in_the_same_order(self) -> None:
        controller, session = PreviewController(spawn, delay=0), FakeSession()
        controller.attach(session)
        controller.sort(SLOWEST)
        await settle()
        session.asked.clear()
        controller.reread()
        await settle()
        assert session.asked[0] == Selection()
        assert session.orders[-1] == (SLOWEST, True)

    async def test_that_everything_is_counted_once_in_whatever_zone(self) -> None:
        controller, session = PreviewController(spawn, delay=0), FakeSession()
        overall, totals = Recorder(controller.overall_found), Recorder(controller.totals_found)
        controller.attach(session)
        await settle()
        controller.show(BASH)
        await settle()
        controller.show(Selection(TimeRange(timezone=ZONE)))
        await settle()
        assert session.asked == [Selection(), BASH]
        assert [found.events for found in totals.heard] == [1000, 500, 1000]
        assert len(overall.heard) == 1

    async def test_that_a_page_of_another_order_is_not_shown(self) -> None:
        controller, session = PreviewController(spawn, delay=0), FakeSession()
        controller.attach(session)
        await settle()
        pages = Recorder(controller.page_loaded)
        session.gate.clear()
        controller.fetch(1)
        await settle()
        controller.sort(SLOWEST)
        session.gate.set()
        await settle()
        assert [number for number, _ in pages.heard][-1] == 0

    async def test_that_the_histogram_follows_filters_and_zone_but_not_the_range(self) -> None:
        controller, session = HistogramController(spawn, delay=0), FakeSession()
        found = Recorder(controller.found)
        controller.attach(session)
        await settle()
        for selection in (
            Selection(TimeRange.parse("2026-01-01", None)),
            BASH,
            Selection(TimeRange.parse("2026-01-01", None), BASH.filters),
            Selection(TimeRange(timezone=ZONE), BASH.filters),
        ):
            controller.select(selection)
            await settle()
        assert session.spread == [Selection(), BASH, Selection(TimeRange(timezone=ZONE), BASH.filters)]
        assert len(found.heard) == 3

    async def test_that_a_late_histogram_is_dropped_and_a_failed_one_is_said(self) -> None:
        controller, session = HistogramController(spawn, delay=0), FakeSession()
        found, failed = Recorder(controller.found), Recorder(controller.failed)
        session.gate.clear()
        controller.attach(session)
        await settle()
        controller.select(BASH)
        session.error = StoreError("store_failed", reason="disk")
        session.gate.set()
        await settle()
        assert (found.heard, failed.heard) == ([], [session.error])

    async def test_that_running_through_rows_fetches_the_last_one(self) -> None:
        controller, session = EventDetailsController(spawn, delay=0), FakeSession()
        found = Recorder(controller.event_found)
        controller.attach(session)
        for number in range(5):
            controller.look((number, "/logs/a.jsonl", number + 1, f"event-{number}"))
        await settle()
        assert [event["id"] for event in found.heard] == ["event-4"]
        assert len(session.looked_at) == 1

    async def test_that_a_newer_row_voids_the_line_that_is_being_read(self) -> None:
        controller, session = EventDetailsController(spawn, delay=0), FakeSession()
        lines = Recorder(controller.original_found)
        controller.attach(session)
        session.gate.clear()
        controller.read_original("/logs/a.jsonl", 7)
        await settle()
        controller.look((1, "/logs/a.jsonl", 2, "event-1"))
        session.gate.set()
        await settle()
        assert lines.heard == []

    async def test_that_a_copy_ends_at_its_limit_and_says_so(self) -> None:
        controller, session = EventDetailsController(spawn, delay=0, copy_rows=700), FakeSession()
        copied = Recorder(controller.copied)
        controller.attach(session)
        cells = Cells((Block(100, 999, frozenset({"id"})),), ("id",))
        controller.copy(Selection(), BY_TIME, cells, datetime.now().astimezone().tzinfo)  # type: ignore[arg-type]
        for _ in range(50):
            await settle()
            await asyncio.sleep(0.01)
        (found,) = copied.heard
        assert isinstance(found, Copied)
        assert (found.rows, found.left_out) == (700, 200)
        assert found.text.splitlines() == [f"event-{number}" for number in range(100, 800)]
        assert session.orders == [(BY_TIME, False)] * 2


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
