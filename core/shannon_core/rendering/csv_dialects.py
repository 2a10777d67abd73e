"""Lines of CSV (RFC 4180) with the guard against formulas: rendered in SQL for events, in Python for small tables."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence

from shannon_core.event_columns import CSV_COLUMNS
from shannon_core.request.export_request import Encoding
from shannon_core.store.sql_text import sql_literal

FORMULA_MARKS = "=+-@＝＋－＠"
FORMULA_STARTS = tuple(FORMULA_MARKS + "\t\r\n\0")
CSV_OTHERS = "(others)"
_PREFIXED = re.compile(r"\A(?:data\.)+")
_FIRST = tuple(column.name for column in CSV_COLUMNS)
PLAIN_TEXTS = tuple(column.name for column in CSV_COLUMNS if column.unit == "text")
"""The texts among the first columns, which may begin like a formula."""


def csv_header(keys: Sequence[str], *, others: bool = False) -> list[str]:
    """The names of the columns; a data key that equals one of the first five is ``data.<key>``.

    So is ``data.<key>`` itself, so that column names are unique. With ``others``, further keys share a last column.
    """
    own = {*_FIRST, CSV_OTHERS}
    named = (f"data.{key}" if _PREFIXED.sub("", key) in own else key for key in keys)
    return [*_FIRST, *named, *([CSV_OTHERS] if others else [])]


def csv_row_inputs(keys: Sequence[str]) -> str:
    """The inputs of csv_row: these members of ``data`` as JSON where one needs quoting or the guard, else as text."""
    pointers = f"[{', '.join(sql_literal(_json_pointer(key)) for key in keys)}]::VARCHAR[]"
    return (
        f"CASE WHEN has_odd_members(data) THEN json_extract(data, {pointers}) END AS odd_members,"
        f" CASE WHEN NOT has_odd_members(data) THEN json_extract_string(data, {pointers}) END AS plain_members"
    )


def csv_row(keys: Sequence[str], encoding: Encoding, *, others: bool = False) -> str:
    """An event as one line of a CSV with these keys of ``data`` as columns, and the ``others`` as one JSON object."""
    guard = "TRUE" if encoding.formula_guard else "FALSE"
    rest = f"json_merge_patch(data, {sql_literal(json.dumps(dict.fromkeys(keys), ensure_ascii=False))})"
    fields = [
        f"csv_text({name}, {guard})" if name in PLAIN_TEXTS else f"iso_instant({name})" for name in _FIRST
    ]
    if keys:
        fields.append(f"csv_members(odd_members, plain_members, {guard})")
    if others:
        fields.append(f"CASE WHEN {rest} = '{{}}' THEN '' ELSE csv_quoted(CAST({rest} AS VARCHAR)) END")
    line = ", ',', ".join(fields)
    columns = [f"concat({line}, {sql_literal(encoding.csv_line_end)}) AS line"]
    if encoding.formula_guard:
        columns.append(_count("is_formula", "is_json_formula") + " AS formula_guard")
    columns.append(_count("has_nul", "has_json_nul") + " AS nul_character")
    if others:
        columns.append(f"({rest} <> '{{}}')::INTEGER AS joined_columns")
    return ", ".join(columns)


def _count(plain: str, json: str) -> str:
    own = " + ".join(f"coalesce({plain}({name})::INTEGER, 0)" for name in PLAIN_TEXTS)
    return f"{own} + coalesce(len(list_filter(odd_members, LAMBDA member: {json}(member))), 0)"


def csv_field(value: object, encoding: Encoding, altered: Counter[str]) -> str:
    """One value of a small table by the same rules: text is guarded, numbers are not, lists and objects are JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _quoted(_guarded(value, encoding, altered))
    if isinstance(value, dict | list):
        return _quoted(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    return json.dumps(value)


def _guarded(text: str, encoding: Encoding, altered: Counter[str]) -> str:
    clean = text.replace("\0", "\ufffd")
    altered["nul_character"] += clean != text
    if encoding.formula_guard and text.startswith(FORMULA_STARTS):
        altered["formula_guard"] += 1
        return "'" + clean
    return clean


def _quoted(text: str) -> str:
    if text and not any(mark in text for mark in '",\r\n'):
        return text
    return '"' + text.replace('"', '""') + '"'


def _json_pointer(key: str) -> str:
    """The JSON pointer (RFC 6901) to a member of this name."""
    return "/" + key.replace("~", "~0").replace("/", "~1")


_BOM = "\ufeff"


def csv_line(
    values: Sequence[object], encoding: Encoding, altered: Counter[str], *, first: bool = False
) -> bytes:
    """One line of values in UTF-8; the ``first`` one of a file has the byte order mark where ``encoding`` has it."""
    fields = (csv_field(value, encoding, altered) for value in values)
    return ((_BOM if first and encoding.csv_bom else "") + ",".join(fields) + encoding.csv_line_end).encode()
