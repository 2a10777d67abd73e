"""A store follows its files: only what is new or changed is read, what is gone is forgotten, nothing is counted
twice."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from harness.followed_logs import FollowedLogs
from harness.jobs import Recorder
from harness.log_files import write_log
from harness.records.shannon import line, lines
from harness.workbench import Workbench
from shannon_core.errors import JobCancelled
from shannon_core.ingest.refresh import refresh
from shannon_core.jobs.progress import ReadingProgress
from shannon_core.pricing.price_table import PriceTable

Change = Callable[[Path], None]


def append(log: Path) -> None:
    with log.open("ab") as file:
        file.write(line(3) + b"\n")


def rotate(log: Path) -> None:
    log.rename(log.with_name("older.jsonl"))
    log.write_bytes(line(3) + b"\n")


def rotate_packed(log: Path) -> None:
    log.with_name("older.jsonl.gz").write_bytes(gzip.compress(log.read_bytes()))
    log.write_bytes(line(3) + b"\n")


def cut_and_go_on(log: Path) -> None:
    os.truncate(log, 0)
    append(log)


def replace_unnoticeably(log: Path) -> None:
    before = log.stat()
    log.write_bytes(log.read_bytes().replace(b'"e1"', b'"e7"'))
    os.utime(log, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert log.stat().st_size == before.st_size


CHANGES: list[tuple[str, Change, list[str], int]] = [
    ("nothing", lambda _: None, ["e1", "e2"], 0),
    ("appended", append, ["e1", "e2", "e3"], 1),
    ("rotated", rotate, ["e1", "e2", "e3"], 2),
    ("rotated and packed", rotate_packed, ["e1", "e2", "e3"], 2),
    ("cut to nothing and written on", cut_and_go_on, ["e3"], 1),
    ("cut within a line", lambda log: os.truncate(log, len(line(1)) + 20), ["e1"], 1),
    ("replaced by one of the same size and time", replace_unnoticeably, ["e7", "e2"], 1),
    (
        "a further file",
        lambda log: write_log(log.parent, line(9) + b"\n", "new.jsonl") and None,
        ["e1", "e2", "e9"],
        1,
    ),
    ("touched", lambda log: os.utime(log, ns=(0, 0)), ["e1", "e2"], 1),
]


@pytest.mark.parametrize(
    ("change", "ids", "files_read"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES]
)
def test_that_the_store_holds_what_the_files_hold_after_a_change(
    bench: Workbench, tmp_path: Path, change: Change, ids: list[str], files_read: int
) -> None:
    log = write_log(tmp_path, lines((1, 2)))
    bench.read(tmp_path)
    change(log)
    again = bench.read(tmp_path)
    assert again.ids == ids
    assert again.summary is not None
    assert again.summary.files_read == files_read


def test_that_a_deleted_file_is_forgotten(bench: Workbench, tmp_path: Path) -> None:
    log = write_log(tmp_path, lines((1, 2)))
    write_log(tmp_path, line(5) + b"\n" + b"broken\n", "other.jsonl")
    bench.read(tmp_path)
    log.unlink()
    again = bench.read(tmp_path)
    assert again.ids == ["e5"]
    assert list(again.files) == [str(tmp_path / "other.jsonl")]


def test_that_the_rejects_of_a_file_are_not_counted_twice(bench: Workbench, tmp_path: Path) -> None:
    log = write_log(tmp_path, b"broken\n" + line(1) + b"\n")
    bench.read(tmp_path)
    append(log)
    assert bench.read(tmp_path).rejects == [(1, "bad_json")]


def test_that_a_pending_line_becomes_an_event_when_it_is_complete(bench: Workbench, tmp_path: Path) -> None:
    log = write_log(tmp_path, line(1) + b"\n" + line(2)[:20])
    first = bench.read(tmp_path)
    with log.open("ab") as file:
        file.write(line(2)[20:] + b"\n")
    again = bench.read(tmp_path)
    assert (first.ids, again.ids) == (["e1"], ["e1", "e2"])
    assert again.files[str(log)].pending == 0


def test_that_a_file_that_can_no_longer_be_read_is_forgotten_and_said(
    bench: Workbench, tmp_path: Path
) -> None:
    log = write_log(tmp_path, line(1) + b"\n", "a.jsonl")
    write_log(tmp_path, line(2) + b"\n", "b.jsonl")
    bench.read(tmp_path)
    log.unlink()
    log.symlink_to("nowhere")
    again = bench.read(tmp_path)
    assert again.ids == ["e2"]
    assert len(again.notices) == 1


def test_that_the_project_of_a_session_follows_its_events(bench: Workbench, tmp_path: Path) -> None:
    def start(number: int, project: str) -> bytes:
        return line(number, type="session_start", session_id="s", data={"project_path": project}) + b"\n"

    write_log(tmp_path, start(5, "/later"))
    bench.read(tmp_path)
    write_log(tmp_path, start(1, "/first"), "earlier.jsonl")
    bench.read(tmp_path)
    assert bench.rows("SELECT session_id, project_path FROM sessions") == [
        {"session_id": "s", "project_path": "/first"}
    ]


def test_that_a_cancel_keeps_the_files_that_were_committed(
    bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shannon_core.ingest.refresh.COMMIT_BYTES", 1)
    monkeypatch.setattr("shannon_core.ingest.refresh.FIRST_COMMIT_BYTES", 1)
    for number in range(6):
        write_log(tmp_path, lines(range(number * 10, number * 10 + 10)), f"{number}.jsonl")
    monkeypatch.setattr("shannon_core.ingest.refresh.STATEMENT_BYTES", 1)
    monkeypatch.setattr("shannon_core.ingest.refresh.FIRST_STATEMENT_BYTES", 1)
    recorder = Recorder()

    def report(event: object) -> None:
        if isinstance(event, ReadingProgress) and event.files_done == 3:
            recorder.control.cancel()

    recorder.control.emit = report
    with pytest.raises(JobCancelled):
        refresh(bench.connection, [str(tmp_path)], recorder.control, PriceTable.load())
    kept = bench.rows("SELECT count(*) AS events, count(DISTINCT source_file) AS files FROM events")
    noted = bench.rows("SELECT count(*) AS files FROM files WHERE understood > 0")
    assert 0 < noted[0]["files"] < 6
    assert kept == [{"events": 10 * noted[0]["files"], "files": noted[0]["files"]}]
    again = bench.read(tmp_path)
    assert len(again.ids) == 60
    assert again.summary is not None
    assert again.summary.files_read == 6 - noted[0]["files"]


def test_that_a_failure_while_reading_leaves_the_store_as_it_was(
    bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = write_log(tmp_path, lines((1, 2)))
    bench.read(tmp_path)
    append(log)
    with monkeypatch.context() as patch:
        patch.setattr("shannon_core.ingest.refresh.parse_lines", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            bench.read(tmp_path)
    assert bench.rows("SELECT count(*) AS events FROM events") == [{"events": 2}]
    assert bench.read(tmp_path).ids == ["e1", "e2", "e3"]


class TestFollowedLogs(FollowedLogs.TestCase):
    """A few runs of the model; tests/faults has many."""

    settings = settings(max_examples=8, stateful_step_count=12, deadline=None)
