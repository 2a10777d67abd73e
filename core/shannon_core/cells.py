"""What a value may look like in each format: the SELECT lists that render events, with a counter for every alteration.

The rules, and where they come from:

* CSV (RFC 4180): a field with a quote, a comma or a line end is quoted; null is empty, an empty text is ``""``; lists and objects
  are compact JSON. The formula guard (OWASP ASVS 5.0 1.2.10) puts an apostrophe before *text* that a spreadsheet might run;
  numbers are left alone. NUL becomes U+FFFD.
* Excel (ECMA-376 part 1, §18.3.1.53 and §22.9.2.19): text is inline, so that it never is a formula; characters that XML 1.0 forbids
  become U+FFFD; ``_x0041_`` is escaped; a cell ends at 32,767 UTF-16 units with a mark; integers beyond 2^53 are text, and so are
  times before 1900-03-01, for which spreadsheets disagree on the calendar.
* JSON (RFC 8259): ``data`` and ``metadata`` pass through as the store holds them.

A rendered row is a column ``line``; the columns after it count alterations and are named after them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from shannon_core.request import Encoding

FORMULA_STARTS = tuple("=+-@\t\r\n\0＝＋－＠")
EXCEL_CELL_LIMIT = 32_767
EXACT_INTEGER = 2**53
CSV_COLUMNS = ("id", "timestamp", "type", "session_id", "user_id")
CSV_OTHERS = "(others)"
MAX_CSV_KEYS = 500
"""Rarer keys of ``data`` get no columns of their own: a row would be mostly commas, and two thousand rows of ten thousand columns
are more than the engine can hold."""
SHEET_COLUMNS = (
    "ID",
    "Timestamp",
    "Type",
    "Session ID",
    "User ID",
    "Tool Name",
    "Duration (ms)",
    "Success",
    "Tokens",
    "Data",
)
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPED = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
_SHORT_CELL = 16_363
"""So many characters and a mark never pass the limit, which counts UTF-16 units."""
_PREFIXED = re.compile(r"\A(?:data\.)+")
_PLAIN_TEXTS = ("id", "type", "session_id", "user_id")
_SHEET_TEXTS = ("id", "type", "session_id", "user_id", "tool_name", "data")


def event_json(before: str = "", after: str = "") -> str:
    """An event as one JSON object: the seed's dictionary, then what the source had beside it."""
    members = (
        "'{\"id\": ', to_json(id)",
        '\', "timestamp": "\', iso_instant(timestamp)',
        '\'", "type": \', to_json(type)',
        "', \"session_id\": ', coalesce(to_json(session_id), 'null')",
        "', \"user_id\": ', coalesce(to_json(user_id), 'null')",
        "', \"data\": ', data",
        "', \"metadata\": ', metadata",
        "CASE WHEN extra IS NULL THEN '}' ELSE ', ' || extra[2:] END",
    )
    return f"concat({', '.join((sql_literal(before), *members, sql_literal(after)))}) AS line"


def csv_header(keys: Sequence[str], *, others: bool = False) -> list[str]:
    """The names of the columns; a data key that equals one of the first five is ``data.<key>``.

    So is ``data.<key>`` itself, that no two columns have one name. With ``others``, further keys share a last column.
    """
    own = {*CSV_COLUMNS, CSV_OTHERS}
    named = (f"data.{key}" if _PREFIXED.sub("", key) in own else key for key in keys)
    return [*CSV_COLUMNS, *named, *([CSV_OTHERS] if others else [])]


def csv_given(keys: Sequence[str]) -> str:
    """What the columns of csv_row are made from: these members of ``data`` as JSON where any of them is odd, else as text."""
    pointers = f"[{', '.join(sql_literal(_json_pointer(key)) for key in keys)}]::VARCHAR[]"
    return (
        f"CASE WHEN has_odd_members(data) THEN json_extract(data, {pointers}) END AS odd_members,"
        f" CASE WHEN NOT has_odd_members(data) THEN json_extract_string(data, {pointers}) END AS plain_members"
    )


def csv_row(keys: Sequence[str], encoding: Encoding, *, others: bool = False) -> str:
    """An event as one line of a CSV whose further columns are these keys of ``data``, and the ``others`` as one JSON object."""
    guard = "true" if encoding.formula_guard else "false"
    rest = f"json_merge_patch(data, {sql_literal(json.dumps(dict.fromkeys(keys), ensure_ascii=False))})"
    texts = [f"csv_text({name}, {guard})" for name in _PLAIN_TEXTS]
    fields = [texts[0], "iso_instant(timestamp)", *texts[1:]]
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
    own = " + ".join(f"coalesce({plain}({name})::INTEGER, 0)" for name in _PLAIN_TEXTS)
    return f"{own} + coalesce(len(list_filter(odd_members, lambda member: {json}(member))), 0)"


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


def sheet_row(zone: str, instant_style: int, number_style: int, integer_style: int) -> str:
    """An event as one ``<row>`` of a sheet; times are wall clock in ``zone``; styles are indexes into the workbook's formats."""
    wall = f"wall_clock(timestamp, {sql_literal(zone)})"
    cells = [
        "sheet_text(id)",
        f"sheet_instant({wall}, '{instant_style:d}')",
        *(f"sheet_text({name})" for name in ("type", "session_id", "user_id", "tool_name")),
        f"sheet_number(duration_ms, '{number_style:d}')",
        "sheet_boolean(success)",
        f"sheet_integer(token_count, '{integer_style:d}')",
        "sheet_text(data)",
    ]
    counters = {
        "control_character": _sum(f"sheet_illegal({name})" for name in _SHEET_TEXTS),
        "long_cell": _sum(f"sheet_too_long({name})" for name in _SHEET_TEXTS),
        "early_date": f"before_sheets({wall})::INTEGER",
        "big_integer": _sum([f"abs(token_count) > {EXACT_INTEGER}"]),
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
    """A text as a cell of a small sheet can hold it, with what had to change counted."""
    clean = _FORBIDDEN.sub("\ufffd", text)
    altered["control_character"] += clean != text
    if len(clean.encode("utf-16-le")) // 2 > EXCEL_CELL_LIMIT:
        altered["long_cell"] += 1
        clean = f"{clean[:_SHORT_CELL]}…[truncated {len(clean) - _SHORT_CELL}]"
    return _ESCAPED.sub(r"_x005F_\1", clean)


def _sum(conditions: Iterable[str]) -> str:
    return " + ".join(f"coalesce(({condition})::INTEGER, 0)" for condition in conditions)


def _json_pointer(key: str) -> str:
    """RFC 6901."""
    return "/" + key.replace("~", "~0").replace("/", "~1")


def sql_literal(text: str) -> str:
    """A SQL string literal. Keys of data come from the logs, so that nothing but quotes may end them."""
    return "'" + text.replace("'", "''") + "'"
