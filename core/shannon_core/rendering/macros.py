"""."""

from __future__ import annotations

import duckdb

from shannon_core.store.relations import script


def define_rendering_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """The SQL functions of cells and of the wall clock, for this connection."""
    connection.execute(script("shannon_core.store", "wall_clock"))
    connection.execute(script("shannon_core.rendering", "cells"))
