"""SQL as text: a literal, and a statement with its parameters. Pure."""

from __future__ import annotations

from dataclasses import dataclass


def sql_literal(text: str) -> str:
    """A SQL string literal. Keys of data come from the logs, so that nothing but quotes may end them."""
    return "'" + text.replace("'", "''") + "'"


@dataclass(frozen=True, slots=True)
class Query:
    """One statement and its parameters, in the order of their question marks."""

    sql: str
    parameters: tuple[object, ...] = ()
