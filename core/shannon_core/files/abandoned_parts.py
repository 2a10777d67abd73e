"""Registers the part files that are being written, so that the next start removes those of a killed process.

Each part has one small entry in the cache folder, named after the process. Only a registered part is ever removed:
the same file (device and inode), of a process that no longer runs.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import stat
from pathlib import Path

from shannon_core.files.app_paths import part_notes_folder

_NAME = re.compile(r"[0-9]{1,9}-[0-9a-f]+\.json")


def register(part: Path, status: os.stat_result) -> Path | None:
    """The entry that registers the part as written by this process; None where the cache folder refuses it."""
    folder = part_notes_folder()
    path = folder / f"{os.getpid()}-{secrets.token_hex(6)}.json"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(
            json.dumps({"part": os.fsdecode(part), "device": status.st_dev, "inode": status.st_ino})
        )
    except OSError:
        return None  # a full or read-only cache must not prevent an export
    return path


def unregister(entry: Path | None) -> None:
    """Remove the entry: the part was removed, or renamed to its target."""
    if entry is not None:
        with contextlib.suppress(OSError):
            entry.unlink()


def remove_abandoned() -> list[Path]:
    """Remove the parts of processes that no longer run; the paths of those that were removed."""
    removed = []
    for entry in _entries():
        if _is_running(int(entry.name.partition("-")[0])):
            continue
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            wanted = json.loads(entry.read_text())
            part = Path(wanted["part"])
            status = part.lstat()
            same = (status.st_dev, status.st_ino) == (wanted["device"], wanted["inode"])
            if same and stat.S_ISREG(status.st_mode) and part.name.endswith(".part"):
                part.unlink()
                removed.append(part)
        unregister(entry)
    return removed


def _entries() -> list[Path]:
    """The entries in the cache folder; none where it cannot be read."""
    try:
        return [path for path in part_notes_folder().glob("*.json") if _NAME.fullmatch(path.name)]
    except OSError:
        return []


def _is_running(process: int) -> bool:
    if process == os.getpid():
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OSError):
        return True
    return True
