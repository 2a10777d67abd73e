"""The only way that any file is created: complete and verified, or not at all.

A file is written beside its target as ``.<name>.<random>.part``, made durable, verified by reading it again, and only
then renamed to its target. After a crash, a full disk or a cancel the target is absent, unchanged, or complete. The
part is registered in the cache folder, so that the next start removes what a killed process left.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from isal import isal_zlib

from shannon_core.errors import TargetError
from shannon_core.files import abandoned_parts

VERIFY_BYTES = 4 << 20
"""Bytes that are read at a time to verify a file: cancellation is checked between reads."""
SYNC_BYTES = 32 << 20
"""Bytes between fsyncs; one fsync at the end could block cancellation for seconds."""
_MAX_NAME = 180
"""Bytes of the target's name that its part repeats: with the 19 that are added, a name stays below the limit of 255."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_DURABILITY = (errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EBADF)


class AtomicFile:
    """A writable binary file, used as a context manager: leaving the context renames the file to its target.

    ``check`` is called between steps of longer work and may raise to cancel; ``on_verify`` is called when everything is
    written and durable. ``verify``, where set, is called with the part's path before the rename and raises TargetError
    where the file is not valid; the bytes are compared with what was written in any case, unless some were patched.
    TargetError where the system refuses anything, except to make the rename durable: the file is complete then, and
    ``sync_error`` is the OS error.
    """

    def __init__(self, path: Path, *, overwrite: bool, check: Callable[[], None] = lambda: None) -> None:
        self.path = path
        self.size = 0
        self.sync_error = ""
        self.verify: Callable[[Path], None] | None = None
        self.on_verify: Callable[[], None] = lambda: None
        self._overwrite = overwrite
        self._check = check
        self._crc: int | None = 0
        self._synced = 0

    def __enter__(self) -> Self:
        try:
            _make_folder(self.path.parent)
            # the folder and a link at the target are resolved once; a link at the part's name is refused
            whole = self.path if self.path.is_symlink() else self.path.parent
            self._target = Path(os.path.realpath(whole)) / ("" if whole is self.path else self.path.name)
            self._mode = _mode_of(self._target)
            self._part = _part_of(self._target)
            flags = (
                os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
            )
            self._fd = os.open(self._part, flags | getattr(os, "O_CLOEXEC", 0), 0o600)
        except OSError as error:
            raise target_error(self.path, error) from error
        self._note = abandoned_parts.register(self._part, os.fstat(self._fd))
        return self

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """Append all of the bytes; their number. TargetError where the system refuses."""
        view = memoryview(data).cast("B")
        if self._crc is not None:
            self._crc = isal_zlib.crc32(view, self._crc)
        self._write(view)
        self.size += len(view)
        if self.size - self._synced >= SYNC_BYTES:
            self._synced = self.size
            self._system(os.fsync, self._fd)
        return len(view)

    def patch(self, offset: int, data: bytes) -> None:
        """Replace bytes at ``offset``, such as a size that is known only at the end. TargetError as in ``write``."""
        self._crc = None
        self._system(os.lseek, self._fd, offset, os.SEEK_SET)
        self._write(memoryview(data))
        self._system(os.lseek, self._fd, 0, os.SEEK_END)

    def truncate(self, size: int) -> None:
        """Keep only the first ``size`` bytes. TargetError as in ``write``."""
        self._crc = None
        self._system(os.ftruncate, self._fd, size)
        self._system(os.lseek, self._fd, size, os.SEEK_SET)
        self.size = self._synced = size

    def tell(self) -> int:
        """The number of bytes written."""
        return self.size

    def flush(self) -> None:
        """Does nothing: bytes are not buffered. Libraries that write to a file call it."""

    closed = False

    def _write(self, view: memoryview) -> None:
        while view:
            view = view[self._system(os.write, self._fd, view) :]

    def _system(self, call: Callable[..., Any], *arguments: object) -> Any:
        """The result of a system call; its OSError is raised as TargetError."""
        try:
            return call(*arguments)
        except OSError as error:
            raise target_error(self.path, error) from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._commit()
        finally:
            os.close(self._fd)
            self._part.unlink(missing_ok=True)
            abandoned_parts.unregister(self._note)

    def _commit(self) -> None:
        try:
            os.fsync(self._fd)
            self.on_verify()
            self._compare()
            if self.verify is not None:
                self.verify(self._part)
            self._check()
            if self._mode is not None:
                self._part.chmod(self._mode)
            self._place()
        except OSError as error:
            raise target_error(self.path, error) from error
        self.sync_error = _sync_folder(self._target.parent)

    def _compare(self) -> None:
        if self._crc is None:
            return
        os.lseek(self._fd, 0, os.SEEK_SET)
        crc, size = 0, 0
        while piece := os.read(self._fd, VERIFY_BYTES):
            self._check()
            crc, size = isal_zlib.crc32(piece, crc), size + len(piece)
        if (crc, size) != (self._crc, self.size):
            raise TargetError("target_differs", path=str(self.path))

    def _place(self) -> None:
        if self._overwrite:
            self._part.replace(self._target)
            return
        try:
            # a hard link fails where a file appeared meanwhile; a rename would replace it
            os.link(self._part, self._target, follow_symlinks=False)
        except FileExistsError:
            raise
        except OSError:
            if self._target.exists():
                raise
            self._part.replace(self._target)


def target_error(path: Path, error: OSError) -> TargetError:
    """The TargetError for an OSError: a full disk, an existing file, or any other refusal with the system's reason."""
    if error.errno in _FULL:
        return TargetError("target_full", path=str(path), reason=error.strerror or "")
    if isinstance(error, FileExistsError):
        return TargetError("target_exists", paths=(str(path),))
    return TargetError("target_refused", path=str(path), reason=error.strerror or str(error))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder)) from error


def _part_of(target: Path) -> Path:
    """An unguessable name beside the target, which the file system accepts wherever it accepts the target's."""
    name = os.fsdecode(os.fsencode(target.name)[:_MAX_NAME])
    return target.with_name(f".{name}.{secrets.token_hex(6)}.part")


def _mode_of(target: Path) -> int | None:
    """The permissions of the file that is replaced, None without one; OSError for anything but a regular file."""
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "It is not a regular file", str(target))
    return stat.S_IMODE(status.st_mode)


def _sync_folder(folder: Path) -> str:
    """Make the rename durable, where the system can; the text of its error, or empty."""
    if not hasattr(os, "O_DIRECTORY"):
        return ""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        return "" if error.errno in _NO_DURABILITY else error.strerror or str(error)
    return ""
