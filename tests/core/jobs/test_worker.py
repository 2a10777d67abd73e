"""A job emits one stream of events, which exactly one terminal event ends in every case."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import time
from collections.abc import Iterator

import duckdb
import pytest

from shannon_core.errors import JobCancelled, RequestError, ShannonError, SourceError, StoreError, TargetError
from shannon_core.jobs import progress
from shannon_core.jobs.control import Control
from shannon_core.jobs.progress import (
    Cancelled,
    Failed,
    FileProgress,
    Finished,
    Notice,
    ProgressEvent,
    ReadingProgress,
    Terminal,
    as_json_line,
)
from shannon_core.jobs.worker import Job, Work, Worker
from shannon_core.request.export_request import ExportFormat

KEYS_OF_0_1 = {
    "ReadingProgress": "files_done files_total bytes_done bytes_total events seconds committed",
    "SourcesRead": "files events rejected pending files_read seconds",
    "ExportStarted": "events paths",
    "FileProgress": "format path rows_done rows_total stage",
    "FileWritten": "format path rows bytes seconds altered",
    "FileFailed": "format path title message hint",
    "Notice": "level text",
    "Finished": "paths events seconds failures",
    "Cancelled": "paths",
    "Failed": "title message hint exit_code",
}
"""The members of each event of version 0.1, which stay."""
NEW_KEYS = {"FileFailed": "code values", "Notice": "code values", "Failed": "code values"}
DONE = Finished((), 3, 0.5)


@pytest.fixture
def worker() -> Iterator[Worker]:
    """A worker over an empty store."""
    connection = duckdb.connect()
    worker = Worker("test", connection.cursor())
    yield worker
    worker.close()
    connection.close()


async def said(job: Job) -> list[ProgressEvent]:
    """All events of a job, of which the last and no other is terminal."""
    events = [event async for event in job]
    assert [isinstance(event, Terminal) for event in events] == [False] * (len(events) - 1) + [True]
    return events


def reading(number: int) -> ReadingProgress:
    return ReadingProgress(0, 1, number, 100, number, 0.0)


async def test_that_a_job_ends_with_what_its_work_returns(worker: Worker) -> None:
    assert await said(Job(worker, lambda *_: DONE)) == [DONE]


@pytest.mark.parametrize(
    "error",
    [
        SourceError("source_unreadable", path="/a", reason="b"),
        RequestError("zone_unknown", zone="c"),
        TargetError("target_full", path="/d", reason="e"),
        StoreError("store_full", reason="f"),
        ShannonError("system_refused", reason="g"),
    ],
    ids=lambda error: error.code,
)
async def test_that_a_clear_error_ends_a_job_as_failed(worker: Worker, error: ShannonError) -> None:
    def work(*_: object) -> Finished:
        raise error

    (end,) = await said(Job(worker, work))
    assert isinstance(end, Failed)
    assert (end.code, end.values, end.exit_code) == (error.code, error.values, error.exit_code)
    assert (end.title, end.message, end.hint) == (error.title, error.message, error.hint)


async def test_that_a_bug_ends_a_job_as_failed_and_is_logged(
    worker: Worker, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        (end,) = await said(Job(worker, lambda *_: 1 / 0))  # type: ignore[arg-type,return-value]
    assert isinstance(end, Failed)
    assert (end.title, end.message) == ("Internal error.", "ZeroDivisionError: division by zero")
    assert "Traceback" in str(end.values["details"])
    assert "ZeroDivisionError" in caplog.text


async def test_that_a_cancelled_job_ends_as_cancelled(worker: Worker) -> None:
    def work(_: object, control: Control) -> Finished:
        raise JobCancelled

    assert await said(Job(worker, work)) == [Cancelled()]


async def test_that_cancelling_often_and_late_is_cancelling_once(worker: Worker) -> None:
    started, cancelled = threading.Event(), threading.Event()

    def work(_: object, control: Control) -> Finished:
        started.set()
        cancelled.wait(10)
        control.check()
        return DONE

    job = Job(worker, work)
    await asyncio.to_thread(started.wait, 10)
    for _ in range(3):
        job.cancel()
    await asyncio.to_thread(job.cancel)
    cancelled.set()
    assert await said(job) == [Cancelled()]
    job.cancel()


async def test_that_a_job_cancelled_before_it_began_never_works(worker: Worker) -> None:
    blocked, worked = threading.Event(), []
    first = Job(worker, lambda *_: blocked.wait(10) and DONE)  # type: ignore[arg-type,return-value]
    second = Job(worker, lambda *_: worked.append(1) or DONE)  # type: ignore[func-returns-value]
    second.cancel()
    blocked.set()
    assert await said(first) == [DONE]
    assert await said(second) == [Cancelled()]
    assert worked == []


@pytest.mark.parametrize("seconds", [0, 0.005, 0.1, 0.3])
async def test_that_a_cancel_interrupts_a_long_statement_also_one_that_begins_after_it(
    worker: Worker, seconds: float
) -> None:
    started = threading.Event()

    def work(connection: duckdb.DuckDBPyConnection, control: Control) -> Finished:
        started.set()
        time.sleep(seconds)
        connection.execute(
            "SELECT sum(a.range * b.range) FROM range(10_000_000) AS a, range(10_000) AS b"
        ).fetchall()
        return DONE

    job = Job(worker, work)
    await asyncio.to_thread(started.wait, 10)
    job.cancel()
    async with asyncio.timeout(10):
        assert await said(job) == [Cancelled()]


async def test_that_the_worker_is_as_good_as_new_after_a_cancel(worker: Worker) -> None:
    job = Job(worker, lambda *_: DONE)
    job.cancel()
    await job.wait()
    count = Job(
        worker, lambda connection, _: Finished((), connection.execute("SELECT 42").fetchall()[0][0], 0)
    )
    assert await count.wait() == Finished((), 42, 0)


async def test_that_progress_is_thinned_out_but_notices_are_not(worker: Worker) -> None:
    def work(_: object, control: Control) -> Finished:
        for number in range(1_000):
            control.emit(reading(number))
        control.emit(Notice("own_export", {"path": "one"}))
        control.emit(Notice("own_export", {"path": "two"}))
        for number in range(1_000, 2_000):
            control.emit(reading(number))
        return DONE

    events = await said(Job(worker, work))
    assert len(events) < 100
    assert [event for event in events if isinstance(event, Notice)] == [
        Notice("own_export", {"path": "one"}),
        Notice("own_export", {"path": "two"}),
    ]
    assert events[-2:] == [reading(1_999), DONE]


async def test_that_the_progress_of_one_file_never_hides_that_of_another(worker: Worker) -> None:
    steps = [
        FileProgress(ExportFormat.CSV, path, 1, 2, stage)
        for path in "ab"
        for stage in ("writing", "verifying")
    ]

    def work(_: object, control: Control) -> Finished:
        for step in steps:
            control.emit(step)
        return DONE

    assert await said(Job(worker, work)) == [*steps, DONE]


async def test_that_waiting_gives_the_end(worker: Worker) -> None:
    work: Work = lambda _, control: control.emit(reading(1)) or DONE  # type: ignore[func-returns-value]  # noqa: E731
    assert await Job(worker, work).wait() == DONE


@pytest.mark.parametrize(
    "event",
    [
        reading(1),
        progress.SourcesRead(1, 2, 3, 4, 5, 0.5),
        progress.ExportStarted(5, ("a", "b")),
        FileProgress(ExportFormat.CSV, "a\nb", 1, 2, "writing"),
        progress.FileWritten(ExportFormat.ZIP, "a", 1, 2, 0.5, {"formula_guard": 2}),
        progress.FileFailed(ExportFormat.ZIP, "a: b", "member_failed", {"member": "b", "reason": "c"}),
        Notice("own_export", {"path": "“ünï”\x1b[31m"}),
        DONE,
        Cancelled(),
        Failed("target_exists", {"paths": ("t", "m")}),
    ],
    ids=lambda event: type(event).__name__,
)
def test_that_every_event_is_one_json_object_on_one_line(event: ProgressEvent) -> None:
    text = as_json_line(event)
    assert text.isprintable()
    plain = json.loads(text)
    assert plain.pop("event") == type(event).__name__
    name = type(event).__name__
    assert set(plain) == {*KEYS_OF_0_1[name].split(), *NEW_KEYS.get(name, "").split()}


ENDLESS = "SELECT count(*) FROM range(10_000_000_000) AS t(i) WHERE hash(i) = 1"


async def test_that_an_abandoned_question_is_interrupted_for_the_next(worker: Worker) -> None:
    started = threading.Event()

    def endless(connection: duckdb.DuckDBPyConnection) -> None:
        started.set()
        connection.execute(ENDLESS).fetchall()

    for _ in range(5):
        started.clear()
        question = asyncio.create_task(worker.answer(endless))
        waiting = asyncio.create_task(worker.answer(endless))
        await asyncio.to_thread(started.wait)
        question.cancel()
        waiting.cancel()
        found = worker.answer(lambda connection: connection.execute("SELECT 42").fetchall())
        assert await asyncio.wait_for(found, 10) == [(42,)]
        assert all(isinstance(end, asyncio.CancelledError) for end in await _ends(question, waiting))


async def _ends(*tasks: asyncio.Task[None]) -> list[BaseException | None]:
    return await asyncio.gather(*tasks, return_exceptions=True)


async def test_that_an_error_of_a_question_is_raised_where_it_was_asked(worker: Worker) -> None:
    with pytest.raises(duckdb.CatalogException):
        await worker.answer(lambda connection: connection.execute("SELECT * FROM nothing").fetchall())


def test_that_a_worker_whose_preparation_was_interrupted_prepares_again() -> None:
    attempts: list[str] = []

    def prepare(connection: duckdb.DuckDBPyConnection) -> None:
        attempts.append("begun")
        if len(attempts) == 1:
            raise duckdb.InterruptException("Interrupted!")
        connection.execute("CREATE TEMP MACRO one() AS 1")

    connection = duckdb.connect()
    worker = Worker("test", connection.cursor(), prepare)
    with pytest.raises(JobCancelled):
        worker.submit(lambda _: None).result()
    for _ in range(2):
        assert worker.submit(lambda c: c.sql("SELECT one()").fetchall()).result() == [(1,)]
    assert len(attempts) == 2
    worker.close()
    connection.close()
