"""The n-th write, sync or rename fails, for every n until a run is clean (SQLite's I/O error loop, reliability.md §5.1)."""

from __future__ import annotations

import itertools
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from core_rig import lines, write_log
from fault_rig import by_format, command, is_old_or_whole, run, target_in

from shannon_core.request import ExportFormat

EVENTS = 200
pytestmark = pytest.mark.faults


def strace_works() -> bool:
    """Whether system calls can be made to fail here."""
    tracing = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=fsync:error=EIO", "true"]
    return (
        shutil.which("strace") is not None
        and subprocess.run(tracing, check=False, capture_output=True).returncode == 0
    )


needs_strace = pytest.mark.skipif(not strace_works(), reason="strace is not installed, or may not trace")


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    """Some events."""
    write_log(tmp_path / "logs", lines(range(EVENTS)))
    return tmp_path / "logs"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A target folder in which another file stands."""
    folder = tmp_path / "target"
    folder.mkdir()
    (folder / "neighbour").write_bytes(b"somebody's")
    return folder


def growing() -> Iterator[int]:
    """1, 2, 3, 5, 8, …: each of the first calls, and ever fewer of the many later ones."""
    one, two = 1, 2
    while True:
        yield one
        one, two = two, one + two


FAULTS = {
    "a write that finds the disk full": ("write", "ENOSPC", growing),
    "a sync that fails": ("fsync", "EIO", lambda: itertools.count(1)),
    "a rename that is refused": ("rename,renameat,renameat2", "EACCES", lambda: itertools.count(1)),
}


@needs_strace
@pytest.mark.timeout(180)
@pytest.mark.parametrize("fault", FAULTS)
@by_format
def test_that_the_target_is_old_or_whole_whichever_call_fails(
    logs: Path, folder: Path, wanted: ExportFormat, fault: str
) -> None:
    call, error, numbers = FAULTS[fault]
    failures = 0
    for number in numbers():
        target = target_in(folder, wanted)
        inject = ["-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={number}"]
        ended = run(
            [
                "strace",
                "-f",
                "-qq",
                "-o",
                str(folder.parent / "trace"),
                *inject,
                *command(logs, target, wanted, "--no-cache"),
            ]
        )
        trace = (folder.parent / "trace").read_text()
        assert "Traceback" not in ended.stderr, ended.stderr
        is_new = is_old_or_whole(target, wanted, EVENTS)
        assert is_new or ended.returncode != 0
        assert sorted(path.name for path in folder.iterdir()) == sorted(["neighbour", target.name])
        if "(INJECTED)" not in trace:
            assert ended.returncode == 0
            break
        failures += not is_new
    assert failures > 0


@needs_strace
def test_that_a_read_that_fails_keeps_what_was_read_before(logs: Path, folder: Path) -> None:
    target = target_in(folder, ExportFormat.JSONL)
    second = write_log(logs, lines(range(EVENTS, 2 * EVENTS)), "second.jsonl")
    inject = ["-P", str(second), "-e", "trace=read", "-e", "inject=read:error=EIO:when=3+"]
    words = command(logs, target, ExportFormat.JSONL, "--no-cache")
    ended = run(["strace", "-f", "-qq", "-o", "/dev/null", *inject, *words])
    assert ended.returncode == 0
    assert "could not be read beyond byte 0 (Input/output error)" in ended.stderr
    assert is_old_or_whole(target, ExportFormat.JSONL, EVENTS)


def test_that_an_answer_that_cannot_be_printed_is_no_traceback(logs: Path, folder: Path) -> None:
    target = target_in(folder, ExportFormat.CSV)
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            command(logs, target, ExportFormat.CSV),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ended.returncode == 3
    assert "Traceback" not in ended.stderr
    assert "No space left on device" in ended.stderr
    assert is_old_or_whole(target, ExportFormat.CSV, EVENTS)
