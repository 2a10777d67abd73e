"""."""

from __future__ import annotations

import duckdb

from shannon_core.store.relations import _run_scripts


def define_rendering_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """The SQL functions of cells and of the wall clock, for this connection."""
    _run_scripts(connection, "shannon_core.rendering", "cells")
