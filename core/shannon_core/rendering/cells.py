"""Renders values for each format: SELECT lists that render events, with a counter for every alteration.

The rules, and where they come from:

* CSV (RFC 4180): a field with a quote, a comma or a line end is quoted; null is empty, an empty text is ``""``; lists
  and objects are compact JSON. The formula guard (OWASP ASVS 5.0 1.2.10) puts an apostrophe before *text* that a
  spreadsheet might run; numbers are left alone. NUL becomes U+FFFD.
* Excel (ECMA-376 part 1, §18.3.1.53 and §22.9.2.19): text is inline, so that it never is a formula; characters that XML
  1.0 forbids become U+FFFD; ``_x0041_`` is escaped; a cell ends at 32,767 UTF-16 units with a mark; integers beyond
  2^53 are text, and so are times before 1900-03-01, for which spreadsheets disagree on the calendar.
* JSON (RFC 8259): ``data`` and ``metadata`` pass through as the store holds them.

A rendered row is a column ``line``; the columns after it count alterations and are named after them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from types import MappingProxyType
from xml.sax.saxutils import escape

from shannon_core.column_spec import Column
from shannon_core.event_columns import JSON_COLUMNS, SHEET_COLUMNS
from shannon_core.request.format_specs import CELL_CHARACTERS
from shannon_core.store.sql_text import sql_literal
from shannon_core.units import Unit

_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPED = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
CUT_CELL_CHARACTERS = CELL_CHARACTERS - 40
"""UTF-16 units that are kept of a text too long for a cell: 40 are left for the mark that says so."""
_SHORT_CELL = CUT_CELL_CHARACTERS // 2
"""Characters that fit into CUT_CELL_CHARACTERS even where each takes two units."""
_MACROS: MappingProxyType[Unit, str] = MappingProxyType(
    {
        "text": "text",
        "instant": "instant",
        "outcome": "boolean",
        "count": "integer",
        "tokens": "integer",
        "milliseconds": "number",
        "seconds": "number",
        "dollars": "number",
        "share": "number",
    }
)
"""The macro sheet_… that renders a value of the unit; all but texts and outcomes take a style."""
_KINDS = {column.name: _MACROS[column.unit] for column, _ in SHEET_COLUMNS}
_SHEET_TEXTS, SHEET_INTEGERS = (
    tuple(name for name, own in _KINDS.items() if own == kind) for kind in ("text", "integer")
)
SHEET_JSON = tuple(name for name in JSON_COLUMNS if name in _KINDS)


def has_style(column: Column) -> bool:
    """Whether cells of the column have a number format."""
    return _MACROS[column.unit] not in ("text", "boolean")


def sheet_row(zone: str, styles: Sequence[int]) -> str:
    """An event as one ``<row>`` of a sheet; times are wall clock in ``zone``.

    ``styles`` are indexes into the workbook's formats, one for each column that has one.
    """
    wall = f"wall_clock(timestamp, {sql_literal(zone)})"
    styled = iter(styles)
    cells = []
    for column, _ in SHEET_COLUMNS:
        value = wall if column.unit == "instant" else column.name
        style = f", '{next(styled):d}'" if has_style(column) else ""
        cells.append(f"sheet_{_MACROS[column.unit]}({value}{style})")
    counters = {
        "control_character": _sum(f"sheet_illegal({name})" for name in _SHEET_TEXTS),
        "long_cell": _sum(f"sheet_too_long({name})" for name in _SHEET_TEXTS),
        "early_date": f"before_sheets({wall})::INTEGER",
        "big_integer": _sum(f"abs({name}) > exact_integer()" for name in SHEET_INTEGERS),
    }
    return ", ".join(
        [
            f"concat('<row>', {', '.join(cells)}, '</row>') AS line",
            *(f"{sql} AS {name}" for name, sql in counters.items()),
        ]
    )


def sheet_cell(value: str | int | float | None) -> str:
    """One value of a small sheet as a cell, by the rules of ``sheet_text``."""
    if value is None:
        return "<c/>"
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    text = sheet_safe_text(value, Counter())
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def sheet_safe_text(text: str, altered: Counter[str]) -> str:
    """A text as a cell of a small sheet can hold it; ``altered`` counts the alterations."""
    clean = _FORBIDDEN.sub("\ufffd", text)
    altered["control_character"] += clean != text
    if len(clean.encode("utf-16-le")) // 2 > CELL_CHARACTERS:
        altered["long_cell"] += 1
        clean = f"{clean[:_SHORT_CELL]}…[truncated {len(clean) - _SHORT_CELL}]"
    return _ESCAPED.sub(r"_x005F_\1", clean)


def _sum(conditions: Iterable[str]) -> str:
    return " + ".join(f"coalesce(({condition})::INTEGER, 0)" for condition in conditions)
