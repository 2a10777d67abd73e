"""Finds which files of the sources are new, changed or gone since the store was last updated."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from shannon_core.files.path_text import printable
from shannon_core.ingest.package_sources import sql_digest
from shannon_core.jobs.control import Control
from shannon_core.jobs.plugin_notices import plugin_notices
from shannon_core.jobs.progress import Notice
from shannon_core.messages.rendering import Phrase
from shannon_core.sources.found_files import Discovery
from shannon_core.sources.line_reader import FileIdentity, LogFile, NotRegularError
from shannon_core.sources.recognition import fallback, recognise
from shannon_core.sources.registry import SOURCES, SourceSpec

OWN_EXPORT = b'{"_metadata": true'
"""The beginning of a JSONL export: reading it would count its events again."""


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file to read: ``size`` is its bytes on disk, ``spec`` the source recognised by its beginning."""

    path: Path
    size: int
    spec: SourceSpec


@dataclass(frozen=True, slots=True)
class Changes:
    """The files to read, grouped by source, and the names of those whose rows are to be deleted."""

    changed: list[ChangedFile]
    gone: list[str]

    @classmethod
    def since(cls, connection: duckdb.DuckDBPyConnection, found: Discovery, control: Control) -> Changes:
        """Compare the files that were found with those of the store; a notice reports each that cannot be read."""
        for path, reason in found.skipped:
            control.emit(Notice("file_passed_over", {"path": printable(path), "reason": reason}))
        known = _known_files(connection)
        absent = {file.source for file in known.values() if SOURCES.get(file.source) is None}
        changed: list[ChangedFile] = []
        current, asks_packages = set(), bool(absent)
        for path in found.files:
            control.check()
            seen = _inspect(path, control)
            if seen is not None:
                identity, beginning = seen
                current.add(printable(path))
                if not _is_current(known.get(printable(path)), identity, beginning):
                    spec = recognise(beginning)
                    asks_packages |= spec is None or spec.id not in SOURCES.built_in_ids
                    changed.append(ChangedFile(path, identity.size, spec or fallback()))
        if asks_packages:
            _report_packages(absent, control)
        changed.sort(key=lambda file: file.spec.id)
        return cls(changed, sorted(known.keys() - current))


@dataclass(frozen=True, slots=True)
class _KnownFile:
    """A file of the store; ``understood`` counts the lines that its source could parse."""

    identity: FileIdentity
    source: str
    understood: int
    sql_digest: str


def _known_files(connection: duckdb.DuckDBPyConnection) -> dict[str, _KnownFile]:
    rows = connection.sql(
        "SELECT path, source, understood, sql_digest, device, inode, size, modified_ns, head_hash FROM files"
    ).fetchall()
    return {
        path: _KnownFile(FileIdentity(*identity), source, understood, digest)
        for path, source, understood, digest, *identity in rows
    }


def _report_packages(absent: set[str], control: Control) -> None:
    """Report sources of the store that are no longer installed, and broken entry points."""
    for id_ in sorted(absent):
        control.emit(Notice("source_gone", {"source": id_}))
    for notice in plugin_notices(SOURCES):
        control.emit(notice)


def _is_current(known: _KnownFile | None, identity: FileIdentity, beginning: bytes) -> bool:
    """Whether the rows of the store are those that reading the file now would give."""
    if known is None or known.identity != identity:
        return False
    spec = SOURCES.get(known.source)
    if spec is None or known.sql_digest != sql_digest(spec):
        return False
    if not spec.is_fallback or known.understood:
        return True
    return recognise(beginning) in (None, spec)  # else a package that recognises it was installed since


def _inspect(path: Path, control: Control) -> tuple[FileIdentity, bytes] | None:
    """The file's identity and the beginning of its text; None, with a notice, for a file that is not to be read."""
    try:
        with LogFile(path) as file:
            beginning = file.first_text()
            if not beginning.startswith(OWN_EXPORT):
                return file.identity, beginning
            control.emit(Notice("own_export", {"path": printable(path)}))
    except (OSError, ValueError) as error:
        control.emit(Notice("file_unreadable", {"path": printable(path), "reason": reason_of(error)}))
    return None


def reason_of(error: OSError | ValueError) -> str | Phrase:
    """The reason of the system, without the file's name."""
    if isinstance(error, NotRegularError):
        return Phrase("not_regular")
    return getattr(error, "strerror", None) or str(error)
