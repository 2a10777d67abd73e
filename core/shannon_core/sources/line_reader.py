"""Reads the bytes of logs, as the only module: a file, at its size when it is opened, as Arrow batches of lines.

Lines end with LF (a CR before it is white space to JSON). No Python object is made per line: a block of bytes becomes
one Arrow string array whose offsets are the line ends. Compression is recognised by the first bytes, not by the name.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Self

import numpy as np
import pyarrow as pa

from shannon_core.event_schema import arrow_schema
from shannon_core.messages.rendering import Phrase
from shannon_core.sources.decompression import decompressor_for

BLOCK_BYTES = 4 << 20
"""Bytes read at a time: thousands of lines for one array, and a cancel is noticed between blocks."""
MAX_LINE_BYTES = 21_000_000
"""A longer line would take more memory to parse than DuckDB is given (store/database.py)."""
HEAD_BYTES = 4096
"""Bytes by which the compression and the source of a file are recognised: one page of a disk."""
LINE_BATCH_ROWS = 2_048
"""Lines of one Arrow batch: one vector of DuckDB, so that every core gets some."""


@dataclass(frozen=True, slots=True)
class FileIdentity:
    """The identity of a file's content when it was opened.

    ``head_hash`` detects a file that was replaced within one tick of the clock.
    """

    device: int
    inode: int
    size: int
    modified_ns: int
    head_hash: str


@dataclass(frozen=True, slots=True)
class RejectedLine:
    """A line that is not an event: its number, the code of the reason, and its beginning, safe to print."""

    line: int
    reason: str
    excerpt: str


@dataclass(slots=True)
class LineBlock:
    """Some lines of one file: batches of LINE_SCHEMA, ``size`` bytes in all; lines that are not text are ``rejected``.

    ``further`` counts the lines of records after their first one.
    """

    batches: list[pa.RecordBatch]
    size: int
    rejected: list[RejectedLine] = field(default_factory=list)
    further: int = 0


EXCERPT_CHARACTERS = 200
"""Characters of a rejected line that are shown."""
LONGEST_BLANK = 99
"""Bytes up to which SQL decides whether a line is blank; line_validation.py decides on longer ones."""
LINE_SCHEMA = arrow_schema(line=pa.string(), line_no=pa.int64())


def excerpt(line: bytes | str) -> str:
    """The first EXCERPT_CHARACTERS of a line, unprintable ones escaped."""
    text = (
        line[: 4 * EXCERPT_CHARACTERS].decode("utf-8", "backslashreplace")
        if isinstance(line, bytes)
        else line
    )
    visible = "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode()
        for c in text[:EXCERPT_CHARACTERS].rstrip("\r\n")
    )
    return visible[:EXCERPT_CHARACTERS]


class NotRegularError(ValueError):
    """The path is a folder, a device or a pipe."""


class LogFile:
    """One regular file, opened once, read to the size it had then.

    ``head`` is its first bytes on disk. Iterate once; afterwards ``tail`` is the unterminated last line (or empty),
    ``problem`` is why reading stopped early (or None), and ``position`` is the number of bytes that were read. OSError
    where it cannot be opened; NotRegularError where it is not a regular file.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = path
        # O_NONBLOCK: opening a FIFO without a writer would wait for ever
        self._fd = os.open(
            path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
        try:
            status = os.fstat(self._fd)
            if not stat.S_ISREG(status.st_mode):
                raise NotRegularError("not a regular file")
            self.head = os.read(self._fd, HEAD_BYTES)
        except BaseException:
            os.close(self._fd)
            raise
        os.lseek(self._fd, 0, os.SEEK_SET)
        digest = hashlib.blake2b(self.head.partition(b"\n")[0], digest_size=16).hexdigest()
        self.identity = FileIdentity(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, digest)
        self.position = 0
        self.tail = b""
        self.problem: Phrase | None = None
        self.lines = 0

    def first_text(self) -> bytes:
        """The beginning of the file's text: HEAD_BYTES, decompressed."""
        return next(decompressor_for(self.head).text(iter([self.head])), b"")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._fd)

    def __iter__(self) -> Iterator[LineBlock]:
        carry: list[bytes] = []
        carried = 0
        skipping = False
        for chunk in self.text_chunks():
            end = chunk.find(b"\n")
            if skipping:
                if end < 0:
                    continue
                skipping, chunk = False, chunk[end + 1 :]
            elif carried + (len(chunk) if end < 0 else end) > MAX_LINE_BYTES:
                yield self._too_long(b"".join([*carry, chunk]))
                carry, carried, skipping = [], 0, end < 0
                chunk = b"" if skipping else chunk[end + 1 :]
            cut = chunk.rfind(b"\n") + 1
            if cut:
                yield self._block(b"".join([*carry, chunk[:cut]]))
                carry, carried = [], 0
            carry.append(chunk[cut:])
            carried += len(chunk) - cut
        self.tail = b"".join(carry)

    def _too_long(self, beginning: bytes) -> LineBlock:
        self.lines += 1
        return LineBlock([], 0, [RejectedLine(self.lines, "line_too_long", excerpt(beginning))])

    def text_chunks(self) -> Iterator[bytes]:
        """Yield the text in chunks of a few megabytes, cut anywhere, for callers that do not need lines.

        Iterating reads from the same position: use one of the two.
        """
        decompressor = decompressor_for(self.head)
        yield from decompressor.text(self._raw_chunks())
        self.problem = self.problem or decompressor.problem

    def _raw_chunks(self) -> Iterator[bytes]:
        while (left := self.identity.size - self.position) > 0:
            try:
                raw = os.read(self._fd, min(BLOCK_BYTES, left))
            except OSError as error:
                self.problem = Phrase(
                    "read_stopped", {"position": self.position, "reason": error.strerror or str(error)}
                )
                return
            if not raw:
                self.problem = Phrase("cut_while_read", {"position": self.position})
                return
            self.position += len(raw)
            yield raw

    def _block(self, block: bytes) -> LineBlock:
        ends = np.flatnonzero(np.frombuffer(block, np.uint8) == 0x0A) + 1
        offsets = np.empty(len(ends) + 1, np.int32)
        offsets[0] = 0
        offsets[1:] = ends
        first = self.lines + 1
        self.lines += len(ends)
        numbers = pa.array(np.arange(first, self.lines + 1, dtype=np.int64))
        text = pa.StringArray.from_buffers(len(ends), pa.py_buffer(offsets.data), pa.py_buffer(block))
        try:
            text.validate(full=True)
        except pa.ArrowInvalid:
            return _without_broken_text(block, offsets, first)
        whole = pa.RecordBatch.from_arrays([text, numbers], schema=LINE_SCHEMA)
        batches = [whole.slice(start, LINE_BATCH_ROWS) for start in range(0, len(ends), LINE_BATCH_ROWS)]
        return LineBlock(batches, len(block))


def _without_broken_text(
    block: bytes, offsets: np.ndarray[tuple[int], np.dtype[np.int32]], first: int
) -> LineBlock:
    """A block with bytes that are not UTF-8, decoded line by line: slow, but only those lines are rejected."""
    texts, numbers, rejected = [], [], []
    for index, (start, end) in enumerate(pairwise(offsets)):
        line = block[start:end]
        try:
            texts.append(line.decode())
            numbers.append(first + index)
        except UnicodeDecodeError:
            rejected.append(RejectedLine(first + index, "invalid_utf8", excerpt(line)))
    return LineBlock(
        [pa.RecordBatch.from_pydict({"line": texts, "line_no": numbers}, schema=LINE_SCHEMA)],
        len(block),
        rejected,
    )
