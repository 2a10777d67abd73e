"""Packed logs (limits.md §3): what can be unpacked is read, and damage is named."""

from __future__ import annotations

import bz2
import gzip
import io
import os
import zipfile
import zlib
from pathlib import Path

import pyarrow as pa
import pytest

from harness.log_files import write_log
from harness.records.shannon import line, lines
from harness.workbench import Workbench

MANY = lines(range(1_000))
GZIP = gzip.compress(MANY, mtime=0)
SECOND = gzip.compress(lines(range(1_000, 1_100)), mtime=0)
CUT = "ends in the middle of its gzip stream"
DAMAGED = "is damaged"
GARBAGE = "has bytes after its end that are not gzip"


def zstd(content: bytes) -> bytes:
    """A zstd frame."""
    return pa.compress(content, "zstd", asbytes=True)


def stored(content: bytes, flags: int, optional: bytes) -> bytes:
    """A gzip member with optional fields in its header."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packer.compress(content) + packer.flush()
    trailer = zlib.crc32(content).to_bytes(4, "little") + len(content).to_bytes(4, "little")
    return b"\x1f\x8b\x08" + bytes([flags]) + bytes(6) + optional + body + trailer


def growing(content: bytes) -> bytes:
    """A gzip stream that was flushed and goes on."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packer.compress(content) + packer.flush(zlib.Z_SYNC_FLUSH)


WHOLE: list[tuple[str, bytes, int, str]] = [
    ("G01 one member", GZIP, 1_000, ""),
    ("G03 trailer cut", GZIP[:-4], 1_000, CUT),
    ("G03 no trailer", GZIP[:-8], 1_000, CUT),
    ("G04 two members", GZIP + SECOND, 1_100, ""),
    ("G04 a hundred members", b"".join(gzip.compress(line(n) + b"\n") for n in range(100)), 100, ""),
    ("G04 members that part a line", gzip.compress(MANY[:500]) + gzip.compress(MANY[500:]), 1_000, ""),
    ("G05 garbage after the member", GZIP + b"garbage", 1_000, GARBAGE),
    ("G05 one byte of garbage", GZIP + b"g", 1_000, GARBAGE),
    ("G06 zero padding", GZIP + bytes(512), 1_000, ""),
    ("G06 zeros between members", GZIP + bytes(512) + SECOND, 1_100, ""),
    ("G07 wrong checksum", GZIP[:-8] + bytes(4) + GZIP[-4:], 1_000, DAMAGED),
    ("G07 wrong size", GZIP[:-4] + bytes(4), 1_000, DAMAGED),
    ("G10 empty file", b"", 0, ""),
    ("G11 nothing packed", gzip.compress(b""), 0, ""),
    ("G16 still growing", growing(MANY), 1_000, CUT),
    ("optional fields in the header", stored(MANY, 4 | 8 | 16, b"\x02\x00ab" + b"name\0" + b"a comment\0"), 1_000, ""),
    ("checksum of the header", stored(MANY, 2, b"\0\0"), 1_000, ""),
    ("only the magic bytes", GZIP[:2], 0, CUT),
    ("half a header", GZIP[:7], 0, CUT),
    ("second member's header cut", GZIP + SECOND[:5], 1_000, CUT),
    ("zstd", zstd(MANY), 1_000, ""),
    ("zstd, two frames", zstd(MANY) + zstd(lines(range(1_000, 1_100))), 1_100, ""),
    ("G13 bzip2", bz2.compress(MANY), 0, "is bzip2, which is not read"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "events", "problem"), [case[1:] for case in WHOLE], ids=[case[0] for case in WHOLE]
)
@pytest.mark.parametrize("name", ["log.jsonl.gz", "log.jsonl"], ids=["named packed", "named plain"])
def test_that_the_bytes_tell_how_a_file_is_packed(
    bench: Workbench, tmp_path: Path, name: str, raw: bytes, events: int, problem: str
) -> None:
    log = write_log(tmp_path, raw, name)
    reading = bench.read(log)
    counts = reading.files[str(log)]
    assert (counts.understood, counts.rejected, counts.pending) == (events, 0, 0)
    assert counts.problem.startswith(problem)
    assert bool(counts.problem) == bool(problem)


