"""Preflight: one question per request, the newest wins, failures are reported."""

import asyncio

import pytest

from harness.fakes import FakeSession, Recorder, settle, spawn
from shannon_core.errors import JobCancelled, StoreError
from shannon_core.request.export_request import ExportFormat, ExportRequest
from shannon_core.request.output_files import OutputPlan, plan_output
from shannon_gui.controllers.preflight import PreflightController

JSON, CSV = ExportFormat.JSON, ExportFormat.CSV


def plan_of(*formats: ExportFormat) -> OutputPlan:
    return plan_output(ExportRequest(("/logs",), "/out/usage", formats))


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
        assert session.preflighted == [plan_of(CSV).request]
        assert [item.files[0].format for item in found.heard] == [CSV]

    async def test_that_the_same_request_is_not_asked_again_until_the_data_is_another(
        self, asking: PreflightController, session: FakeSession
    ) -> None:
        for _ in range(3):
            asking.ask(plan_of(JSON))
            await asyncio.sleep(0.03)
        assert len(session.preflighted) == 1
        asking.reread()
        await asyncio.sleep(0.03)
        assert len(session.preflighted) == 2

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
        assert session.preflighted == []

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
            "The cache failed. disk Try again; a damaged cache is rebuilt."
        ]
