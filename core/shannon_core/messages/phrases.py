"""Parts of sentences by code: reasons of rejected lines, problems of files, alterations of writers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

REJECT_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "bad_json": "Not JSON",
        "trailing_data": "More than one value on the line",
        "control_char": "A control character inside a text",
        "not_object": "JSON, but not an object",
        "bad_timestamp": "The time cannot be read",
        "missing: id": "Without an id",
        "missing: timestamp": "Without a time",
        "missing: type": "Without a type",
        "bad_type: id": "The id is not a text",
        "bad_type: type": "The type is not a text",
        "nul_block": "NUL bytes, as a crash leaves them",
        "too_deep": "Nested too deeply",
        "number_range": "A number beyond every range",
        "line_too_long": "Longer than any event",
        "invalid_utf8": "Not UTF-8",
    }
)
"""Why a line is not an event: the codes are in the store, in the CSV of rejected lines and in the metadata of
exports."""

ALTERATIONS: Mapping[str, str] = MappingProxyType(
    {
        "formula_guard": "{n} text(s) guarded against formulas",
        "nul_character": "{n} text(s) with NUL characters replaced",
        "control_character": "{n} control character(s) replaced",
        "long_cell": "{n} cell(s) cut at {characters} characters",
        "early_date": "{n} date(s) before 1900-03-01 written as text",
        "joined_columns": "rare keys of {n} event(s) put together in one column",
        "big_integer": "{n} integer(s) beyond 2^53 written as text",
    }
)
"""What a writer altered: the codes are in ``FileWritten.altered`` and in the metadata of exports."""

FILE_PROBLEMS: Mapping[str, str] = MappingProxyType(
    {
        "is_bzip2": "is bzip2, which is not read",
        "is_zip": "is a ZIP archive, which is not read",
        "is_utf16": "is UTF-16 text, which is not read",
        "unpacks_too_far": "unpacks to more than {ratio} times its size and was not read further",
        "gzip_cut": "ends in the middle of its gzip stream (cut, or still being written)",
        "gzip_trailing": "has bytes after its end that are not gzip",
        "stream_damaged": "is damaged: {reason}",
        "checksum_wrong": "is damaged: its checksum is wrong",
        "read_stopped": "could not be read beyond byte {position} ({reason})",
        "cut_while_read": "was cut to {position} bytes while it was read",
    }
)
"""Why a file could be read in part only; each follows the file's name."""

_PASSED_OVER: Mapping[str, str] = MappingProxyType(
    {
        "not_regular": "not a regular file",
        "set_aside": "its tool has set it aside",
        "same_rollout": "{path} is the same rollout",
    }
)

_PRICE_FAULTS: Mapping[str, str] = MappingProxyType(
    {
        "price_section_unknown": "is not a section: there are {sections}",
        "price_section_wrong": "is not a section",
        "price_without_entry": "has no entry in [prices]",
        "price_entry_wrong": "is not an entry such as {example}",
        "price_figure_unknown": "is not a figure of an entry: it has {figures}",
        "price_not_number": "is not a number from 0 to {highest}",
        "price_figure_missing": "has no {figure}",
    }
)

PHRASES: Mapping[str, str] = MappingProxyType(
    {**REJECT_REASONS, **ALTERATIONS, **FILE_PROBLEMS, **_PASSED_OVER, **_PRICE_FAULTS}
)
