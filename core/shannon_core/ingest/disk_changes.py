"""Finds what changed in the sources since they were read, by names, sizes and times alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from shannon_core.files.path_text import printable
from shannon_core.sources.discovery import discover

if TYPE_CHECKING:
    import duckdb

_SLACK_NS = 2_000_000_000
"""Nanoseconds by which times of files may be early: clocks of file systems lag, and FAT counts in steps of two
seconds."""


@dataclass(frozen=True, slots=True)
class SourceChanges:
    """Counts of files. ``grown`` is the bytes added to them, ``missing`` the sources that no longer exist."""

    new: int = 0
    changed: int = 0
    gone: int = 0
    grown: int = 0
    missing: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone or self.missing)


@dataclass(frozen=True, slots=True)
class ReadState:
    """Bytes and time (ns) of each file when it was read, by its name in the store, and when the reading began."""

    began_ns: int
    files: Mapping[str, tuple[int, int]]

    @classmethod
    def of(cls, connection: duckdb.DuckDBPyConnection, began_ns: int) -> ReadState:
        """The state of the files in the store."""
        rows = connection.sql("SELECT path, size, modified_ns FROM files").fetchall()
        return cls(began_ns, {path: (size, modified) for path, size, modified in rows})

    def compare(self, sources: Sequence[str], check: Callable[[], None] = lambda: None) -> SourceChanges:
        """Compare the sources with what was read. ``check`` is called between files and may raise to cancel.

        A file that was not read is new only if it is younger than the reading; else the reading skipped it.
        """
        there = [source for source in sources if Path(source).expanduser().exists()]
        new = changed = grown = 0
        current = set()
        for path, status in discover(there, check).status.items():
            name = printable(path)
            current.add(name)
            known = self.files.get(name)
            youngest = max(status.st_mtime_ns, status.st_ctime_ns)
            if known is None and youngest > self.began_ns - _SLACK_NS:
                new += 1
                grown += status.st_size
            elif known is not None and known != (status.st_size, status.st_mtime_ns):
                changed += 1
                grown += max(0, status.st_size - known[0])
        gone = len(self.files.keys() - current)
        return SourceChanges(new, changed, gone, grown, tuple(s for s in sources if s not in there))
