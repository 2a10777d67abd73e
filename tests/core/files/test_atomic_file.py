"""Bytes of an atomic file: all of them, patched, truncated, and compared before the file takes its place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from harness.faults import OLD, content_of
from harness.privileges import grant_access, needs_root, without_privileges
from shannon_core.errors import TargetError
from shannon_core.files.atomic_file import AtomicFile


@needs_root
def test_that_a_cache_without_room_for_notes_does_not_prevent_writing(
    own_cache: Path, tmp_path: Path
) -> None:
    grant_access(tmp_path)
    tmp_path.chmod(0o777)
    own_cache.chmod(0o555)
    grant_access(own_cache)
    with without_privileges(), AtomicFile(tmp_path / "out", overwrite=False) as file:
        file.write(b"x")
    assert (tmp_path / "out").read_bytes() == b"x"


@pytest.mark.parametrize(
    "pieces", [[b""], [b"a", b"bc"], [b"x" * 100_000] * 3, [memoryview(b"view"), bytearray(b"array")]]
)
def test_that_every_byte_is_written(tmp_path: Path, pieces: list[bytes]) -> None:
    with AtomicFile(tmp_path / "out", overwrite=False) as file:
        assert [file.write(piece) for piece in pieces] == [len(piece) for piece in pieces]
    assert (tmp_path / "out").read_bytes() == b"".join(pieces)


def test_that_a_system_that_takes_few_bytes_at_a_time_gets_all_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr("shannon_core.files.atomic_file.os.write", lambda fd, view: write(fd, view[:7]))
    with AtomicFile(tmp_path / "out", overwrite=False) as file:
        file.write(b"0123456789" * 10)
    assert (tmp_path / "out").read_bytes() == b"0123456789" * 10


def test_that_patched_and_truncated_bytes_are_as_they_should(tmp_path: Path) -> None:
    with AtomicFile(tmp_path / "out", overwrite=False) as file:
        file.write(b"????content")
        file.patch(0, b"HEAD")
        file.write(b" and a tail")
        file.truncate(len(b"HEADcontent"))
        file.write(b"!")
        assert file.tell() == len(b"HEADcontent!")
    assert (tmp_path / "out").read_bytes() == b"HEADcontent!"


def test_that_a_file_that_is_not_what_was_written_never_takes_its_place(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.write_bytes(OLD)
    with (
        pytest.raises(TargetError, match="not written correctly"),
        AtomicFile(target, overwrite=True) as file,
    ):
        file.write(b"new")
        (part,) = tmp_path.glob(".*.part")
        part.write_bytes(b"nex")
    assert content_of(tmp_path) == {"out": OLD}
