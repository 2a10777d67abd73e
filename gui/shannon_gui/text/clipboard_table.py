"""Cells of the preview as text for the clipboard: tab separated, exact, whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from shannon_gui.text.cell_text import exact_text

_BREAKS = set('\t\r\n"')


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of cells: rows ``first … last`` of these columns."""

    first: int
    last: int
    columns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cells:
    """What is selected: rectangles, over ``columns`` in the order of the screen, under ``heads`` where there are
    any."""

    blocks: tuple[Block, ...]
    columns: tuple[str, ...]
    heads: tuple[str, ...] = ()

    def rows(self) -> list[tuple[int, int]]:
        """The rows of all rectangles as spans ``(first, last)`` that do not touch."""
        spans: list[tuple[int, int]] = []
        for first, last in sorted((block.first, block.last) for block in self.blocks):
            if spans and first <= spans[-1][1] + 1:
                spans[-1] = spans[-1][0], max(spans[-1][1], last)
            else:
                spans.append((first, last))
        return spans

    def row_count(self) -> int:
        """How many rows there are in all."""
        return sum(last - first + 1 for first, last in self.rows())

    def holds(self, row: int, column: str) -> bool:
        """Whether the cell is selected."""
        return any(block.first <= row <= block.last and column in block.columns for block in self.blocks)


def table_text(cells: Cells, rows: Iterable[tuple[int, dict[str, Any]]], zone: ZoneInfo) -> str:
    """One cell as it is; several as tab separated values, quoted as spreadsheets take them.

    A cell not selected is empty.
    """
    lines = [
        [exact_text(row[name], zone) if cells.holds(number, name) else "" for name in cells.columns]
        for number, row in rows
    ]
    if len(lines) == 1 and len(lines[0]) == 1 and not cells.heads:
        return lines[0][0]
    table = [list(cells.heads), *lines] if cells.heads else lines
    return "".join("\t".join(map(_field, line)) + "\n" for line in table)


def _field(text: str) -> str:
    """Quoted where it would not stay one field; a quote in it is doubled."""
    return '"' + text.replace('"', '""') + '"' if _BREAKS & set(text) else text
