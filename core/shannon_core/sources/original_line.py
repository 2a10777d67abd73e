"""Reads the line of a log from which an event was read, as the file holds it now; it is shown and never stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from shannon_core.files.path_text import path_of
from shannon_core.jobs.control import Control
from shannon_core.messages.rendering import Phrase
from shannon_core.sources.line_reader import FileIdentity, LogFile

MAX_SHOWN_BYTES = 1 << 20
"""Bytes of a line that are kept: more than a window shows usefully, and a fixed bound of memory."""

State = Literal["unchanged", "changed", "no_line", "no_file", "unreadable"]


@dataclass(frozen=True, slots=True)
class OriginalLine:
    """Line ``line`` of ``file``, from 1.

    ``text`` is its beginning, up to MAX_SHOWN_BYTES; ``length`` is the whole line in bytes. ``state`` says whether the
    file is unchanged since it was read into the store; ``problem`` is the system's reason for an unreadable one.
    """

    file: str
    line: int
    state: State
    text: str = ""
    length: int = 0
    problem: str | Phrase = ""

    @property
    def is_cut(self) -> bool:
        """Whether ``text`` is shorter than the line."""
        return self.length > MAX_SHOWN_BYTES


def read_original(name: str, line: int, known: FileIdentity | None, control: Control) -> OriginalLine:
    """Line ``line`` (from 1) of the file that the store calls ``name``; ``known`` is its identity in the store."""
    try:
        path = path_of(name)
        if path is None:
            return OriginalLine(name, line, "no_file")
        with LogFile(path) as file:
            state: State = "unchanged" if file.identity == known else "changed"
            found = _line(file.text_chunks(), line, control)
            if found is None:
                return OriginalLine(
                    name, line, "unreadable" if file.problem else "no_line", problem=file.problem or ""
                )
    except FileNotFoundError:
        return OriginalLine(name, line, "no_file")
    except (OSError, ValueError) as error:
        return OriginalLine(name, line, "unreadable", problem=getattr(error, "strerror", None) or str(error))
    raw, length = found
    return OriginalLine(name, line, state, raw.decode("utf-8", "replace"), length)


def _line(chunks: Iterator[bytes], number: int, control: Control) -> tuple[bytes, int] | None:
    """The beginning of a line and its length; None where there are fewer lines, or after a cancel."""
    above = number - 1
    kept, length = b"", 0
    for chunk in chunks:
        if control.cancelled:
            return None
        start = 0
        if above:
            breaks = chunk.count(b"\n")
            if breaks < above:
                above -= breaks
                continue
            start = int(np.flatnonzero(np.frombuffer(chunk, np.uint8) == 0x0A)[above - 1]) + 1
            above = 0
        end = chunk.find(b"\n", start)
        piece = chunk[start:] if end < 0 else chunk[start:end]
        kept += piece[: MAX_SHOWN_BYTES - len(kept)]
        length += len(piece)
        if end >= 0:
            return kept, length
    return (kept, length) if length else None
