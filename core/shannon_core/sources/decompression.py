"""Plain, gzip and zstd files as one stream of text bytes, recognised by their first bytes.

A stream's ``problem`` is None, or what is wrong once it has ended; the text before it is valid.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Protocol

import pyarrow as pa
from isal import isal_zlib

from shannon_core.messages.rendering import Phrase

MAX_PIECE = 4 << 20
"""Bytes of text that zstd gives at a time, as many as are read of a plain file."""
BOMB_FLOOR = 64 << 20
BOMB_RATIO = 1000
"""Bytes of text, and bytes of text per byte of the file. A stream beyond both is refused as a decompression bomb: logs
compress by far less, and a smaller one does no harm."""

GZIP_STEP = 64 << 10
"""Bytes decompressed at a time: as many at most are lost before a damaged place."""

_GZIP_MAGIC = b"\x1f\x8b"
_RAW_DEFLATE = -15  # zlib's wbits: a window of 32 KiB without a header
_TRAILER = struct.Struct("<II")
_FOREIGN = (
    (b"BZh", "is_bzip2"),
    (b"PK\x03\x04", "is_zip"),
    (b"\xff\xfe", "is_utf16"),
    (b"\xfe\xff", "is_utf16"),
)


class Decompressor(Protocol):
    """Decompresses one stream; ``text`` may be called once."""

    problem: Phrase | None

    def text(self, raw: Iterator[bytes]) -> Iterator[bytes]:
        """Yield the text of these raw bytes, in chunks of at most a few megabytes."""
        ...


def decompressor_for(head: bytes) -> Decompressor:
    """The decompressor for a file with these first bytes."""
    if head.startswith(_GZIP_MAGIC):
        return _Gzip()
    if head.startswith(b"\x28\xb5\x2f\xfd"):
        return _Zstd()
    for magic, code in _FOREIGN:
        if head.startswith(magic):
            return _Unsupported(code)
    return _Plain()


class _Plain:
    problem: Phrase | None = None

    def text(self, raw: Iterator[bytes]) -> Iterator[bytes]:
        return raw


class _Unsupported:
    def __init__(self, code: str) -> None:
        self.problem: Phrase | None = Phrase(code)

    def text(self, raw: Iterator[bytes]) -> Iterator[bytes]:
        return iter(())


class _Guard:
    """Detects decompression bombs, by the bytes taken in and given out."""

    def __init__(self) -> None:
        self.taken = self.given = 0

    def problem(self) -> Phrase | None:
        if self.given > BOMB_FLOOR and self.given > BOMB_RATIO * self.taken:
            return Phrase("unpacks_too_far", {"ratio": BOMB_RATIO})
        return None


class _Gzip:
    """gzip (RFC 1952): several members, zero padding after them, and a stream that still grows.

    The header and the trailer are parsed here, so that the text before a wrong checksum is kept.
    """

    def __init__(self) -> None:
        self.problem: Phrase | None = None
        self._guard = _Guard()
        self._rest = b""
        self._members = 0
        self._step = self._header
        self._begin()

    def text(self, raw: Iterator[bytes]) -> Iterator[bytes]:
        for piece in raw:
            self._guard.taken += len(piece)
            self._rest += piece
            going = True
            while going and not self.problem:
                text, going = self._step()
                if text:
                    yield text
            if self.problem:
                return
        if self._step != self._header or self._rest:
            self.problem = Phrase("gzip_cut")

    def _begin(self) -> None:
        self._member = isal_zlib.decompressobj(wbits=_RAW_DEFLATE)
        self._crc = self._size = 0

    def _header(self) -> tuple[bytes, bool]:
        if self._members:
            self._rest = self._rest.lstrip(b"\0")
        if self._rest and not self._rest.startswith(_GZIP_MAGIC[: len(self._rest)]):
            self.problem = Phrase("gzip_trailing")
        length = _header_length(self._rest)
        if length is None:
            return b"", False
        self._rest = self._rest[length:]
        self._begin()
        self._step = self._body
        return b"", True

    def _body(self) -> tuple[bytes, bool]:
        try:
            text = self._member.decompress(self._rest, GZIP_STEP)
        except isal_zlib.error as error:  # type: ignore[misc]  # the stubs say object
            self.problem = Phrase("stream_damaged", {"reason": str(error)})
            return b"", False
        self._crc = isal_zlib.crc32(text, self._crc)
        self._size += len(text)
        self._guard.given += len(text)
        self.problem = self._guard.problem()
        if self._member.eof:
            self._rest = self._member.unused_data
            self._step = self._trailer
            return text, True
        self._rest = self._member.unconsumed_tail
        return text, bool(self._rest) or len(text) == GZIP_STEP

    def _trailer(self) -> tuple[bytes, bool]:
        if len(self._rest) < _TRAILER.size:
            return b"", False
        if _TRAILER.unpack_from(self._rest) != (self._crc, self._size & 0xFFFFFFFF):
            self.problem = Phrase("checksum_wrong")
        self._rest = self._rest[_TRAILER.size :]
        self._members += 1
        self._step = self._header
        return b"", True


def _header_length(raw: bytes) -> int | None:
    """The length of a gzip header in bytes; None where it is not complete yet."""
    if len(raw) < 10:
        return None
    flags, end = raw[3], 10
    if flags & 4:
        if len(raw) < 12:
            return None
        end = 12 + int.from_bytes(raw[10:12], "little")
    for flag in (8, 16):  # name, comment: texts that end with NUL
        if flags & flag:
            end = raw.find(b"\0", end) + 1
            if not end:
                return None
    end += 2 if flags & 2 else 0
    return end if len(raw) >= end else None


class _Zstd:
    """Zstandard (RFC 8878), decompressed by Arrow."""

    def __init__(self) -> None:
        self.problem: Phrase | None = None
        self._guard = _Guard()

    def text(self, raw: Iterator[bytes]) -> Iterator[bytes]:
        with pa.CompressedInputStream(pa.PythonFile(_Pieces(raw, self._guard), "r"), "zstd") as stream:
            while not self.problem:
                try:
                    piece = stream.read(MAX_PIECE)
                except OSError as error:
                    self.problem = Phrase("stream_damaged", {"reason": str(error)})
                    return
                if not piece:
                    return
                self._guard.given += len(piece)
                yield piece
                self.problem = self._guard.problem()


class _Pieces(io.RawIOBase):
    """An iterator of bytes as a readable file."""

    def __init__(self, raw: Iterator[bytes], guard: _Guard) -> None:
        self._raw = raw
        self._guard = guard
        self._left = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if not self._left:
            self._left = next(self._raw, b"")
            self._guard.taken += len(self._left)
        piece, self._left = self._left[:size], self._left[size:]
        return piece
