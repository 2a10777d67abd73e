"""The Aggregations and Report tabs: asked only while they are visible, never late."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from harness.fakes import FakeSession, some_aggregation
from shannon_core.report.render import UsageReport
from shannon_core.request.contents import AggregationType, ReportFormat
from shannon_core.request.selection import EventFilter, Selection
from shannon_core.request.table_keys import AGGREGATIONS
from shannon_gui.controllers.answers import AnswersController
from shannon_gui.eventloop import spawn
from shannon_gui.models.aggregation_table import BAR_ROLE, SORT_ROLE, AggregationTable, cell_text
from shannon_gui.panels.results.aggregations import AggregationsPanel
from shannon_gui.panels.results.report import ReportPanel

DAILY, TEXT = AggregationType.DAILY, ReportFormat.TEXT


async def settle() -> None:
    await asyncio.sleep(0.25)


async def test_that_nothing_is_requested_while_the_tab_is_hidden() -> None:
    controller, session = AnswersController(spawn), FakeSession()
    controller.attach(session)
    controller.select(Selection())
    await settle()
    assert session.answers == []
    controller.want(DAILY)
    await settle()
    assert session.answers == [(Selection(), DAILY)]


async def test_that_a_newer_question_voids_the_older_answer() -> None:
    controller, session = AnswersController(spawn), FakeSession()
    heard: list[object] = []
    controller.answered.connect(heard.append)
    session.gate.clear()
    controller.attach(session)
    controller.want(DAILY)
    controller.want(TEXT)
    await settle()
    session.gate.set()
    await settle()
    assert [type(answer) for answer in heard] == [UsageReport]


async def test_that_quick_changes_of_the_selection_are_answered_once() -> None:
    controller, session = AnswersController(spawn), FakeSession()
    controller.attach(session)
    controller.want(TEXT)
    await settle()
    chosen = [Selection(filters=(EventFilter("type", (name,)),)) for name in "abc"]
    for selection in chosen:
        controller.select(selection)
    await settle()
    assert session.answers[1:] == [(chosen[-1], TEXT)]


async def test_that_a_detached_session_is_not_asked() -> None:
    controller, session = AnswersController(spawn), FakeSession()
    controller.attach(session)
    controller.detach()
    controller.want(TEXT)
    await settle()
    assert session.answers == []


@pytest.mark.parametrize("wanted", list(AGGREGATIONS))
def test_that_the_table_has_every_column_with_a_title(wanted: str) -> None:
    model = AggregationTable()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(some_aggregation(wanted))
    columns = AGGREGATIONS[wanted].column_names
    titles = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    assert len(titles) == len(columns)
    assert len(set(titles)) == len(titles)
    if not AGGREGATIONS[wanted].is_time:
        assert model.index(0, 0).data() == "<b>key</b>"
    assert model.index(0, 1).data(SORT_ROLE) == 7.0
    del tester


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("success_rate", 0.875, "87.5 %"),
        ("cost_usd", 17.85, "$17.85"),
        ("total_duration_ms", 1240.0, "1.24 s"),
        ("duration_seconds", 185.0, "3 min 05 s"),
        ("tokens", 1234567, "1,234,567"),
        ("tool_uses", {"Bash": 2, "Edit": 1}, "Bash 2, Edit 1"),
        ("cost_usd", None, "–"),
        ("user_id", None, "(none)"),
    ],
)
def test_that_a_cell_reads_as_a_person_would_say_it(name: str, value: object, text: str) -> None:
    columns = {column.id: column for key in AGGREGATIONS.values() for column in key.columns}
    assert cell_text(columns[name], value) == text


@pytest.mark.parametrize("wanted", AGGREGATIONS)
def test_that_a_cell_of_every_column_has_a_text(wanted: str) -> None:
    model = AggregationTable()
    model.show(some_aggregation(wanted))
    assert all(model.text(row, column) for row in range(2) for column in range(model.columnCount()))


def test_that_a_tab_asks_when_it_is_shown_and_stops_when_it_is_hidden(qtbot: QtBot) -> None:
    panel = AggregationsPanel()
    qtbot.addWidget(panel)
    heard: list[object] = []
    panel.wanted_changed.connect(heard.append)
    panel.choose(AggregationType.BY_TOOL)
    assert heard == []
    panel.show()
    panel.choose(AggregationType.BY_USER)
    panel.hide()
    assert heard == [AggregationType.BY_TOOL, AggregationType.BY_USER, None]


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("hourly", "2026-01-01 00:00 +01:00"),
        ("daily", "2026-01-01"),
        ("weekly", "2026-01-01"),
        ("monthly", "2026-01"),
    ],
)
def test_that_the_start_of_a_bucket_reads_as_on_the_wall(wanted: str, text: str) -> None:
    model = AggregationTable()
    model.show(some_aggregation(wanted))
    assert model.index(0, 0).data() == text


@pytest.fixture
def panel(qtbot: QtBot) -> AggregationsPanel:
    panel = AggregationsPanel()
    qtbot.addWidget(panel)
    panel.choose(AggregationType.BY_USER)
    panel.show_answer(some_aggregation(AggregationType.BY_USER))
    return panel


def column(panel: AggregationsPanel, name: str) -> int:
    return AGGREGATIONS[AggregationType.BY_USER].column_names.index(name)


def test_that_a_table_is_sorted_by_values_and_begins_in_its_own_order(panel: AggregationsPanel) -> None:
    model = panel.table().model()
    assert [model.index(row, 0).data() for row in (0, 1)] == ["<b>key</b>", "(none)"]
    panel.table().sortByColumn(column(panel, "tokens"), Qt.SortOrder.AscendingOrder)
    assert model.index(0, 0).data() == "(none)"
    panel.table().sortByColumn(column(panel, "tokens"), Qt.SortOrder.DescendingOrder)
    assert model.index(0, 0).data() == "<b>key</b>"
    panel.table().sortByColumn(1, Qt.SortOrder.AscendingOrder)
    panel.show_answer(some_aggregation(AggregationType.BY_USER))
    assert model.index(0, 0).data() == "<b>key</b>"


def test_that_a_bar_is_the_share_of_the_largest_value(panel: AggregationsPanel) -> None:
    model = panel.table().model()
    bars = [model.index(row, column(panel, "metrics_count")).data(BAR_ROLE) for row in (0, 1)]
    assert bars == [1.0, pytest.approx(1 / 7)]
    assert model.index(1, column(panel, "tokens")).data(BAR_ROLE) is None
    assert model.index(0, column(panel, "success_rate")).data(BAR_ROLE) is None


def test_that_rows_are_copied_with_the_columns_that_are_shown(panel: AggregationsPanel) -> None:
    panel.show_column("min_duration_ms", True)
    panel.show_column("sessions", False)
    panel.table().selectRow(0)
    panel.copy()
    head, *rows = QGuiApplication.clipboard().text().split("\n")
    assert head.split("\t")[:3] == ["user_id", "metrics_count", "users"]
    copied = dict(zip(head.split("\t"), rows[0].split("\t"), strict=True))
    assert (copied["user_id"], copied["min_duration_ms"]) == ("<b>key</b>", "1234.5")
    assert len(rows) == 1
    panel.table().clearSelection()
    panel.copy()
    assert len(QGuiApplication.clipboard().text().split("\n")) == 3


def test_that_every_column_but_the_key_can_be_shown_and_hidden(panel: AggregationsPanel) -> None:
    actions = panel.columns_menu().actions()
    assert len(actions) == len(AGGREGATIONS[AggregationType.BY_USER].column_names) - 1
    p99 = column(panel, "p99_duration_ms")
    assert panel.table().isColumnHidden(p99)
    (action,) = (action for action in actions if action.text() == "99 %")
    action.trigger()
    assert not panel.table().isColumnHidden(p99)
    panel.show_answer(some_aggregation(AggregationType.BY_USER))
    assert not panel.table().isColumnHidden(p99)


def test_that_a_double_click_asks_for_the_row_s_events_only(panel: AggregationsPanel) -> None:
    heard: list[tuple[str, str]] = []
    panel.filter_requested.connect(lambda field, value: heard.append((field, value)))
    model = panel.table().model()
    panel.table().doubleClicked.emit(model.index(1, 2))
    assert heard == []
    panel.table().doubleClicked.emit(model.index(0, 2))
    assert heard == [("user_id", "<b>key</b>")]


def test_that_a_tab_says_which_aggregations_the_export_holds(panel: AggregationsPanel) -> None:
    heard: list[tuple[object, bool]] = []
    panel.exported_changed.connect(lambda kind, is_on: heard.append((kind, is_on)))
    panel.set_exported((AggregationType.DAILY, AggregationType.BY_USER))
    assert panel.exported_box().isChecked()
    assert heard == []
    panel.exported_box().click()
    assert heard == [(AggregationType.BY_USER, False)]
    panel.show_answer(some_aggregation(AggregationType.BY_TOOL))
    panel.choose(AggregationType.BY_TOOL)
    panel.set_exported((AggregationType.DAILY,))
    assert not panel.exported_box().isChecked()


def test_that_an_aggregation_without_rows_says_so(panel: AggregationsPanel) -> None:
    full = some_aggregation(AggregationType.BY_TOOL)
    panel.show_answer(replace(full, rows=()))
    assert "No event matches" in panel.notice()
    panel.show_answer(full)
    assert panel.notice() == ""


def test_that_a_report_is_shown_letter_by_letter(qtbot: QtBot) -> None:
    panel = ReportPanel()
    qtbot.addWidget(panel)
    panel.show_answer(UsageReport(TEXT, "<b>not bold</b>\n"))
    assert panel.text() == "<b>not bold</b>\n"
