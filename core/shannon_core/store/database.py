"""The store: one DuckDB file for a set of sources. A cache, always rebuildable, owned by one process at a time.

Where another process holds the file, or nothing is to be kept, the store is a temporary file that is removed with the
process. A damaged store, or one of another version, is rebuilt. Connections read and write no other file and load no
extension: events come in as Arrow and leave as Arrow.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import duckdb

from shannon_core.errors import StoreError
from shannon_core.files.app_paths import store_folder
from shannon_core.files.temp_folder import TempFolder, remove_abandoned
from shannon_core.messages.notice import Notice
from shannon_core.store.tables import SCHEMA_VERSION, STORE_TABLES

MEMORY_LIMIT = "384MB"
"""DuckDB's share of the memory of a small computer; beyond it DuckDB spills to the temporary folder."""
STORE_ROW_GROUP = 30_720
"""Rows of a row group of the store, a quarter of DuckDB's default: one core compresses a row group at a time, and most
stores hold less than a few default ones."""


class Store:
    """An open store. ``notice`` says why it is a temporary one, or was rebuilt; else None."""

    def __init__(self, path: Path, temp_folder: TempFolder, notice: Notice | None = None) -> None:
        self.path = path
        self.notice = notice
        self._temp_folder = temp_folder
        self._is_damaged = False
        self._connection = _connect(path, temp_folder.path)

    @classmethod
    def open(cls, sources: Sequence[str], *, keep: bool) -> Self:
        """The store of these sources, kept in the cache folder or, without ``keep``, in a private temporary one.

        StoreError where not even a temporary one can be created.
        """
        remove_abandoned()
        try:
            temp_folder = TempFolder()
        except OSError as error:
            raise StoreError("temp_folder_failed", reason=str(error)) from error
        try:
            if not keep:
                return cls(temp_folder.path / "events.duckdb", temp_folder)
            return cls._open_kept(_kept_path(sources), temp_folder)
        except BaseException as error:
            temp_folder.remove()
            if isinstance(error, duckdb.Error) and is_failure(error):
                raise store_error(error) from error
            raise

    @classmethod
    def _open_kept(cls, path: Path, temp_folder: TempFolder) -> Self:
        try:
            return cls(path, temp_folder)
        except duckdb.Error as error:
            if _is_held(error):
                return cls(temp_folder.path / "events.duckdb", temp_folder, Notice("store_held"))
            code = "store_outdated" if isinstance(error, _OutdatedError) else "store_damaged"
        except OSError as error:
            return cls._without_cache(error, temp_folder)
        try:
            _remove(path)
            return cls(path, temp_folder, Notice(code))
        except OSError as error:
            return cls._without_cache(error, temp_folder)

    @classmethod
    def _without_cache(cls, error: OSError, temp_folder: TempFolder) -> Self:
        notice = Notice("store_unwritable", {"reason": error.strerror or str(error)})
        return cls(temp_folder.path / "events.duckdb", temp_folder, notice)

    def connection(self) -> duckdb.DuckDBPyConnection:
        """A further connection to this store, for one thread."""
        further = self._connection.cursor()
        further.execute("USE store")
        return further

    @contextmanager
    def failures(self, check: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Raise the store's failures in the block as StoreError; after damage the next start rebuilds the store.

        ``check`` is called first and may raise. Other errors of DuckDB pass: they are bugs in this program's SQL.
        """
        try:
            yield
        except duckdb.Error as error:
            check()
            if not is_failure(error):
                raise
            self._is_damaged |= isinstance(error, _DAMAGES) and not _is_full(error)
            raise store_error(error) from error

    def close(self) -> None:
        """Close the store; remove its temporary folder, and the file where it is damaged."""
        self._connection.close()
        if self._is_damaged:
            _remove(self.path)
        self._temp_folder.remove()


_DAMAGES = (
    duckdb.IOException,
    duckdb.InternalException,
    duckdb.FatalException,
    duckdb.SerializationException,
)
"""What DuckDB raises for a damaged file, which may well have opened without an error."""


class _OutdatedError(duckdb.CatalogException):
    """The store has the tables of another version of the program."""


def _is_held(error: duckdb.Error) -> bool:
    """Whether the store is open in another process (by the message of DuckDB or of Windows), or already in this one."""
    others = ("Could not set lock", "being used by another process")
    return isinstance(error, duckdb.ResourceInUseException) or any(words in str(error) for words in others)


def is_failure(error: Exception) -> bool:
    """Whether the error is damage, a full disk or lack of memory, rather than an error in a statement."""
    # a file that cannot be written at a commit is reported as an error of the transaction
    could_not_commit = isinstance(error, duckdb.TransactionException) and "Failed to commit" in str(error)
    return could_not_commit or isinstance(error, (*_DAMAGES, duckdb.OutOfMemoryException))


def _is_full(error: duckdb.Error) -> bool:
    # DuckDB has no error class for a full disk, only messages
    return "No space left" in str(error) or "failed to offload" in str(error)


def _kept_path(sources: Sequence[str]) -> Path:
    names = "\0".join(sorted(str(Path(source).expanduser().absolute()) for source in sources))
    digest = hashlib.sha256(names.encode("utf-8", "surrogateescape")).hexdigest()
    return store_folder() / f"{digest[:24]}.duckdb"


def _remove(path: Path) -> None:
    for leftover in (path, path.with_name(path.name + ".wal")):
        leftover.unlink(missing_ok=True)


def _connect(path: Path, temp_folder: Path) -> duckdb.DuckDBPyConnection:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    connection = duckdb.connect()
    try:
        name = str(path).replace("'", "''")
        connection.execute(
            f"ATTACH '{name}' AS store (TYPE duckdb, ROW_GROUP_SIZE {STORE_ROW_GROUP}); USE store"
        )
        _prepare(connection, temp_folder)
        _check_version(connection)
        path.chmod(0o600)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: duckdb.DuckDBPyConnection, temp_folder: Path) -> None:
    settings: dict[str, str | int | bool | list[str]] = {
        "memory_limit": MEMORY_LIMIT,
        "threads": max(2, os.cpu_count() or 2),
        "temp_directory": str(temp_folder / "spill"),
        "preserve_insertion_order": False,
        "max_vacuum_tasks": 1,
        "allowed_configs": ["max_vacuum_tasks"],
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
        "python_enable_replacements": False,
        "enable_external_access": False,
        "lock_configuration": True,
    }
    for name, value in settings.items():
        connection.execute(f"SET GLOBAL {name} = $value", {"value": value})


def _check_version(connection: duckdb.DuckDBPyConnection) -> None:
    try:
        versions = connection.sql("SELECT schema_version FROM store_facts").fetchall()
    except duckdb.CatalogException:
        if connection.sql("SHOW TABLES").fetchall():
            raise _OutdatedError("a store without a version") from None
        connection.execute(STORE_TABLES)  # a new store has no tables at all
    else:
        if versions != [(SCHEMA_VERSION,)]:
            raise _OutdatedError("a store of another version")


def merge_row_groups(connection: duckdb.DuckDBPyConnection, *, small: bool) -> None:
    """Set whether commits merge small row groups: for ``small`` changes; many rows would be compressed twice."""
    connection.execute(f"SET GLOBAL max_vacuum_tasks = {int(small)}")


def store_error(error: duckdb.Error) -> StoreError:
    """The StoreError for an error that ``is_failure``, with the first line of DuckDB's message."""
    message = str(error).partition("\n")[0]
    if _is_full(error):
        return StoreError("store_full", reason=message)
    if isinstance(error, duckdb.OutOfMemoryException):
        return StoreError("memory_short", reason=message)
    return StoreError("store_failed", reason=message)
