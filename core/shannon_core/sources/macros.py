"""."""

from __future__ import annotations

import duckdb

from shannon_core.store.relations import script

_SCRIPTS = (
    ("shannon_core.sources", "sql/json_fields"),
    ("shannon_core.sources.claude_code", "macros"),
    ("shannon_core.sources.otlp", "macros"),
    ("shannon_core.pricing", "cost"),
)


def define_source_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """The SQL functions of sources, for this connection. They take about as long as a page of rows."""
    for package, name in _SCRIPTS:
        connection.execute(script(package, name))
