"""A file is complete and verified, or what stood at its place is untouched, and nothing else in the folder changed."""

from __future__ import annotations

import os
import resource
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from shannon_core import leftovers
from shannon_core.atomic import AtomicFile
from shannon_core.errors import JobCancelled, TargetError
from shannon_core.places import part_notes_folder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A file that stands there already."""
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")
    return path


def only(path: Path) -> bool:
    """Whether the folder holds nothing beside the file, and no note is left."""
    return list(path.parent.iterdir()) == [path] and not any(part_notes_folder().glob("*"))


@contextmanager
def nobody() -> Iterator[None]:
    """Without the rights of root."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_complete_file_takes_its_place(target: Path) -> None:
    with AtomicFile(target, overwrite=True) as file:
        file.write(b"new")
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"
    assert only(target)


def test_a_new_file_is_private_and_a_replaced_one_keeps_its_mode(target: Path) -> None:
    target.chmod(0o644)
    fresh = target.with_name("fresh")
    for path in (target, fresh):
        with AtomicFile(path, overwrite=True) as file:
            file.write(b"x")
    assert stat.S_IMODE(target.stat().st_mode) == 0o644
    assert stat.S_IMODE(fresh.stat().st_mode) == 0o600


@pytest.mark.parametrize("error", [JobCancelled(), KeyboardInterrupt(), RuntimeError("a bug")])
def test_whatever_breaks_off_the_writing_leaves_the_old_file(target: Path, error: BaseException) -> None:
    with pytest.raises(type(error)), AtomicFile(target, overwrite=True) as file:
        file.write(b"new" * 100_000)
        raise error
    assert target.read_bytes() == b"old"
    assert only(target)


def test_a_cancel_while_verifying_leaves_the_old_file(target: Path) -> None:
    def stop() -> None:
        raise JobCancelled

    with pytest.raises(JobCancelled), AtomicFile(target, overwrite=True, check=stop) as file:
        file.write(b"new")
    assert target.read_bytes() == b"old"
    assert only(target)


def test_a_file_that_is_not_what_was_written_never_takes_its_place(target: Path) -> None:
    with (
        pytest.raises(TargetError, match="not written correctly"),
        AtomicFile(target, overwrite=True) as file,
    ):
        file.write(b"new")
        (part,) = target.parent.glob(".*.part")
        part.write_bytes(b"nex")
    assert target.read_bytes() == b"old"
    assert only(target)


def test_an_existing_file_is_kept_unless_somebody_agreed(target: Path) -> None:
    with pytest.raises(TargetError, match="already"), AtomicFile(target, overwrite=False) as file:
        file.write(b"new")
    assert target.read_bytes() == b"old"
    assert only(target)


def test_a_file_that_appears_meanwhile_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with pytest.raises(TargetError, match="already"), AtomicFile(path, overwrite=False) as file:
        file.write(b"new")
        path.write_bytes(b"somebody else's")
    assert path.read_bytes() == b"somebody else's"
    assert only(path)


def test_a_full_disk_is_a_clear_error_and_leaves_the_old_file(target: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, limits[1]))
    try:
        with pytest.raises(TargetError, match="no room"), AtomicFile(target, overwrite=True) as file:
            file.write(b"x" * (2 << 20))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert target.read_bytes() == b"old"
    assert only(target)


def test_a_folder_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    folder.chmod(0o500)
    with (
        nobody(),
        pytest.raises(TargetError, match="cannot be written"),
        AtomicFile(folder / "x", overwrite=True),
    ):
        pass
    assert list(folder.iterdir()) == []


def test_a_folder_or_a_pipe_is_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (tmp_path, pipe):
        with pytest.raises(TargetError), AtomicFile(path, overwrite=True):
            pass
    assert pipe.is_fifo()


def test_a_link_stays_a_link_to_the_new_content(target: Path) -> None:
    link = target.with_name("link.csv")
    link.symlink_to(target)
    with AtomicFile(link, overwrite=True) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_the_longest_name_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 255)
    with AtomicFile(path, overwrite=False) as file:
        file.write(b"x")
    assert path.read_bytes() == b"x"


KILLED = """
import os, signal, sys
from pathlib import Path
from shannon_core.atomic import AtomicFile
with AtomicFile(Path(sys.argv[1]), overwrite=True) as file:
    file.write(b"half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_program_left_is_removed_and_a_running_ones_is_not(target: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", KILLED, target], check=False, env=environment)
    stranger = target.with_name(".out.csv.0123456789ab.part")
    stranger.write_bytes(b"not ours")
    with AtomicFile(target.with_name("other"), overwrite=True):
        assert len(list(target.parent.glob(".*.part"))) == 3
        assert len(leftovers.sweep()) == 1
        assert len(list(target.parent.glob(".*.part"))) == 2
    assert target.read_bytes() == b"old"
    assert stranger.exists()
