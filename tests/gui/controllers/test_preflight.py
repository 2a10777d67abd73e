"""What is said before an export: asked for once things settle, true to the form, in words with a cure."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from harness.fakes import FakeSession, Recorder, settle, spawn
from shannon_core.errors import JobCancelled, StoreError
from shannon_core.export.hazards import Hazard
from shannon_core.export.preflight import FileEstimate, Preflight
from shannon_core.request.export_request import ExportFormat, ExportRequest
from shannon_core.request.output_files import OutputPlan, plan_output
from shannon_gui.controllers.preflight import PreflightController
from shannon_gui.panels.export.export_bar import ExportBar
from shannon_gui.text.preflight_advice import _WORDS, about, advice

JSON, CSV = ExportFormat.JSON, ExportFormat.CSV


def plan_of(*formats: ExportFormat) -> OutputPlan:
    return plan_output(ExportRequest(("/logs",), "/out/usage", formats))


def answer(*hazards: Hazard, **more: object) -> Preflight:
    files = (FileEstimate(CSV, "/out/usage.csv", 6_400_000), FileEstimate(JSON, "/out/usage.json", 100))
    known = {"events": 48_112, "seconds": 3.2, "free": 212_000_000_000, "sheets": 0, "is_exact": False}
    return Preflight(files=files, hazards=hazards, **{**known, **more})  # type: ignore[arg-type]


class TestController:
    @pytest.fixture
    def session(self) -> FakeSession:
        return FakeSession()

    @pytest.fixture
    async def asking(self, session: FakeSession) -> PreflightController:
        controller = PreflightController(spawn, delay=0.01)
        controller.attach(session)
        return controller

    async def test_that_changes_in_quick_succession_are_asked_once(
        self, asking: PreflightController, session: FakeSession
    ) -> None:
        found = Recorder(asking.found)
        for formats in ((JSON,), (JSON, CSV), (CSV,)):
            asking.ask(plan_of(*formats))
        await asyncio.sleep(0.05)
        assert session.weighed == [plan_of(CSV).request]
        assert [item.files[0].format for item in found.heard] == [CSV]

    async def test_that_the_same_request_is_not_asked_again_until_the_data_is_another(
        self, asking: PreflightController, session: FakeSession
    ) -> None:
        for _ in range(3):
            asking.ask(plan_of(JSON))
            await asyncio.sleep(0.03)
        assert len(session.weighed) == 1
        asking.reread()
        await asyncio.sleep(0.03)
        assert len(session.weighed) == 2

    async def test_that_a_late_answer_of_an_older_request_is_dropped(
        self, asking: PreflightController, session: FakeSession
    ) -> None:
        found, voided = Recorder(asking.found), []
        asking.voided.connect(lambda: voided.append(True))
        session.gate.clear()
        asking.ask(plan_of(JSON))
        await asyncio.sleep(0.03)
        asking.ask(plan_of(CSV))
        assert voided
        await asyncio.sleep(0.03)
        session.gate.set()
        await settle()
        assert [item.files[0].format for item in found.heard] == [CSV]

    async def test_that_nothing_is_asked_without_a_request_or_a_session(
        self, asking: PreflightController, session: FakeSession
    ) -> None:
        asking.ask(None)
        asking.detach()
        asking.ask(plan_of(JSON))
        await asyncio.sleep(0.03)
        assert session.weighed == []

    async def test_that_a_failure_is_told_and_a_question_given_up_is_none(
        self, asking: PreflightController, session: FakeSession
    ) -> None:
        failed = Recorder(asking.failed)
        session.error = JobCancelled()
        asking.ask(plan_of(JSON))
        await asyncio.sleep(0.03)
        assert failed.heard == []
        session.error = StoreError("store_failed", reason="disk")
        asking.reread()
        await asyncio.sleep(0.03)
        assert [str(error) for error in failed.heard] == [
            "The cache failed. disk Try again; the cache is built anew when it is damaged."
        ]


class TestBar:
    @pytest.fixture
    def bar(self, qtbot: QtBot) -> ExportBar:
        bar = ExportBar()
        qtbot.addWidget(bar)
        bar.resize(1200, 60)
        bar.show_plan([], "")
        bar.show()
        return bar

    def test_that_files_and_their_size_are_said_in_one_line(self, bar: ExportBar) -> None:
        found = answer()
        bar.show_plan([Path(file.path) for file in found.files], "")
        assert bar.value() == "Will write: usage.csv, usage.json"
        assert bar.facts() == "Being estimated …"
        bar.show_preflight(found)
        assert bar.value() == "Will write: usage.csv, usage.json ≈ 6.4 MB"
        assert bar.facts() == "48,112 events · about 3 seconds · 212 GB free"
        assert bar.know_button().said() == "Details"

    def test_that_hazards_are_counted_and_each_has_its_cure(self, bar: ExportBar) -> None:
        bar.show_preflight(answer(Hazard("guarded_formula", 12), Hazard("long_cell", 2)))
        assert bar.know_button().said() == "2 things to know"
        assert bar.know_button().property("tone") == "warning"
        said = bar.details.text()
        assert "2 texts longer than the 32,767 characters" in said
        assert "JSON, CSV and Parquet hold them whole." in said
        assert "usage.csv" in said
        assert "estimated from a sample" in said

    def test_that_what_is_only_worth_knowing_does_not_warn(self, bar: ExportBar) -> None:
        bar.show_preflight(answer(Hazard("guarded_formula", 12)))
        assert bar.know_button().property("tone") == ""

    def test_that_the_guard_is_a_click_away(self, bar: ExportBar, qtbot: QtBot) -> None:
        bar.show_preflight(answer(Hazard("unguarded_formula", 1)))
        (link,) = bar.details.findChildren(QPushButton)
        with qtbot.waitSignal(bar.details.guard_requested):
            link.click()

    def test_that_a_problem_hides_what_is_known(self, bar: ExportBar) -> None:
        bar.show_preflight(answer())
        bar.show_plan([], "Choose a format.")
        assert bar.value() == "Choose a format."
        assert not bar.know_button().isVisible()

    def test_that_a_size_that_is_not_known_says_why(self, bar: ExportBar) -> None:
        bar.show_no_preflight(StoreError("store_failed", reason="disk"))
        assert bar.facts() == (
            "The size is not known: The cache failed. disk Try again; the cache is built anew when it is damaged."
        )


def test_that_every_hazard_has_words_and_the_worst_comes_first() -> None:
    hazards = [Hazard(kind, 2) for kind in _WORDS]
    said = advice(answer(*hazards))
    assert [item.level for item in said] == sorted(
        (item.level for item in said), key=("danger", "warning", "info").index
    )
    assert all(item.text and item.cure for item in said)
    assert said[0].kind == "no_room"


def test_that_a_scaled_count_is_about_so_many() -> None:
    (said,) = advice(answer(Hazard("long_number", 1200, exact=False)))
    assert said.text == "About 1,200 numbers in CSV with more than 15 digits"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.2, "less than a second"),
        (1, "about 1 second"),
        (41.4, "about 41 seconds"),
        (150, "about 2 minutes"),
    ],
)
def test_that_a_time_beforehand_is_coarse(seconds: float, text: str) -> None:
    assert about(seconds) == text
