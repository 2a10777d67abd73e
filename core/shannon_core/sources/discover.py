"""Which files a source names: a file is itself, a folder is every log below it.

Folders are walked without following links to folders; a file that is reachable twice is taken once, and so is a rollout that lies
there packed or archived as well. What is passed over is said, not hidden.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from shannon_core.errors import SourceError

LOG_SUFFIXES = (".jsonl", ".jsonl.gz", ".jsonl.zst")
_SET_ASIDE = (".orphaned", ".superseded")
"""What Claude Code puts into the name of a transcript that it has replaced by another (sources.md §1.1)."""
_ARCHIVE = "archived_sessions"
_ROLLOUT_FOLDERS = ("sessions", _ARCHIVE)


@dataclass(slots=True)
class Discovery:
    """The files of some sources in the order of their paths, what the system says of each, and what was passed over and why."""

    files: list[Path] = field(default_factory=list)
    skipped: list[tuple[Path, str]] = field(default_factory=list)
    status: dict[Path, os.stat_result] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes of all files, as they are on the disk."""
        return sum(status.st_size for status in self.status.values())

    @property
    def newest(self) -> float:
        """When the youngest file was changed, in seconds since 1970; 0 where there is none."""
        return max((status.st_mtime for status in self.status.values()), default=0.0)


def discover(sources: Sequence[str], check: Callable[[], None] = lambda: None) -> Discovery:
    """Every log file of these sources; ``check`` is called between files and may raise to give up.

    SourceError where a source does not exist or cannot be looked into.
    """
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
            check()
            _add(path, found, seen)
    _pass_over_copies(found)
    found.files.sort(key=os.fsencode)
    return found


def printable(path: Path | str) -> str:
    """A path as text: bytes that are not UTF-8 and control characters are escaped, so that no two paths look alike."""
    raw = os.fsencode(path)
    if os.sep != "\\":
        raw = raw.replace(b"\\", b"\\\\")
    text = raw.decode("utf-8", "backslashreplace")
    if text.isprintable():
        return text
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
                    elif not entry.name.lower().endswith(LOG_SUFFIXES):
                        continue
                    elif any(mark in entry.name for mark in _SET_ASIDE):
                        found.skipped.append((Path(entry.path), "its tool has set it aside"))
                    else:
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
        found.status[path] = status


def _pass_over_copies(found: Discovery) -> None:
    """Codex packs and archives rollouts; of the copies of one, the active and unpacked one counts (sources.md §3.1)."""
    best: dict[tuple[Path, str], Path] = {}
    for path in sorted((path for path in found.files if path.name.startswith("rollout-")), key=_rank):
        taken = best.setdefault(_rollout(path), path)
        if taken is not path:
            found.skipped.append((path, f"{printable(taken)} is the same rollout"))
            del found.status[path]
    found.files = [path for path in found.files if path in found.status]


def _rank(path: Path) -> tuple[bool, bool, bytes]:
    return _ARCHIVE in path.parts, path.suffix != ".jsonl", os.fsencode(path)


def _rollout(path: Path) -> tuple[Path, str]:
    """The home of Codex that the rollout belongs to, or else its folder, and its name without endings."""
    homes = (folder.parent for folder in path.parents if folder.name in _ROLLOUT_FOLDERS)
    return next(homes, path.parent), path.name.partition(".jsonl")[0]
