"""Finds the log files of sources: a source is a file, or a folder with every log below it.

Folders are walked without following links to folders; a file that is reachable twice is taken once. A source may
discard further copies of its files. Skipped files are reported with the reason.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from shannon_core.errors import SourceError
from shannon_core.files.path_text import printable
from shannon_core.messages.rendering import Phrase
from shannon_core.plugins import load
from shannon_core.sources.found_files import Discovery
from shannon_core.sources.registry import SOURCES

LOG_SUFFIXES = (".jsonl", ".jsonl.gz", ".jsonl.zst")


def discover(sources: Sequence[str], check: Callable[[], None] = lambda: None) -> Discovery:
    """Every log file of these sources; ``check`` is called between files and may raise to cancel.

    SourceError where a source does not exist or its folder cannot be read.
    """
    found = Discovery()
    seen: set[tuple[int, int]] = set()
    for source in sources:
        root = Path(source).expanduser()
        try:
            status = root.stat()
        except OSError as error:
            raise SourceError(
                "source_unreadable", path=printable(root), reason=error.strerror or str(error)
            ) from error
        for path in _walk(root, found) if stat.S_ISDIR(status.st_mode) else [root]:
            check()
            _add(path, found, seen)
    for spec in SOURCES.built_in():
        if spec.discard_copies:
            load(spec.discard_copies)(found)
    found.files.sort(key=os.fsencode)
    return found


def _walk(folder: Path, found: Discovery) -> Iterator[Path]:
    set_aside = [mark for spec in SOURCES.built_in() for mark in spec.set_aside]
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
                    elif any(mark in entry.name for mark in set_aside):
                        found.skipped.append((Path(entry.path), Phrase("set_aside")))
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
        found.skipped.append((path, Phrase("not_regular")))
    elif (status.st_dev, status.st_ino) not in seen:
        seen.add((status.st_dev, status.st_ino))
        found.files.append(path)
        found.status[path] = status
