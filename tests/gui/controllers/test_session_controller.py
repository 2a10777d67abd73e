"""The rules of every controller that asks the session."""

import asyncio

import pytest

from harness.fakes import FakeSession, Recorder, settle, spawn
from shannon_core.errors import StoreError
from shannon_core.request.export_request import ExportFormat, ExportRequest
from shannon_gui.controllers.ports import SessionPort
from shannon_gui.controllers.preflight import PreflightController
from shannon_gui.controllers.session_controller import SessionController


class Questions(SessionController):
    """Asks two kinds of questions and keeps what was answered."""

    def __init__(self) -> None:
        super().__init__(spawn)
        self.gate = asyncio.Event()
        self.answers: list[str] = []

    def ask(self, name: str, answer: str, *, after: float = 0) -> None:
        self._ask(name, lambda _session: self._answer(answer), after=after)

    async def _answer(self, answer: str) -> None:
        await self.gate.wait()
        if answer == "fails":
            raise StoreError("store_failed", reason="disk")
        self.answers.append(answer)


@pytest.fixture
async def asking() -> Questions:
    return Questions()


@pytest.fixture
def session() -> SessionPort:
    return FakeSession()


async def test_that_nothing_is_asked_without_a_session(asking: Questions) -> None:
    asking.gate.set()
    asking.ask("rows", "first")
    await settle()
    assert asking.answers == []


async def test_that_a_newer_question_stops_the_one_of_its_name_only(
    asking: Questions, session: SessionPort
) -> None:
    asking.attach(session)
    for name, answer in (("rows", "old rows"), ("line", "the line"), ("rows", "new rows")):
        asking.ask(name, answer)
        await settle()
    asking.gate.set()
    await settle()
    assert sorted(asking.answers) == ["new rows", "the line"]


async def test_that_detaching_and_another_session_stop_every_question(
    asking: Questions, session: SessionPort
) -> None:
    asking.attach(session)
    asking.ask("rows", "of the first")
    asking.ask("line", "later", after=0.01)
    await settle()
    asking.attach(FakeSession(("/other",)))
    asking.ask("rows", "of the second")
    await settle()
    asking.detach()
    asking.gate.set()
    await asyncio.sleep(0.03)
    assert asking.answers == []


async def test_that_the_error_of_a_current_question_is_emitted_and_that_of_an_old_one_is_not(
    asking: Questions, session: SessionPort
) -> None:
    failed = Recorder(asking.failed)
    asking.attach(session)
    asking.ask("rows", "fails")
    await settle()
    asking.ask("rows", "rows")
    asking.ask("line", "fails")
    asking.gate.set()
    await settle()
    assert [type(error) for error in failed.heard] == [StoreError]
    assert asking.answers == ["rows"]


async def test_that_estimates_are_voided_once_for_other_data_and_stay_while_only_room_is_checked(
    session: SessionPort,
) -> None:
    controller, voided = PreflightController(spawn, delay=0), []
    controller.voided.connect(lambda: voided.append(True))
    controller.attach(session)
    controller.ask(ExportRequest(("/logs",), "/out/usage", (ExportFormat.CSV,)))
    await settle()
    voided.clear()
    controller.reread()
    assert len(voided) == 1
    controller.recheck()
    assert len(voided) == 1
    controller.detach()
    assert len(voided) == 2
