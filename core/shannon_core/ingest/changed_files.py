"""Which files of some sources are new, changed or gone since a store was last brought up to date."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from shannon_core.files.path_text import printable
from shannon_core.jobs.control import Control
from shannon_core.jobs.progress import Notice
from shannon_core.sources.found_files import Discovery
from shannon_core.sources.line_reader import FileIdentity, LogFile
from shannon_core.sources.registry import recognise
from shannon_core.sources.source_kinds import SourceKind

OWN_EXPORT = b'{"_metadata": true'


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file to read: ``size`` is its bytes on the disk, ``kind`` what its beginning says it is."""

    path: Path
    size: int
    kind: SourceKind


@dataclass(frozen=True, slots=True)
class Changes:
    """Which files to read, those of one kind together, and which to forget."""

    changed: list[ChangedFile]
    gone: list[str]

    @classmethod
    def since(cls, connection: duckdb.DuckDBPyConnection, found: Discovery, control: Control) -> Changes:
        """Compare the files that were found with what the store remembers; what cannot be read is reported."""
        for path, reason in found.skipped:
            control.emit(Notice("warning", f"{printable(path)} was passed over: {reason}."))
        rows = connection.sql(
            "SELECT path, device, inode, size, modified_ns, head_hash FROM files"
        ).fetchall()
        known = {name: FileIdentity(*identity) for name, *identity in rows}
        changed: list[ChangedFile] = []
        current = set()
        for path in found.files:
            control.check()
            seen = _look_at(path, control)
            if seen is not None:
                identity, beginning = seen
                current.add(printable(path))
                if known.get(printable(path)) != identity:
                    changed.append(ChangedFile(path, identity.size, recognise(beginning)))
        changed.sort(key=lambda file: file.kind.name)
        return cls(changed, sorted(known.keys() - current))


def _look_at(path: Path, control: Control) -> tuple[FileIdentity, bytes] | None:
    """The file's identity and the beginning of its text, or None with a notice where it is not to be read."""
    try:
        with LogFile(path) as file:
            beginning = file.first_text()
            if not beginning.startswith(OWN_EXPORT):
                return file.identity, beginning
            control.emit(
                Notice("info", f"{printable(path)} is an export of this program and was passed over.")
            )
    except (OSError, ValueError) as error:
        control.emit(Notice("warning", f"{printable(path)} cannot be read: {reason_of(error)}."))
    return None


def reason_of(error: OSError | ValueError) -> str:
    """What the system says, without the file's name."""
    return getattr(error, "strerror", None) or str(error)
