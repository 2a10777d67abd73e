"""The private temporary folder of a process; the next start removes one that a killed process left.

A running process holds a lock on a file in its folder, which the system releases however the process ends. The file
gets its name once it is locked: a folder without it may be in the making, and is left alone. Where there are no such
locks (Windows, some network drives), an abandoned folder stays.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from shannon_core.files.app_paths import APP_NAME

_PREFIX = f"{APP_NAME}-"
_LOCK = "alive.lock"


class TempFolder:
    """A new folder, mode 0700, in the system's folder for temporary files. OSError where it cannot be created."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._lock = -1
        with suppress(OSError):  # without a lock it is not removed after a kill
            self._hold()

    def remove(self) -> None:
        """Release the lock, and remove the folder with its content."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1
        shutil.rmtree(self.path, ignore_errors=True)

    def _hold(self) -> None:
        unnamed = self.path / "lock"
        self._lock = os.open(unnamed, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        if _locked(self._lock):
            unnamed.rename(self.path / _LOCK)


def remove_abandoned() -> None:
    """Remove this user's folders whose process has ended; one that the system refuses to remove stays."""
    if sys.platform == "win32":
        return
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            if entry.name.startswith(_PREFIX) and _is_ours(entry.stat(follow_symlinks=False)):
                with suppress(OSError):
                    _remove_if_dead(Path(entry.path))


def _is_ours(status: os.stat_result) -> bool:
    is_private = stat.S_ISDIR(status.st_mode) and stat.S_IMODE(status.st_mode) == stat.S_IRWXU
    return is_private and status.st_uid == os.getuid()


def _remove_if_dead(folder: Path) -> None:
    lock = os.open(folder / _LOCK, os.O_RDWR | os.O_NOFOLLOW)
    try:
        if _locked(lock):
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)


def _locked(descriptor: int) -> bool:
    """Take the lock of the file, without waiting; whether this process holds it now."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
