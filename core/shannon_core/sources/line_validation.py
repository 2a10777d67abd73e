"""Strict validation of suspicious lines (RFC 8259, I-JSON's limits): each is repaired or rejected with a reason.

The SQL test that selects lines (suspicious_lines.sql) has false positives; a valid line is returned with its values
unchanged.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from shannon_core.event_notes import NOTES

MAX_DEPTH = 128
"""Levels of nesting: more than any log has, and few enough for readers that recurse."""
MAX_DIGITS = 4_300
"""Digits of an integer: Python, and readers built on it, refuse longer ones."""

_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\.)*"')
_BRACKET = re.compile(r"[\[\]{}]")
_NUMBER_TOO_LONG = re.compile(rf"\d{{{MAX_DIGITS + 1}}}")
_INK = re.compile(r"[^ \t\r\n]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]|\t|\r")
_NUL_BLOCK = "\0" * 64  # what a crash leaves in a file whose blocks were allocated but not written
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class ValidatedLine:
    """A repaired line with its bits of NOTES, or the code of the reason it is not an event."""

    line: str = ""
    notes: int = 0
    reason: str = ""


class _OutOfRangeError(ValueError):
    pass


def validate_line(line: str) -> ValidatedLine:
    """Validate one line; never raises for any text."""
    notes = 0
    text = line.strip(" \t\r\n")
    if text.startswith(_BOM):
        text = text.removeprefix(_BOM)
        notes |= NOTES["byte_order_mark"]
    if not text:
        return ValidatedLine(reason="blank")
    if _NUL_BLOCK in text:
        return ValidatedLine(reason="nul_block")
    bare = _STRING.sub('""', text)
    if _depth(bare) > MAX_DEPTH:
        return ValidatedLine(reason="too_deep")
    if _NUMBER_TOO_LONG.search(bare):
        return ValidatedLine(reason="number_range")
    reader = _Reader()
    try:
        value = reader.decoder.decode(text)
    except _OutOfRangeError:
        return ValidatedLine(reason="number_range")
    except json.JSONDecodeError as error:
        return ValidatedLine(reason=_reason_of(error))
    if not isinstance(value, dict):
        return ValidatedLine(reason="not_object")
    repaired = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    notes |= reader.notes
    if _SURROGATE.search(repaired):
        repaired = _SURROGATE.sub("\ufffd", repaired)
        notes |= NOTES["lone_surrogate"]
    return ValidatedLine(repaired, notes)


def validate_event(line: str) -> list[ValidatedLine]:
    """Validate a line that is one event, in the form of ``validate_records``."""
    return [validate_line(line)]


def validate_records(line: str) -> list[ValidatedLine]:
    """Validate the records of one line: a writer may have left out the line end between two of them."""
    whole = validate_line(line)
    if whole.reason != "trailing_data":
        return [whole]
    found, decoder, text, start = [], json.JSONDecoder(), line.strip(" \t\r\n").removeprefix(_BOM), 0
    while start < len(text):
        try:
            _, end = decoder.raw_decode(text, start)
        except json.JSONDecodeError:
            end = len(text)
        found.append(validate_line(text[start:end]))
        start = next((ink.start() for ink in _INK.finditer(text, end)), len(text))
    return found if any(not item.reason for item in found) else [whole]


def validate_tail(tail: bytes, *, has_records: bool) -> ValidatedLine:
    """Validate an unterminated last line: its text where it is whole, else the reason ``blank`` or ``incomplete``.

    An incomplete line is one that is still being written.
    """
    text = tail.decode("utf-8", "replace").strip(" \t\r\n")
    reasons = {item.reason for item in (validate_records if has_records else validate_event)(text)}
    if reasons == {"blank"}:
        return ValidatedLine(reason="blank")
    return ValidatedLine(text) if reasons == {""} and _is_utf8(tail) else ValidatedLine(reason="incomplete")


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _depth(bare: str) -> int:
    depth = deepest = 0
    for bracket in _BRACKET.findall(bare):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _reason_of(error: json.JSONDecodeError) -> str:
    if error.msg.startswith("Extra data"):
        return "trailing_data"
    if error.msg.startswith("Invalid control character") or _CONTROL.match(error.doc, error.pos):
        return "control_char"
    return "bad_json"


class _Reader:
    """Python's JSON decoder with further rules: the last of equal keys wins, NaN becomes null, 1e999 is refused."""

    def __init__(self) -> None:
        self.notes = 0
        self.decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_constant=self._constant, parse_float=self._float
        )

    def _object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        result = dict(pairs)
        if len(result) != len(pairs):
            self.notes |= NOTES["duplicate_key"]
        return result

    def _constant(self, _name: str) -> None:
        self.notes |= NOTES["non_finite_number"]

    def _float(self, text: str) -> float:
        value = float(text)
        if value in (float("inf"), float("-inf")):
            raise _OutOfRangeError(text)
        return value
