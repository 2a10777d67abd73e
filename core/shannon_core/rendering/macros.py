"""Defines the SQL macros that render events, and the limits that they share with Python."""

from __future__ import annotations

import duckdb

from shannon_core.rendering.cells import CUT_CELL_CHARACTERS
from shannon_core.rendering.csv_dialects import FORMULA_MARKS, FORMULA_STARTS
from shannon_core.request.format_specs import CELL_CHARACTERS, EXACT_INTEGER, FIRST_SHEET_DATE
from shannon_core.store.relations import script
from shannon_core.store.sql_text import constant_macro

_CONSTANTS = (
    constant_macro("formula_starts", [ord(character) for character in FORMULA_STARTS]),
    constant_macro("formula_marks", FORMULA_MARKS.replace("-", r"\-")),
    constant_macro("cell_characters", CELL_CHARACTERS),
    constant_macro("cut_cell_characters", CUT_CELL_CHARACTERS),
    constant_macro("exact_integer", EXACT_INTEGER),
    constant_macro("first_sheet_date", FIRST_SHEET_DATE),
)


def define_rendering_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """Define the macros of cells and of the wall clock on this connection."""
    connection.execute(script("shannon_core.store", "wall_clock"))
    connection.execute("".join(_CONSTANTS) + script("shannon_core.rendering", "cells"))
