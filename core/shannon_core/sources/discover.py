"""Which files a source names: a file is itself, a folder is every log below it.

Folders are walked without following links to folders; a file that is reachable twice is taken once. What is passed over is
said, not hidden.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from shannon_core.errors import SourceError

LOG_SUFFIXES = (".jsonl", ".jsonl.gz", ".jsonl.zst")


KNOWN_FOLDERS = {"shannon": ("~/.shannon-mcp/analytics", "~/.shannon-mcp")}
"""Where each tool keeps its logs; the first of a tool's folders that holds any counts."""


@dataclass(frozen=True, slots=True)
class FoundFolder:
    """A folder with logs on this computer. ``size`` is bytes on the disk."""

    source: str
    folder: Path
    files: int
    size: int


@dataclass(slots=True)
class Discovery:
    """The files of some sources in the order of their paths, and what was passed over with the reason."""

    files: list[Path] = field(default_factory=list)
    skipped: list[tuple[Path, str]] = field(default_factory=list)


def discover(sources: Sequence[str]) -> Discovery:
    """Every log file of these sources. SourceError where one does not exist or cannot be looked into."""
    found = Discovery()
    seen: set[tuple[int, int]] = set()
    for source in sources:
        root = Path(source).expanduser()
        try:
            status = root.stat()
        except OSError as error:
            raise SourceError(
                f"{printable(root)} cannot be read.",
                error.strerror or str(error),
                "Check the name and its permissions.",
            ) from error
        for path in _walk(root, found) if stat.S_ISDIR(status.st_mode) else [root]:
            _add(path, found, seen)
    found.files.sort(key=os.fsencode)
    return found


def found_on_this_computer() -> list[FoundFolder]:
    """The log folders of the tools that are known, with what they hold; nothing is read."""
    found = []
    for source, names in KNOWN_FOLDERS.items():
        for folder in (Path(name).expanduser() for name in names):
            files = discover([str(folder)]).files if folder.is_dir() else []
            if files:
                found.append(
                    FoundFolder(source, folder, len(files), sum(path.stat().st_size for path in files))
                )
                break
    return found


def printable(path: Path | str) -> str:
    """A path as text: bytes that are not UTF-8 and control characters are escaped, so that no two paths look alike."""
    raw = os.fsencode(path)
    if os.sep != "\\":
        raw = raw.replace(b"\\", b"\\\\")
    text = raw.decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _walk(folder: Path, found: Discovery) -> Iterator[Path]:
    waiting = [folder]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(Path(entry.path))
                    elif entry.name.lower().endswith(LOG_SUFFIXES):
                        yield Path(entry.path)
        except OSError as error:
            found.skipped.append((folder, error.strerror or str(error)))


def _add(path: Path, found: Discovery, seen: set[tuple[int, int]]) -> None:
    try:
        status = path.stat()
    except OSError as error:
        found.skipped.append((path, error.strerror or str(error)))
        return
    if not stat.S_ISREG(status.st_mode):
        found.skipped.append((path, "not a regular file"))
    elif (status.st_dev, status.st_ino) not in seen:
        seen.add((status.st_dev, status.st_ino))
        found.files.append(path)
