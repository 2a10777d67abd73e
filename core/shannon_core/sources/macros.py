"""."""

from __future__ import annotations

import duckdb

from shannon_core.store.relations import _run_scripts


def define_reading_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """The SQL functions of sources, for this connection. They take about as long as a page of rows."""
    _run_scripts(connection, "shannon_core.sources", "json_fields", "claude_code_record", "cost")
