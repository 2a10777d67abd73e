"""Reads the lines of changed files, block by block, prefetched in a thread of their own."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from shannon_core.ingest.changed_files import ChangedFile, reason_of
from shannon_core.jobs.prefetch import prefetch
from shannon_core.messages.rendering import Phrase
from shannon_core.sources.line_reader import LineBlock, LogFile
from shannon_core.sources.multiline_records import unfolded

PREFETCHED_LINE_BYTES = 48 << 20
"""Bytes of lines that are prefetched, about: half of a statement (refresh.py), read while the one before is parsed."""


@dataclass(frozen=True, slots=True)
class FileBlock:
    """A block of lines of the file ``number``, read up to ``position`` (bytes).

    A last one without ``lines`` follows when the file is read to its end. Without ``file`` it could not be opened, and
    ``problem`` says why.
    """

    number: int
    file: LogFile | None = None
    position: int = 0
    lines: LineBlock | None = None
    problem: str | Phrase = ""

    def size(self) -> int:
        """Bytes of its lines; 0 without any."""
        return self.lines.size if self.lines else 0


def file_blocks(files: Sequence[ChangedFile]) -> Generator[FileBlock, None, None]:
    """Yields the files' blocks in order; close the generator to stop."""
    return prefetch(_read(files), FileBlock.size, PREFETCHED_LINE_BYTES)


def _read(files: Sequence[ChangedFile]) -> Iterator[FileBlock]:
    for number, changed in enumerate(files):
        try:
            with LogFile(changed.path) as file:
                for block in unfolded(file) if changed.spec.spans_lines else file:
                    yield FileBlock(number, file, file.position, block)
                yield FileBlock(number, file, file.position)
        except (OSError, ValueError) as error:
            yield FileBlock(number, problem=reason_of(error))
