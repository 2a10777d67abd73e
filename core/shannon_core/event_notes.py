"""Alterations of events while they are read: bits of the column ``notes``, for Python and for SQL."""

from __future__ import annotations

from types import MappingProxyType

NOTES = MappingProxyType(
    {
        "naive_timestamp": 1,
        "truncated_timestamp": 2,
        "type_mismatch": 4,
        "duplicate_key": 8,
        "non_finite_number": 16,
        "lone_surrogate": 32,
        "byte_order_mark": 64,
        "pseudonym": 128,
    }
)
"""What was altered while an event was read, as bits: a time without an offset was taken as UTC; digits beyond
microseconds were cut; a field of the wrong JSON type became null; the last of equal keys won; NaN or an infinity became
null; half a surrogate pair became U+FFFD; a byte order mark was dropped. The store has no pseudonyms: an export under
pseudonyms notes the events that it renames."""

NOTE_BIT_MACRO = (
    "CREATE OR REPLACE TEMP MACRO note_bit(name) AS CASE name "
    + " ".join(f"WHEN '{name}' THEN {bit}" for name, bit in NOTES.items())
    + " END"
)
"""``note_bit('naive_timestamp')`` in SQL: the planner replaces it by the number, so that it takes no time per row."""
