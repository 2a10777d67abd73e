"""Defines the SQL macros that the statements of sources use."""

from __future__ import annotations

import duckdb

from shannon_core.event_notes import NOTE_BIT_MACRO
from shannon_core.sources.line_reader import LONGEST_BLANK
from shannon_core.sources.registry import SourceSpec
from shannon_core.store.relations import script
from shannon_core.store.sql_text import constant_macro


def define_source_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """Define the macros of all sources on this connection. It takes about as long as a page of rows."""
    connection.execute(NOTE_BIT_MACRO)
    connection.execute(constant_macro("longest_blank", LONGEST_BLANK))
    connection.execute(script("shannon_core.sources", "sql/json_fields"))
    connection.execute(script("shannon_core.pricing", "cost"))


def define_own_macros(connection: duckdb.DuckDBPyConnection, spec: SourceSpec) -> None:
    """Define the macros of one source on this connection."""
    for name in spec.macros:
        connection.execute(script(spec.package, name))
