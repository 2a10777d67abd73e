"""Helpers of statements: fetched rows, Arrow tables as relations, the text of SQL scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.resources import files
from typing import Any

import duckdb
import pyarrow as pa

from shannon_core.store.sql_text import Query


def fetch(connection: duckdb.DuckDBPyConnection, query: Query) -> list[tuple[Any, ...]]:
    """All rows of a query whose result is small."""
    return connection.execute(query.sql, list(query.parameters)).fetchall()


@contextmanager
def registered(connection: duckdb.DuckDBPyConnection, **tables: pa.Table) -> Iterator[None]:
    """Register Arrow tables as relations of these names within the block."""
    for name, table in tables.items():
        connection.register(name, table)
    try:
        yield
    except duckdb.Error:
        # an aborted transaction refuses it; the next registration of the same name replaces this one
        with suppress(duckdb.TransactionException):
            _unregister(connection, tables)
        raise
    except BaseException:
        _unregister(connection, tables)
        raise
    _unregister(connection, tables)


def _unregister(connection: duckdb.DuckDBPyConnection, names: Iterable[str]) -> None:
    for name in names:
        connection.unregister(name)


@cache
def script(package: str, name: str) -> str:
    """The text of ``<name>.sql`` in a package, such as ``script("shannon_core.sources.codex", "facts")``."""
    return files(package).joinpath(f"{name}.sql").read_text(encoding="utf-8")
