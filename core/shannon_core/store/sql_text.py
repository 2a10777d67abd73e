"""SQL as text: a literal, a macro for a constant, and a statement with its parameters. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


def sql_literal(text: str) -> str:
    """A SQL string literal, safe for any text: keys of data come from logs."""
    return "'" + text.replace("'", "''") + "'"


def constant_macro(name: str, value: int | str | datetime | Sequence[int]) -> str:
    """The statement that defines ``name()`` in SQL as this value; the planner replaces the call by the value."""
    if isinstance(value, str):
        literal = sql_literal(value)
    elif isinstance(value, datetime):
        literal = f"TIMESTAMP '{value.isoformat(sep=' ')}'"
    else:
        literal = str(value if isinstance(value, int) else list(value))
    return f"CREATE OR REPLACE TEMP MACRO {name}() AS {literal};"


@dataclass(frozen=True, slots=True)
class Query:
    """One statement and its parameters, in the order of their question marks."""

    sql: str
    parameters: tuple[object, ...] = ()
