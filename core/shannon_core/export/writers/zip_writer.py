"""A ZIP archive (APPNOTE 6.3.10) written member by member as a stream, deflated by ISA-L.

The standard library's zipfile deflates with zlib only, about five times slower. Sizes are patched into each member's
header once they are known, so that no reader meets a data descriptor; dates are fixed, so that equal input gives equal
bytes. A member that fails is taken back.
"""

from __future__ import annotations

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from isal import isal_zlib

from shannon_core.errors import TargetError
from shannon_core.export.snapshot import Snapshot
from shannon_core.files.atomic_file import VERIFY_BYTES, AtomicFile

DEFLATE_LEVEL = 1  # of ISA-L's 0 to 3: a quarter smaller than 0 in the same time
_RAW_DEFLATE = -15  # zlib's wbits: a window of 32 KiB without a header
_LIMIT = 0xFFFFFFFF  # from this value on, ZIP64 fields hold a size or an offset
_DATE_1980 = 0x0021
_UTF8_NAME = 0x0800
_DEFLATED = 8
_ZIP64 = 0x0001
_PADDING = 0xD935
"""The id of an extra field that readers ignore: it reserves the space for ZIP64 sizes."""


@dataclass(frozen=True, slots=True)
class Member:
    """One complete member; ``sha256`` is of its content."""

    name: str
    offset: int
    crc: int
    packed: int
    size: int
    sha256: str


class ZipWriter:
    """Writes members to an AtomicFile; ``finish`` writes the directory."""

    def __init__(self, file: AtomicFile) -> None:
        self._file = file
        self.members: list[Member] = []

    @contextmanager
    def member(self, name: str) -> Iterator[Callable[[bytes | memoryview], None]]:
        """Yield a function that takes the bytes of a member; where the block fails, the member is removed."""
        start = self._file.tell()
        packer = _Packer(self._file)
        self._file.write(_local_header(name, 0, 0, 0))
        try:
            yield packer.write
            packer.finish()
        except BaseException:
            self._file.truncate(start)
            raise
        self._file.patch(start, _local_header(name, packer.crc, packer.packed, packer.size))
        self.members.append(
            Member(name, start, packer.crc, packer.packed, packer.size, packer.digest.hexdigest())
        )

    def finish(self) -> None:
        """Write the central directory, which completes the archive."""
        start = self._file.tell()
        for member in self.members:
            self._file.write(_directory_entry(member))
        self._file.write(_end_of_directory(len(self.members), start, self._file.tell() - start))


class _Packer:
    def __init__(self, file: AtomicFile) -> None:
        self._file = file
        self._compressor = isal_zlib.compressobj(DEFLATE_LEVEL, isal_zlib.DEFLATED, _RAW_DEFLATE)
        self.digest = hashlib.sha256()
        self.crc = self.packed = self.size = 0

    def write(self, content: bytes | memoryview) -> None:
        self.crc = isal_zlib.crc32(content, self.crc)
        self.digest.update(content)
        self.size += len(content)
        self.packed += self._file.write(self._compressor.compress(content))

    def finish(self) -> None:
        self.packed += self._file.write(self._compressor.flush())


def _local_header(name: str, crc: int, packed: int, size: int) -> bytes:
    raw = name.encode()
    large = max(packed, size) >= _LIMIT
    extra = struct.pack("<HHQQ", _ZIP64, 16, size, packed) if large else struct.pack("<HH16x", _PADDING, 16)
    sizes = (_LIMIT, _LIMIT) if large else (packed, size)
    head = struct.pack(
        "<IHHHHHIIIHH",
        0x04034B50,
        45 if large else 20,
        _UTF8_NAME,
        _DEFLATED,
        0,
        _DATE_1980,
        crc,
        *sizes,
        len(raw),
        len(extra),
    )
    return head + raw + extra


def _directory_entry(member: Member) -> bytes:
    raw = member.name.encode()
    fields = (member.size, member.packed, member.offset)
    large = [value for value in fields if value >= _LIMIT]
    extra = struct.pack(f"<HH{len(large)}Q", _ZIP64, 8 * len(large), *large) if large else b""
    size, packed, offset = (min(value, _LIMIT) for value in fields)
    version = 45 if large else 20
    head = struct.pack(
        "<IHHHHHHIIIHHHHHII",
        *(0x02014B50, version, version, _UTF8_NAME, _DEFLATED, 0, _DATE_1980, member.crc, packed, size),
        *(len(raw), len(extra), 0, 0, 0, 0, offset),
    )
    return head + raw + extra


def _end_of_directory(count: int, start: int, size: int) -> bytes:
    end = b""
    if count >= 0xFFFF or max(start, size) >= _LIMIT:
        end = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, count, count, size, start)
        end += struct.pack("<IIQI", 0x07064B50, 0, start + size, 1)
    few = min(count, 0xFFFF)
    return end + struct.pack(
        "<IHHHHIIH", 0x06054B50, 0, 0, few, few, min(size, _LIMIT), min(start, _LIMIT), 0
    )


def verify_archive(part: Path, snapshot: Snapshot) -> None:
    """Verify a complete archive of an export; TargetError where a member is damaged."""
    verify_zip(part, snapshot.control.check)


def verify_zip(part: Path, check: Callable[[], None]) -> None:
    """Read every member with the standard library, which compares checksums; TargetError where one is damaged.

    Two members are read at once, the largest first, each through an archive of its own: an archive must not be shared
    by threads.
    """
    try:
        with zipfile.ZipFile(part) as archive:
            members = sorted(archive.infolist(), key=lambda info: -info.file_size)
        with ThreadPoolExecutor(2, "shannon-verify") as readers:
            for _ in readers.map(lambda info: _read_through(part, info, check), members):
                pass
    except (zipfile.BadZipFile, zlib.error, OSError) as error:
        raise TargetError("archive_unreadable", reason=str(error)) from error


def _read_through(part: Path, info: zipfile.ZipInfo, check: Callable[[], None]) -> None:
    with zipfile.ZipFile(part) as archive, archive.open(info) as member:
        while member.read(VERIFY_BYTES):
            check()
