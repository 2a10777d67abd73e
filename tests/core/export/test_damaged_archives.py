"""Damage by the disk between writing an archive and reading it back is found and named."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from shannon_core.errors import JobCancelled, TargetError
from shannon_core.export.writers.zip_writer import Member, ZipWriter, verify_zip
from shannon_core.files.atomic_file import AtomicFile


def go_on() -> None:
    """Never cancels."""


def give_up() -> None:
    raise JobCancelled


def archive_at(path: Path) -> list[Member]:
    """An archive of three members."""
    with AtomicFile(path, overwrite=False) as file:
        archive = ZipWriter(file)
        for name in ("a.txt", "b.txt", "c.txt"):
            with archive.member(name) as write:
                write(name.encode() * 40 + bytes(range(256)))
        archive.finish()
    return archive.members


def test_that_a_spoiled_byte_anywhere_in_the_content_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    members = archive_at(path)
    verify_zip(path, go_on)
    whole = path.read_bytes()
    for member, after in itertools.pairwise(members):
        for position in range(
            after.offset - member.packed, after.offset - 1
        ):  # the last byte only ends the content
            path.write_bytes(whole[:position] + bytes([whole[position] ^ 0xFF]) + whole[position + 1 :])
            with pytest.raises(TargetError, match="cannot be read back"):
                verify_zip(path, go_on)


def test_that_a_cancel_ends_the_reading_of_an_archive(tmp_path: Path) -> None:
    archive_at(tmp_path / "a.zip")
    with pytest.raises(JobCancelled):
        verify_zip(tmp_path / "a.zip", give_up)