def test_that_text_named_as_packed_is_read(bench: Workbench, tmp_path: Path) -> None:
    reading = bench.read(write_log(tmp_path, MANY, "log.jsonl.gz"))
    assert (len(reading.events), reading.problems) == (1_000, [])


def test_that_a_zip_archive_is_named_and_not_read(bench: Workbench, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("log.jsonl", MANY)
    assert bench.read(write_log(tmp_path, buffer.getvalue())).problems == [
        "is a ZIP archive, which is not read"
    ]


@pytest.mark.parametrize("kept", [100, 1_000, 3_000, len(GZIP) - 9])
def test_that_every_whole_line_before_the_cut_is_an_event(
    bench: Workbench, tmp_path: Path, kept: int
) -> None:
    log = write_log(tmp_path, GZIP[:kept], "log.jsonl.gz")
    counts = bench.read(log).files[str(log)]
    readable = zlib.decompressobj(31).decompress(GZIP[:kept])
    assert counts.understood == readable.count(b"\n")
    assert counts.pending == int(not readable.endswith(b"\n") and bool(readable))
    assert counts.problem.startswith(CUT)


def test_that_a_cut_second_member_keeps_the_first(bench: Workbench, tmp_path: Path) -> None:
    log = write_log(tmp_path, SECOND + GZIP[: len(GZIP) // 2], "log.jsonl.gz")
    counts = bench.read(log).files[str(log)]
    assert counts.understood > 100
    assert counts.problem.startswith(CUT)


def test_that_a_wrong_byte_in_the_middle_keeps_the_lines_before_it(bench: Workbench, tmp_path: Path) -> None:
    content = b"".join(line(n, note=os.urandom(40).hex()) + b"\n" for n in range(20_000))
    raw = bytearray(gzip.compress(content, mtime=0))
    raw[len(raw) // 2 : len(raw) // 2 + 8] = b"\xff" * 8
    log = write_log(tmp_path, bytes(raw), "log.jsonl.gz")
    counts = bench.read(log).files[str(log)]
    assert counts.understood > 5_000
    assert counts.problem.startswith(DAMAGED)


def test_that_a_damaged_zstd_file_keeps_what_came_before(bench: Workbench, tmp_path: Path) -> None:
    raw = zstd(MANY) + zstd(SECOND)[:20]
    reading = bench.read(write_log(tmp_path, raw, "log.jsonl.zst"), write_log(tmp_path, line(5_000) + b"\n"))
    assert len(reading.problems) == 1
    assert len(reading.events) >= 1


def test_that_a_cut_zstd_frame_is_said(bench: Workbench, tmp_path: Path) -> None:
    write_log(tmp_path, zstd(MANY)[:-100], "log.jsonl.zst")
    reading = bench.read(tmp_path)
    assert len(reading.problems) == 1


@pytest.mark.parametrize("pack", [gzip.compress, zstd], ids=["gzip", "zstd"])
def test_that_a_bomb_is_given_up_and_what_came_before_is_kept(
    bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: object
) -> None:
    monkeypatch.setattr("shannon_core.sources.decompression.BOMB_FLOOR", 1 << 20)
    monkeypatch.setattr("shannon_core.sources.decompression.BOMB_RATIO", 20)
    content = line(1) + b"\n" + b" \n" * (8 << 20)
    (problem,) = bench.read(write_log(tmp_path, pack(content), "log.jsonl.gz")).problems  # type: ignore[operator]
    assert problem == "unpacks to more than 20 times its size and was not read further"


def test_that_an_endless_packed_line_is_rejected(
    bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shannon_core.sources.line_reader.MAX_LINE_BYTES", 1 << 20)
    content = line(1) + b"\n" + b" " * (16 << 20) + b"\n" + line(2) + b"\n"
    reading = bench.read(write_log(tmp_path, gzip.compress(content), "log.jsonl.gz"))
    assert reading.rejects == [(2, "line_too_long")]
    assert reading.ids == ["e1", "e2"]
