"""How an export ends, and whether what it says of its files is true."""

from __future__ import annotations

import logging
from pathlib import Path

import duckdb
import pytest

from harness.jobs import events_of
from harness.log_files import write_log
from harness.records.shannon import event
from shannon_core.jobs.progress import Cancelled, Failed, FileProgress, FileWritten, Finished
from shannon_core.request.export_request import ExportFormat, ExportRequest
from shannon_core.session import Session


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    """A folder with events."""
    write_log(tmp_path / "logs", [event(n) for n in range(500)])
    return tmp_path / "logs"


def request_of(logs: Path, target: Path, *formats: str) -> ExportRequest:
    return ExportRequest((str(logs),), str(target), tuple(ExportFormat(name) for name in formats))


@pytest.mark.parametrize("wanted", list(ExportFormat))
async def test_that_a_file_is_written_then_finished_then_verified(
    logs: Path, tmp_path: Path, wanted: ExportFormat
) -> None:
    session = await Session.open((str(logs),), keep=False)
    await session.read().wait()
    events = await events_of(session.export(request_of(logs, tmp_path / "out", wanted)))
    await session.close()
    stages = [item.stage for item in events if isinstance(item, FileProgress)]
    assert list(dict.fromkeys(stages)) in (["writing", "finishing", "verifying"], ["finishing", "verifying"])
    assert stages == sorted(stages, key=["writing", "finishing", "verifying"].index)
    assert isinstance(events[-1], Finished)


async def test_that_a_cancelled_export_names_the_files_that_stay(logs: Path, tmp_path: Path) -> None:
    session = await Session.open((str(logs),), keep=False)
    await session.read().wait()
    (tmp_path / "out").mkdir()
    job = session.export(request_of(logs, tmp_path / "out", "jsonl", "json", "excel", "zip"))
    events = []
    async for happened in job:
        events.append(happened)
        if isinstance(happened, FileWritten):
            job.cancel()
    await session.close()
    written = tuple(item.path for item in events if isinstance(item, FileWritten))
    assert written
    if isinstance(events[-1], Cancelled):  # else it was done before the cancel came
        assert events[-1].paths == written
        assert sorted(map(str, (tmp_path / "out").iterdir())) == sorted(written)


async def test_that_a_wrong_statement_of_the_program_is_an_internal_error(
    logs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def wrong(*_: object) -> None:
        duckdb.connect().execute("SELECT nothing")

    monkeypatch.setattr("shannon_core.export.run.require_room", wrong)
    session = await Session.open((str(logs),))
    await session.read().wait()
    with caplog.at_level(logging.ERROR):
        end = await session.export(request_of(logs, tmp_path / "out", "csv")).wait()
    await session.close()
    assert isinstance(end, Failed)
    assert (end.code, end.title, end.exit_code) == ("internal_error", "Internal error.", 3)
    assert end.message.startswith("BinderException: ")
    assert "BinderException" in caplog.text
    again = await Session.open((str(logs),))
    assert again.notice is None, "a bug is not taken for damage of the cache"
    await again.close()
