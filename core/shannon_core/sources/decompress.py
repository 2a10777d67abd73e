"""Plain, gzip and zstd files as one stream of text bytes, told apart by their first bytes.

A stream's ``problem`` is empty or says, once it has ended, what is wrong; what came out before it stays valid.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Protocol

import pyarrow as pa
from isal import isal_zlib

MAX_PIECE = 4 << 20
BOMB_FLOOR = 64 << 20
BOMB_RATIO = 1000

_GZIP_HEADER = 31
_FOREIGN = (
    (b"BZh", "bzip2"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\xff\xfe", "UTF-16 text"),
    (b"\xfe\xff", "UTF-16 text"),
)


class Decompressor(Protocol):
    """One stream; ``text`` is called once."""

    problem: str

    def text(self, raw: Iterator[bytes]) -> Iterator[bytes]:
        """The text of these raw bytes, in pieces of a few megabytes."""
        ...


def decompressor_for(head: bytes) -> Decompressor:
    """The decompressor for a file that begins so."""
    if head.startswith(b"\x1f\x8b"):
        return _Gzip()
    if head.startswith(b"\x28\xb5\x2f\xfd"):
        return _Zstd()
    for magic, name in _FOREIGN:
        if head.startswith(magic):
            return _Unsupported(name)
    return _Plain()


class _Plain:
    problem = ""

    def text(self, raw: Iterator[bytes]) -> Iterator[bytes]:
        return raw


class _Unsupported:
    def __init__(self, name: str) -> None:
        self.problem = f"is {name}, which is not read"

    def text(self, raw: Iterator[bytes]) -> Iterator[bytes]:
        return iter(())


class _Guard:
    """Notices a file that unpacks to absurdly more than it holds."""

    def __init__(self) -> None:
        self.taken = self.given = 0

    def problem(self) -> str:
        if self.given > BOMB_FLOOR and self.given > BOMB_RATIO * self.taken:
            return f"unpacks to more than {BOMB_RATIO} times its size and was not read further"
        return ""


class _Gzip:
    """gzip (RFC 1952): several members, zero padding after them, and a stream that still grows."""

    def __init__(self) -> None:
        self.problem = ""
        self._guard = _Guard()
        self._member = isal_zlib.decompressobj(wbits=_GZIP_HEADER)

    def text(self, raw: Iterator[bytes]) -> Iterator[bytes]:
        for piece in raw:
            self._guard.taken += len(piece)
            yield from self._unpacked(piece)
            if self.problem:
                return
        if self._guard.taken and not self._member.eof:
            self.problem = "ends in the middle of its gzip stream (cut, or still being written)"

    def _unpacked(self, piece: bytes) -> Iterator[bytes]:
        while piece and not self.problem:
            if self._member.eof:
                piece = self._next_member(piece)
                continue
            try:
                text = self._member.decompress(piece, MAX_PIECE)
            except isal_zlib.error as error:  # type: ignore[misc]  # the stubs say object
                self.problem = f"is damaged: {error}"
                return
            self._guard.given += len(text)
            if text:
                yield text
            self.problem = self._guard.problem()
            piece = self._member.unused_data if self._member.eof else self._member.unconsumed_tail

    def _next_member(self, piece: bytes) -> bytes:
        piece = piece.lstrip(b"\0")
        if piece and not piece.startswith(b"\x1f"):
            self.problem = "has bytes after its end that are not gzip"
        elif piece:
            self._member = isal_zlib.decompressobj(wbits=_GZIP_HEADER)
        return piece


class _Zstd:
    """Zstandard (RFC 8878), unpacked by Arrow."""

    def __init__(self) -> None:
        self.problem = ""
        self._guard = _Guard()

    def text(self, raw: Iterator[bytes]) -> Iterator[bytes]:
        with pa.CompressedInputStream(pa.PythonFile(_Pieces(raw, self._guard), "r"), "zstd") as stream:
            while not self.problem:
                try:
                    piece = stream.read(MAX_PIECE)
                except OSError as error:
                    self.problem = f"is damaged: {error}"
                    return
                if not piece:
                    return
                self._guard.given += len(piece)
                yield piece
                self.problem = self._guard.problem()


class _Pieces(io.RawIOBase):
    """An iterator of bytes as a file to read from."""

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
