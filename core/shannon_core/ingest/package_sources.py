"""Sources of installed packages while files are read: a failure of their SQL is theirs, and is said so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from shannon_core.errors import SourceError
from shannon_core.sources.registry import SOURCES, SourceSpec


@contextmanager
def named_failures(spec: SourceSpec) -> Iterator[None]:
    """SourceError, with the source's name, in place of an error in the SQL of a package; others are this program's own."""
    try:
        yield
    except (duckdb.ProgrammingError, duckdb.DataError) as error:
        if spec.id in SOURCES.built_in_ids:
            raise
        raise SourceError(
            "package_source_failed", source=spec.title, reason=str(error).partition("\n")[0]
        ) from error
