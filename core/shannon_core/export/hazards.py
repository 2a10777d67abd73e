"""Hazards of an export: values that a format alters, and values that other programs misread.

A format's entry names its check here. The SELECT lists count over the relation ``events``, by the rules of the writers
in ``cells.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from shannon_core.rendering.cells import SHEET_INTEGERS, SHEET_JSON
from shannon_core.rendering.csv_dialects import PLAIN_TEXTS
from shannon_core.request.export_request import ExportRequest
from shannon_core.request.format_specs import EXACT_DIGITS, FormatSpec

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
    """A hazard and its number of values (or lines, sheets, bytes); ``exact`` is false for an estimate."""

    kind: HazardKind
    count: int
    exact: bool = True


Counts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HazardCheck:
    """Finds the hazards of events in a format.

    ``columns`` is a SELECT list of counts over the events; with ``looks_into_data`` it is slow, and of many events only
    those of the sample are counted. ``hazards_of`` turns the counts and the number of events into hazards.
    """

    columns: str
    hazards_of: Callable[[ExportRequest, FormatSpec, Counts, int], dict[HazardKind, int]]
    looks_into_data: bool = False


# a longer digit string loses its last digits where a spreadsheet takes it for a number
_DIGITS_LOST = f"""'"?-?[0-9]{{{EXACT_DIGITS + 1},}}"?'"""
_MAY_BE_FORMULA = r"""'"([' || formula_marks() || ']|\\[trn]|\\u0000)'"""

_PLAIN_FORMULAS = " + ".join(f"coalesce(is_formula({name})::INTEGER, 0)" for name in PLAIN_TEXTS)


def _members(may_be: str, member_is: str) -> str:
    """SQL for the number of such members of ``data``; they are parsed only where the whole text matches ``may_be``."""
    found = f"list_filter(json_extract(data, '$.*'), LAMBDA x: {member_is})"
    return f"CASE WHEN regexp_matches(data, {may_be}) THEN coalesce(len({found}), 0) ELSE 0 END"


_LONG_MEMBERS = _members(
    f"'[0-9]{{{EXACT_DIGITS + 1}}}'", f"regexp_full_match(CAST(x AS VARCHAR), {_DIGITS_LOST})"
)
_FORMULAS_AND_LONG_NUMBERS = f"""
    coalesce(sum({_PLAIN_FORMULAS} + {_members(_MAY_BE_FORMULA, "is_json_formula(x)")}), 0)::BIGINT,
    coalesce(sum({_LONG_MEMBERS}), 0)::BIGINT"""
"""Texts of a CSV that begin like a formula; numbers and digit strings in it that are longer than EXACT_DIGITS."""

_TOO_MUCH_FOR_CELLS = f"""count(*) FILTER (WHERE {" OR ".join(f"sheet_too_long({name})" for name in SHEET_JSON)}),
    count(*) FILTER (WHERE {" OR ".join(f"abs({name}) > exact_integer()" for name in SHEET_INTEGERS)}),
    count(*) FILTER (WHERE before_sheets(timestamp))"""
"""Cells of a sheet that are cut; integers that are written as text; times that are written as text."""


def _in_csv(request: ExportRequest, _spec: FormatSpec, counts: Counts, _events: int) -> dict[HazardKind, int]:
    """Hazards of a CSV opened in a spreadsheet: texts that run as formulas, and numbers that lose digits."""
    formulas, long_numbers = counts
    kind: HazardKind = "guarded_formula" if request.encoding.formula_guard else "unguarded_formula"
    return {kind: formulas, "long_number": long_numbers}


def _in_sheets(
    _request: ExportRequest, spec: FormatSpec, counts: Counts, events: int
) -> dict[HazardKind, int]:
    """Hazards of a workbook: values that its cells cannot hold, and events that need several sheets."""
    long_cells, big_integers, early_dates = counts
    sheets = spec.sheets_for(events)
    return {
        "long_cell": long_cells,
        "big_integer": big_integers,
        "early_date": early_dates,
        "more_sheets": sheets if sheets > 1 else 0,
    }


CSV_CELLS = HazardCheck(_FORMULAS_AND_LONG_NUMBERS, _in_csv, looks_into_data=True)
SHEETS = HazardCheck(_TOO_MUCH_FOR_CELLS, _in_sheets)
