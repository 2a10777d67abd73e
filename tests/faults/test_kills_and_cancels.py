"""A process that is killed, and a job that is cancelled, at any moment: the target is old or whole, and nothing stays
behind."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from harness.faults import OLD, by_format, is_old_or_whole, target_in
from harness.log_files import write_log
from harness.program import export_command, run, start
from harness.records.shannon import event
from harness.workbench import EVENTS_ONLY
from shannon_core.jobs.progress import Cancelled, FileProgress, Finished, ProgressEvent
from shannon_core.request.export_request import ExportFormat, ExportRequest
from shannon_core.session import Session

EVENTS = 20_000
KILLS = 10
CANCEL_SECONDS = 0.5
pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough events for an export to take a while."""
    folder = tmp_path_factory.mktemp("many")
    moment = "2026-01-{:02d}T{:02d}:{:02d}:{:02d}Z"
    events = (
        event(n, timestamp=moment.format(1 + n % 28, n % 24, n % 60, n % 60), data={"pad": f"{n}" * 40})
        for n in range(EVENTS)
    )
    return write_log(folder, events).parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty target folder."""
    folder = tmp_path / "target"
    folder.mkdir()
    return folder


def killed_after_the_start(words: Sequence[str], seconds: float) -> None:
    """Run the program and kill it ``seconds`` after its export began."""
    with start(words, stdout=subprocess.DEVNULL) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if json.loads(line)["event"] == "ExportStarted":
                break
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)


@pytest.mark.timeout(180)
@by_format
def test_that_a_kill_leaves_the_target_old_or_whole_and_the_next_start_tidies_up(
    logs: Path, folder: Path, wanted: ExportFormat
) -> None:
    moments = random.Random(str(wanted))
    target = target_in(folder, wanted)
    words = export_command(logs, target, wanted, "--progress=json")
    stranger = folder / ".other.csv.0123456789ab.part"
    stranger.write_bytes(b"not ours")
    for _ in range(KILLS):
        target_in(folder, wanted)
        killed_after_the_start(words, moments.uniform(0, 0.2))
        is_old_or_whole(target, wanted, EVENTS)
        others = {path.name for path in folder.iterdir()} - {target.name, stranger.name}
        assert all(name.startswith(f".{target.name}.") and name.endswith(".part") for name in others)
    assert run(words).returncode == 0
    assert is_old_or_whole(target, wanted, EVENTS)
    assert {path.name for path in folder.iterdir()} == {target.name, stranger.name}


def share(least: float) -> Callable[[ProgressEvent], bool]:
    """Whether this part of a file is written."""
    return lambda event: isinstance(event, FileProgress) and event.rows_done >= least * event.rows_total


POINTS: dict[str, Callable[[ProgressEvent], bool]] = {
    "at once": lambda _: True,
    "at 1 %": share(0.01),
    "at 50 %": share(0.5),
    "at 99 %": share(0.99),
    "while verifying": lambda event: isinstance(event, FileProgress) and event.stage == "verifying",
}


@by_format
@pytest.mark.parametrize("point", POINTS)
async def test_that_a_cancel_ends_the_job_soon_and_leaves_the_old_file(
    logs: Path, folder: Path, wanted: ExportFormat, point: str
) -> None:
    session = await Session.open((str(logs),))
    try:
        assert isinstance(await session.read().wait(), Finished)
        target = target_in(folder, wanted)
        request = ExportRequest((str(logs),), str(target), (wanted,), contents=EVENTS_ONLY, overwrite=True)
        job = session.export(request)
        said = 0.0
        if point == "at once":  # before the first event comes: a small export is done by then
            said = time.monotonic()
            job.cancel()
        async for happened in job:
            if not said and POINTS[point](happened):
                said = time.monotonic()
                job.cancel()
                job.cancel()
        took = time.monotonic() - said
    finally:
        await session.close()
    assert [path.name for path in folder.iterdir()] == [target.name]
    if isinstance(happened, Cancelled):
        assert took < CANCEL_SECONDS
        assert target.read_bytes() == OLD
    else:
        assert point != "at once", "the cancel came in time"
        assert is_old_or_whole(target, wanted, EVENTS)


async def test_that_a_cancel_while_reading_ends_soon(logs: Path) -> None:
    session = await Session.open((str(logs),), keep=False)
    job = session.read()
    said = time.monotonic()
    await asyncio.to_thread(job.cancel)
    end = await job.wait()
    await session.close()
    assert isinstance(end, Cancelled)
    assert time.monotonic() - said < CANCEL_SECONDS


@pytest.mark.parametrize("interrupt", [signal.SIGINT])
def test_that_an_interrupt_cancels_the_command_line(logs: Path, folder: Path, interrupt: int) -> None:
    target = target_in(folder, ExportFormat.EXCEL)
    words = export_command(logs, target, ExportFormat.EXCEL, "--progress=json")
    with start(words) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if json.loads(line)["event"] == "ExportStarted":
                os.kill(process.pid, interrupt)
                break
        rest = process.stderr.read().splitlines()
    assert process.returncode == 130
    assert json.loads(rest[-1])["event"] == "Cancelled"
    assert target.read_bytes() == OLD
