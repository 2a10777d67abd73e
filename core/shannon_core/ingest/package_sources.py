"""Sources of installed packages while files are read: detects changes of their SQL, and reports its failures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from shannon_core.errors import SourceError
from shannon_core.sources.registry import SOURCES, SourceSpec
from shannon_core.store.relations import script


def sql_digest(spec: SourceSpec) -> str:
    """SHA-256 of the SQL of a package's source, in hexadecimal; empty for a built-in one."""
    if spec.id in SOURCES.built_in_ids:
        return ""
    return hashlib.sha256("\0".join(script(spec.package, name) for name in spec.scripts).encode()).hexdigest()


@contextmanager
def named_failures(spec: SourceSpec) -> Iterator[None]:
    """Raise an error in a package's SQL as SourceError with the source's name; errors of built-in SQL pass as bugs."""
    try:
        yield
    except (duckdb.ProgrammingError, duckdb.DataError) as error:
        if spec.id in SOURCES.built_in_ids:
            raise
        raise SourceError(
            "package_source_failed", source=spec.title, reason=str(error).partition("\n")[0]
        ) from error
