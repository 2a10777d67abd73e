"""The Aggregations and Report tabs: asked only while somebody looks, never late, never rendered."""

from __future__ import annotations

import asyncio

import pytest
from fakes import FakeSession, some_aggregation
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from shannon_core.aggregate import AGGREGATIONS
from shannon_core.report import UsageReport
from shannon_core.request import AggregationType, EventFilter, ReportFormat, Selection
from shannon_gui.controllers.answers import AnswersController
from shannon_gui.eventloop import spawn
from shannon_gui.models.aggregation_table import SORT_ROLE, AggregationTable, cell_text
from shannon_gui.panels.aggregations import AggregationsPanel
from shannon_gui.panels.report import ReportPanel

DAILY, TEXT = AggregationType.DAILY, ReportFormat.TEXT


async def settle() -> None:
    await asyncio.sleep(0.25)


async def test_that_nothing_is_asked_while_nobody_looks() -> None:
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


@pytest.mark.parametrize("wanted", list(AggregationType))
def test_that_the_table_has_every_column_with_a_title(wanted: AggregationType) -> None:
    model = AggregationTable()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(some_aggregation(wanted))
    columns = AGGREGATIONS[wanted].columns
    titles = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    assert len(titles) == len(columns)
    assert len(set(titles)) == len(titles)
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
    assert cell_text(name, value) == text


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
    assert isinstance(heard[0], AggregationType)


def test_that_a_report_is_shown_letter_by_letter(qtbot: QtBot) -> None:
    panel = ReportPanel()
    qtbot.addWidget(panel)
    panel.show_answer(UsageReport(TEXT, "<b>not bold</b>\n"))
    assert panel.text() == "<b>not bold</b>\n"


def test_that_a_table_can_be_sorted_and_begins_in_its_own_order(qtbot: QtBot) -> None:
    panel = AggregationsPanel()
    qtbot.addWidget(panel)
    panel.show_answer(some_aggregation(AggregationType.BY_TOOL))
    first = panel.table().model().index(0, 0).data()
    panel.table().sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert panel.table().model().index(0, 0).data() != first
    panel.show_answer(some_aggregation(AggregationType.BY_TOOL))
    assert panel.table().model().index(0, 0).data() == first
