"""The n-th write, sync or rename fails, once or from then on, or the program is killed there, for every n until a run
is clean (SQLite's I/O error loop, limits.md §6). SourceOpener files is in tests/core/files."""

from __future__ import annotations

import itertools
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.faults import by_format, is_old_or_whole, target_in
from harness.log_files import write_log
from harness.program import export_command, run, start
from harness.records.shannon import line, lines
from shannon_core.request.export_request import ExportFormat

EVENTS = 200
RENAMES = "rename,renameat,renameat2,link,linkat"
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
    """A target folder that holds another file."""
    folder = tmp_path / "target"
    folder.mkdir()
    (folder / "neighbour").write_bytes(b"another program's")
    return folder


def growing() -> Iterator[int]:
    """1, 2, 3, 5, 8, …: each of the first calls, and ever fewer of the many later ones."""
    one, two = 1, 2
    while True:
        yield one
        one, two = two, one + two


def every() -> Iterator[int]:
    """1, 2, 3, …"""
    return itertools.count(1)


FAULTS = {
    "a write that finds the disk full": ("write", "error=ENOSPC", growing),
    "a disk that is full from then on": ("write", "error=ENOSPC", growing),
    "a sync that fails": ("fsync", "error=EIO", every),
    "syncs that fail from then on": ("fsync", "error=EIO", every),
    "a rename that is refused": (RENAMES, "error=EACCES", every),
    "a kill at a write": ("write", "signal=SIGKILL", growing),
    "a kill at a sync": ("fsync", "signal=SIGKILL", every),
    "a kill at a rename": (RENAMES, "signal=SIGKILL", every),
}


@dataclass(frozen=True)
class Broken:
    """How a run ended that something was done to."""

    exit_code: int
    errors: str
    was_hit: bool


def break_export(logs: Path, target: Path, wanted: ExportFormat, calls: str, what: str) -> Broken:
    """Export while this is done to these system calls."""
    trace = target.parent.parent / "trace"
    inject = ["-e", f"trace={calls}", "-e", f"inject={calls}:{what}"]
    words = export_command(logs, target, wanted, "--no-cache")
    ended = run(["strace", "-f", "-qq", "-o", str(trace), *inject, *words])
    record = trace.read_text()
    return Broken(ended.returncode, ended.stderr, "(INJECTED)" in record or "killed by SIGKILL" in record)


def is_target_whole(folder: Path, target: Path, wanted: ExportFormat, broken: Broken) -> bool:
    """Whether the target is complete.

    It must be that or as it was, without a traceback, and nothing else may have changed.
    """
    assert "Traceback" not in broken.errors, broken.errors
    is_new = is_old_or_whole(target, wanted, EVENTS)
    assert is_new or broken.exit_code != 0
    killed = broken.exit_code < 0
    parts = [path for path in folder.iterdir() if path.name not in ("neighbour", target.name)]
    assert all(killed and path.name.startswith(f".{target.name}.") for path in parts), parts
    assert (folder / "neighbour").read_bytes() == b"another program's"
    for part in parts:
        part.unlink()
    return is_new


@needs_strace
@pytest.mark.timeout(300)
@pytest.mark.parametrize("fault", FAULTS)
@by_format
def test_that_the_target_is_old_or_whole_whichever_call_fails(
    logs: Path, folder: Path, wanted: ExportFormat, fault: str
) -> None:
    calls, what, numbers = FAULTS[fault]
    often = "+" if "from then on" in fault else ""
    failures = 0
    for number in numbers():
        target = target_in(folder, wanted)
        broken = break_export(logs, target, wanted, calls, f"{what}:when={number}{often}")
        is_new = is_target_whole(folder, target, wanted, broken)
        if not broken.was_hit:
            assert broken.exit_code == 0
            break
        failures += not is_new
    assert failures > 0


@needs_strace
def test_that_a_read_that_fails_keeps_what_was_read_before(logs: Path, folder: Path) -> None:
    target = target_in(folder, ExportFormat.JSONL)
    long = b"".join(line(EVENTS + n, data={"pad": "x" * 1_000_000}) + b"\n" for n in range(12))
    second = write_log(logs, long, "second.jsonl")  # its head is read, then blocks, of which the second fails
    inject = ["-P", str(second), "-e", "trace=read", "-e", "inject=read:error=EIO:when=3+"]
    words = export_command(logs, target, ExportFormat.JSONL, "--no-cache")
    ended = run(["strace", "-f", "-qq", "-o", "/dev/null", *inject, *words])
    assert ended.returncode == 0
    assert "could not be read beyond byte 4,194,304 (Input/output error)" in ended.stderr
    assert is_old_or_whole(target, ExportFormat.JSONL, EVENTS + 4)


def test_that_an_answer_that_cannot_be_printed_is_no_traceback(logs: Path, folder: Path) -> None:
    target = target_in(folder, ExportFormat.CSV)
    with Path("/dev/full").open("w") as full:
        process = start(export_command(logs, target, ExportFormat.CSV), stdout=full)
        errors = process.communicate(timeout=60)[1]
    assert process.returncode == 3
    assert "Traceback" not in errors
    assert "No space left on device" in errors
    assert is_old_or_whole(target, ExportFormat.CSV, EVENTS)
