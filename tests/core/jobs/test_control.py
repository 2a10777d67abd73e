"""One object cancels a piece of work: from any thread, any number of times, this work and never the next."""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Iterator

import duckdb
import pytest

from shannon_core.errors import JobCancelled, StoreError
from shannon_core.jobs.control import Control
from shannon_core.jobs.worker import Worker

ENDLESS = "SELECT count(*) FROM range(10_000_000_000) AS t(i) WHERE hash(i) = 1"


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to an empty store."""
    connection = duckdb.connect()
    yield connection
    connection.close()


@pytest.fixture
def worker() -> Iterator[Worker]:
    """A worker over an empty store, whose preparation counts."""
    connection = duckdb.connect()
    worker = Worker(
        "test", connection.cursor(), lambda c: c.execute("CREATE OR REPLACE TEMP MACRO one() AS 1")
    )
    yield worker
    worker.close()
    connection.close()


def test_that_work_that_was_cancelled_before_it_began_is_not_done(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    control, done = Control(), []
    control.cancel()
    with pytest.raises(JobCancelled), control.interruptible(connection.interrupt):
        done.append(1)
    assert done == []


def test_that_a_statement_is_interrupted_also_where_it_begins_after_the_cancel(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    control = Control()
    with pytest.raises(JobCancelled), control.interruptible(connection.interrupt):
        control.cancel()
        connection.execute(ENDLESS).fetchall()


def test_that_nothing_is_interrupted_after_the_work() -> None:
    control, interrupts = Control(), []
    with control.interruptible(lambda: interrupts.append(1)):
        pass
    control.cancel()
    control.cancel()
    assert interrupts == []


def test_that_interrupting_ends_with_the_work() -> None:
    control, interrupted = Control(), threading.Event()
    with pytest.raises(JobCancelled), control.interruptible(interrupted.set):
        control.cancel()
        assert interrupted.wait(10)
        raise ValueError("what an interrupt makes of a statement")
    for thread in [thread for thread in threading.enumerate() if thread.name == "shannon-cancel"]:
        thread.join(10)
        assert not thread.is_alive()


def test_that_an_error_of_work_that_goes_on_is_raised_as_it_is(connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(duckdb.CatalogException), Control().interruptible(connection.interrupt):
        connection.execute("SELECT * FROM nothing")


def test_that_a_clear_error_is_not_hidden_by_a_cancel(connection: duckdb.DuckDBPyConnection) -> None:
    control = Control()
    with pytest.raises(StoreError), control.interruptible(connection.interrupt):
        control.cancel()
        raise StoreError("store_full", reason="")


async def test_that_a_storm_of_cancels_hits_no_work_but_its_own(worker: Worker) -> None:
    chance = random.Random(15)
    for _ in range(40):
        control = Control()
        doomed = asyncio.create_task(worker.answer(lambda c: c.execute(ENDLESS).fetchall(), control))
        await asyncio.sleep(chance.choice((0, 0.001, 0.01)))
        threads = [threading.Thread(target=control.cancel) for _ in range(4)]
        for thread in threads:
            thread.start()
        assert await asyncio.wait_for(worker.answer(lambda c: c.sql("SELECT one()").fetchall()), 10) == [(1,)]
        with pytest.raises(JobCancelled):
            await doomed
        for thread in threads:
            thread.join()


async def test_that_cancelled_work_leaves_no_view_and_no_transaction(worker: Worker) -> None:
    control, began = Control(), threading.Event()

    def work(connection: duckdb.DuckDBPyConnection) -> None:
        connection.begin()
        connection.execute("CREATE TEMP VIEW events AS SELECT 1")
        began.set()
        connection.execute(ENDLESS).fetchall()  # what would take the view back is interrupted as well

    task = asyncio.create_task(worker.answer(work, control))
    await asyncio.to_thread(began.wait, 10)
    control.cancel()
    with pytest.raises(JobCancelled):
        await task

    def next_work(connection: duckdb.DuckDBPyConnection) -> None:
        connection.begin()
        connection.execute("CREATE TEMP VIEW events AS SELECT 2")
        connection.rollback()

    await worker.answer(next_work)
