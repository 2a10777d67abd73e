"""What is said before an export, in words: the size and the time, and each hazard with its cure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from shannon_core.export.hazards import Hazard, HazardKind
from shannon_core.request.format_specs import CELL_CHARACTERS, EXACT_DIGITS, SHEET_ROWS
from shannon_gui.text.formatting import size
from shannon_gui.text.i18n import QT_TRANSLATE_NOOP, counted, number, translate

if TYPE_CHECKING:
    from shannon_core.export.preflight import Preflight

Level = Literal["info", "warning", "danger"]

_CONTEXT = "preflight"
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Advice:
    """A hazard as a person reads it: how serious, what, and what to do about it."""

    kind: HazardKind
    level: Level
    text: str
    cure: str


_WORDS: dict[HazardKind, tuple[Level, str, str]] = {
    "no_room": (
        "danger",
        QT_TRANSLATE_NOOP("preflight", "There is not enough room in the folder."),
        QT_TRANSLATE_NOOP("preflight", "Free some space, choose another disk, or fewer formats."),
    ),
    "long_cell": (
        "warning",
        QT_TRANSLATE_NOOP(
            "preflight", "{n} text(s) longer than the {characters} characters of an Excel cell"
        ),
        QT_TRANSLATE_NOOP(
            "preflight", "They are cut there with a mark. JSON, CSV and Parquet hold them whole."
        ),
    ),
    "unguarded_formula": (
        "warning",
        QT_TRANSLATE_NOOP("preflight", "{n} text(s) in CSV that a spreadsheet can run as a formula"),
        QT_TRANSLATE_NOOP("preflight", "Switch the formula guard on."),
    ),
    "guarded_formula": (
        "info",
        QT_TRANSLATE_NOOP("preflight", "{n} text(s) in CSV that begin like a formula"),
        QT_TRANSLATE_NOOP(
            "preflight", "The guard puts a ' before them. For a program that reads the CSV, switch it off."
        ),
    ),
    "long_number": (
        "warning",
        QT_TRANSLATE_NOOP("preflight", "{n} number(s) in CSV with more than {digits} digits"),
        QT_TRANSLATE_NOOP(
            "preflight", "Spreadsheets round them. Choose Excel, or import that column of the CSV as text."
        ),
    ),
    "early_date": (
        "info",
        QT_TRANSLATE_NOOP("preflight", "{n} time(s) before 1900-03-01"),
        QT_TRANSLATE_NOOP("preflight", "Spreadsheets disagree on them, so that Excel gets them as text."),
    ),
    "big_integer": (
        "info",
        QT_TRANSLATE_NOOP("preflight", "{n} integer(s) larger than Excel can hold"),
        QT_TRANSLATE_NOOP("preflight", "Excel gets them as text, with every digit."),
    ),
    "more_sheets": (
        "info",
        QT_TRANSLATE_NOOP("preflight", "{n} sheet(s) of events in Excel"),
        QT_TRANSLATE_NOOP("preflight", "A sheet ends at {rows} events; the rest goes on in the next ones."),
    ),
    "rejected_lines": (
        "warning",
        QT_TRANSLATE_NOOP("preflight", "{n} line(s) of the sources could not be read"),
        QT_TRANSLATE_NOOP("preflight", "They are in no file. The figures below the preview lead to them."),
    ),
    "pending_lines": (
        "info",
        QT_TRANSLATE_NOOP("preflight", "{n} line(s) of the sources are not complete yet"),
        QT_TRANSLATE_NOOP("preflight", "Read again (F5) when the other program has written them."),
    ),
    "altered_values": (
        "info",
        QT_TRANSLATE_NOOP("preflight", "{n} value(s) were altered while they were read"),
        QT_TRANSLATE_NOOP("preflight", "Every file says which and why; the sources are unchanged."),
    ),
}


def advice(found: Preflight) -> list[Advice]:
    """The hazards in words, the most serious first."""
    order = ("danger", "warning", "info")
    said = [_advice_on(hazard) for hazard in found.hazards]
    return sorted(said, key=lambda item: order.index(item.level))


def _advice_on(hazard: Hazard) -> Advice:
    level, text, cure = _WORDS[hazard.kind]
    limits = {"characters": CELL_CHARACTERS, "rows": SHEET_ROWS, "digits": EXACT_DIGITS}
    shown = {name: number(limit) for name, limit in limits.items()}
    said = counted(_CONTEXT, text, hazard.count).format_map(shown)
    if not hazard.exact:
        said = translate(_CONTEXT, "About {text}").format(text=said)
    return Advice(hazard.kind, level, said, translate(_CONTEXT, cure).format_map(shown))


def facts(found: Preflight) -> str:
    """Events, time and room, as far as they are known."""
    parts = [counted(_CONTEXT, "{n} event(s)", found.events), about(found.seconds)]
    if found.free is not None:
        parts.append(translate(_CONTEXT, "{size} free").format(size=size(found.free)))
    return " · ".join(parts)


def about(seconds: float) -> str:
    """A time before the fact, coarse on purpose."""
    if seconds < 1:
        return translate(_CONTEXT, "less than a second")
    if seconds < _MINUTE:
        return counted(_CONTEXT, "about {n} second(s)", round(seconds))
    return counted(_CONTEXT, "about {n} minute(s)", round(seconds / _MINUTE))


def notes_title(found: Preflight) -> str:
    """The number of hazards as a title for them; without hazards, of the details."""
    if not found.hazards:
        return translate(_CONTEXT, "Details")
    return counted(_CONTEXT, "{n} note(s)", len(found.hazards))
