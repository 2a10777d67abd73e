"""The lines of changed files, block by block, read ahead in a thread of their own."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from shannon_core.ingest.changed_files import ChangedFile, reason_of
from shannon_core.jobs.prefetch import prefetch
from shannon_core.messages.rendering import Phrase
from shannon_core.sources.line_reader import LineBlock, LogFile
from shannon_core.sources.multiline_records import unfolded

AHEAD_BYTES = 48 << 20
"""Bytes of lines, roughly, that may wait to be parsed."""


@dataclass(frozen=True, slots=True)
class FileBlock:
    """A block of the file ``number``, read up to ``position``; the last piece of a file has none, and then ``file`` is
    at its end.

    Without a file, ``problem`` says why it could not be opened.
    """

    number: int
    file: LogFile | None = None
    position: int = 0
    lines: LineBlock | None = None
    problem: str | Phrase = ""

    def size(self) -> int:
        """Bytes of lines."""
        return self.lines.size if self.lines else 0


def file_blocks(files: Sequence[ChangedFile]) -> Generator[FileBlock, None, None]:
    """Yields the files' blocks in order; close the generator to stop."""
    return prefetch(_read(files), FileBlock.size, AHEAD_BYTES)


def _read(files: Sequence[ChangedFile]) -> Iterator[FileBlock]:
    for number, changed in enumerate(files):
        try:
            with LogFile(changed.path) as file:
                for block in unfolded(file) if changed.spec.spans_lines else file:
                    yield FileBlock(number, file, file.position, block)
                yield FileBlock(number, file, file.position)
        except (OSError, ValueError) as error:
            yield FileBlock(number, problem=reason_of(error))
