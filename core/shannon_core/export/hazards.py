"""What a person should know before an export: values that a format alters, and values that other programs take wrongly.

The SELECT lists here count over the relation ``events``; ``cells.py`` has the rules by which the writers then go.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shannon_core.rendering.cells import EXACT_INTEGER
from shannon_core.request.export_request import ExportFormat, ExportRequest

HazardKind = Literal[
    "no_room",
    "long_cell",
    "unguarded_formula",
    "guarded_formula",
    "long_number",
    "early_date",
    "big_integer",
    "more_sheets",
    "rejected_lines",
    "pending_lines",
    "altered_values",
]


@dataclass(frozen=True, slots=True)
class Hazard:
    """So many values (or lines, sheets, bytes) are concerned; ``exact`` is false where the count comes from a sample."""

    kind: HazardKind
    count: int
    exact: bool = True


# a digit string of 16 and more loses its last digits where a spreadsheet takes it for a number
_LONG_NUMBER = r"""'"?-?[0-9]{16,}"?'"""
_PLAIN_TEXTS = ("id", "type", "session_id", "user_id")
_MAY_BE_FORMULA = r"""'"([=+@＝＋－＠-]|\\[trn]|\\u0000)'"""

CELL_COUNTS = f"""coalesce(sum({" + ".join(f"coalesce(is_formula({name})::INTEGER, 0)" for name in _PLAIN_TEXTS)}
    + CASE WHEN regexp_matches(data, {_MAY_BE_FORMULA})
        THEN coalesce(len(list_filter(json_extract(data, '$.*'), lambda x: is_json_formula(x))), 0) ELSE 0 END), 0)::BIGINT,
    coalesce(sum(CASE WHEN regexp_matches(data, '[0-9]{{16}}')
        THEN coalesce(len(list_filter(json_extract(data, '$.*'),
            lambda x: regexp_full_match(CAST(x AS VARCHAR), {_LONG_NUMBER}))), 0) ELSE 0 END), 0)::BIGINT"""
"""Texts of a CSV that begin like a formula; numbers and digit strings in it that are longer than 15 digits."""

SHEET_COUNTS = f"""count(*) FILTER (WHERE sheet_too_long(data)),
    count(*) FILTER (WHERE abs(token_count) > {EXACT_INTEGER}),
    count(*) FILTER (WHERE before_sheets(timestamp))"""
"""Cells of a sheet that are cut; integers that are written as text; times that are."""


@dataclass(frozen=True, slots=True)
class CellCounts:
    """The counts of CELL_COUNTS, scaled up from a sample where they are not exact."""

    formulas: int
    long_numbers: int
    exact: bool


def hazards_of_cells(request: ExportRequest, counts: CellCounts) -> list[Hazard]:
    """What spreadsheets make of a CSV: code that runs, and numbers that lose digits."""
    if not (request.contents.raw_events and {ExportFormat.CSV, ExportFormat.ZIP} & set(request.formats)):
        return []
    kind: HazardKind = "guarded_formula" if request.encoding.formula_guard else "unguarded_formula"
    return [
        Hazard(kind, counts.formulas, counts.exact),
        Hazard("long_number", counts.long_numbers, counts.exact),
    ]


def hazards_of_sheets(request: ExportRequest, counts: tuple[int, int, int], sheets: int) -> list[Hazard]:
    """What a workbook cannot hold as it is."""
    if not (request.contents.raw_events and ExportFormat.EXCEL in request.formats):
        return []
    long_cells, big_integers, early_dates = counts
    return [
        Hazard("long_cell", long_cells),
        Hazard("big_integer", big_integers),
        Hazard("early_date", early_dates),
        Hazard("more_sheets", sheets if sheets > 1 else 0),
    ]
