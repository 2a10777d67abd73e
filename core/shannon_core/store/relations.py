"""Small helpers of every statement: answers, Arrow tables as relations, the text of scripts."""

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
    """All rows of a small answer."""
    return connection.execute(query.sql, list(query.parameters)).fetchall()


@contextmanager
def registered(connection: duckdb.DuckDBPyConnection, **tables: pa.Table) -> Iterator[None]:
    """Arrow tables as relations of these names, for the time of the block."""
    for name, table in tables.items():
        connection.register(name, table)
    try:
        yield
    except duckdb.Error:
        with suppress(
            duckdb.TransactionException
        ):  # the transaction is void, what is registered goes with the next
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
