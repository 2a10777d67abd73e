"""The program needs no network and never asks for one, and what is hostile in a log costs little memory."""

from __future__ import annotations

import gzip
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.faults import target_in
from harness.log_files import write_log
from harness.program import COMMAND_LINE, WALKTHROUGH, export_command, python, run
from harness.records.shannon import line, lines
from shannon_core.request.export_request import ExportFormat

MOST_MEGABYTES = 1_000
pytestmark = pytest.mark.faults


def can_run(*words: str) -> bool:
    """Whether this tool is here, and may do what it is wanted for."""
    return shutil.which(words[0]) is not None and not subprocess.run(words, check=False).returncode


needs_unshare = pytest.mark.skipif(not can_run("unshare", "-n", "true"), reason="no right to unshare")
needs_strace = pytest.mark.skipif(
    not can_run("strace", "-o", "/dev/null", "true"), reason="no right to trace"
)


@needs_unshare
@pytest.mark.timeout(200)
def test_that_the_whole_walk_through_the_window_needs_no_network(tmp_path: Path) -> None:
    words = ["unshare", "-n", *WALKTHROUGH, tmp_path]
    ended = run(words)
    assert ended.returncode == 0, ended.stderr
    assert len([path for path in tmp_path.iterdir() if path.is_file()]) == len(ExportFormat)


@needs_strace
@pytest.mark.timeout(200)
def test_that_neither_front_end_opens_a_connection_to_the_internet(tmp_path: Path) -> None:
    write_log(tmp_path / "logs", lines(range(100)))
    trace = tmp_path / "trace"
    for words in (
        [*WALKTHROUGH, tmp_path / "demo"],
        export_command(tmp_path / "logs", tmp_path / "out.zip", ExportFormat.ZIP),
    ):
        ended = run(["strace", "-f", "-qq", "-e", "trace=connect,sendto,bind", "-o", str(trace), *words])
        assert ended.returncode == 0, ended.stderr
        assert "AF_INET" not in trace.read_text()


def long_line(folder: Path) -> None:
    """One line of 100 MB."""
    write_log(folder, line(1) + b"\n" + line(2, data={"text": "x" * (100 << 20)}) + b"\n" + line(3) + b"\n")


def long_events(folder: Path) -> None:
    """Lines of 8 MB, 256 KB and 16 KB that are events."""
    sizes = [8_000_000] + [256 << 10] * 40 + [16 << 10] * 1_000
    events = (line(n, data={"text": "x" * size}) + b"\n" for n, size in enumerate(sizes))
    write_log(folder, b"".join(events))


def bomb(folder: Path) -> None:
    """Short lines, packed a thousand to one, 300 MB unpacked."""
    packed = gzip.compress(lines([1]) * 100_000, 9)
    write_log(folder, packed * 30, "bomb.jsonl.gz")
    write_log(folder, lines([2]))


def spaces(folder: Path) -> None:
    """One line of 500 MB of spaces."""
    write_log(folder, gzip.compress(b" " * (500 << 20), 9), "spaces.jsonl.gz")
    write_log(folder, lines([2]))


def depths(folder: Path) -> None:
    """Lines of a hundred thousand brackets and more."""
    deep = b'{"id": "d", "data": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n"
    write_log(folder, deep * 200 + b"[" * 1_000_000 + b"\n" + lines([2]))


def many_keys(folder: Path) -> None:
    """Each of 200 events has 1,000 keys of its own."""
    write_log(
        folder,
        b"".join(line(n, data={f"key {n} {k}": k for k in range(1_000)}) + b"\n" for n in range(200)),
    )


def many_files(folder: Path) -> None:
    """5,000 files of one event."""
    for number in range(5_000):
        write_log(folder / str(number // 100), lines([number]), f"{number}.jsonl")


HOSTILE = (long_line, long_events, bomb, spaces, depths, many_keys, many_files)
_PEAK = """
import sys
from shannon_core.cli import main
code = main(sys.argv[1:])
print(int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0]) // 1024, "MB")
sys.exit(code)
"""
"""Prints its own peak of memory; that of getrusage can begin with what the parent had."""


@pytest.mark.timeout(600)
@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__doc__)
def test_that_no_log_makes_the_program_take_a_gigabyte(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "logs")
    target = target_in(tmp_path, ExportFormat.ZIP)
    words = export_command(tmp_path / "logs", target, ExportFormat.ZIP, "--no-cache", "--progress=none")
    ended = run(python(_PEAK, *words[len(COMMAND_LINE) :]), timeout=500, TMPDIR=str(tmp_path))
    assert ended.returncode == 0, ended.stderr[-2_000:]
    peak = int(ended.stdout.splitlines()[-1].split()[0])
    print(make.__doc__, peak, "MB")
    assert peak < MOST_MEGABYTES
