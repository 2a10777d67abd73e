"""What every format should hold, in plain Python: an independent reading that knows the specification and not the
program."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

Event = dict[str, Any]
FIVE = ("id", "timestamp", "type", "session_id", "user_id")
GUARDED = tuple("=+-@\t\r\n\0＝＋－＠")
CELL_LIMIT = 32_767
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def instant(text: str) -> datetime:
    """An RFC 3339 text as an instant."""
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def exported(item: Event) -> Event:
    """The dictionary that JSON and JSONL hold for an event."""
    known = {
        "id": item["id"],
        "timestamp": instant(item["timestamp"]).isoformat(timespec="microseconds"),
        "type": item["type"],
        "session_id": item.get("session_id"),
        "user_id": item.get("user_id"),
        "data": item.get("data") or {},
        "metadata": item.get("metadata") or {},
    }
    return known | {key: value for key, value in item.items() if key not in known}


def in_order(events: Iterable[Event]) -> list[Event]:
    """The events of one file in the order of every export."""
    return sorted(events, key=lambda item: instant(item["timestamp"]))


def strict(text: str | bytes) -> Any:
    """JSON by RFC 8259; NaN is none."""

    def refuse(name: str) -> None:
        raise ValueError(name)

    return json.loads(text, parse_constant=refuse)


def plain_bytes(path: Path) -> bytes:
    """A file's content, unpacked where its name says so."""
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def json_events(path: Path) -> list[Event]:
    """The events of a JSON export."""
    return list(strict(plain_bytes(path))["metrics"])


def jsonl_events(path: Path) -> list[Event]:
    """The events of a JSONL export, its lines cut at LF and nowhere else."""
    first, *rest = plain_bytes(path).removesuffix(b"\n").split(b"\n")
    assert strict(first)["_metadata"] is True
    return [strict(line) for line in rest]


def csv_table(path: Path) -> list[list[str]]:
    """The records of a CSV export with its header, as RFC 4180 has them."""
    return list(csv.reader(io.StringIO(plain_bytes(path).decode("utf-8-sig"), newline=""), strict=True))


def csv_keys(events: Iterable[Event]) -> list[str]:
    """The keys of data that have a column, sorted by code point."""
    return sorted({key for item in events for key in item.get("data") or {}})


def csv_text(text: str | None, guard: bool, altered: Counter[str]) -> str:
    """What a field holds for a text, with what had to change counted."""
    if text is None:
        return ""
    altered["nul_character"] += "\0" in text
    altered["formula_guard"] += guard and text.startswith(GUARDED)
    return ("'" if guard and text.startswith(GUARDED) else "") + text.replace("\0", "\ufffd")


def csv_row(item: Event, keys: Iterable[str], guard: bool, altered: Counter[str]) -> list[Any]:
    """The fields of an event; what is not text is a JSON value, for its spelling is free."""
    whole = exported(item)
    row: list[Any] = [
        whole[name] if name == "timestamp" else csv_text(whole[name], guard, altered) for name in FIVE
    ]
    for key in keys:
        value = whole["data"].get(key)
        row.append(
            csv_text(value, guard, altered) if value is None or isinstance(value, str) else AsJson(value)
        )
    return row


class AsJson:
    """Equals any text that is this value as JSON."""

    def __init__(self, value: object) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and same_json(strict(other), self.value)

    def __repr__(self) -> str:
        return f"AsJson({self.value!r})"

    __hash__ = None  # type: ignore[assignment]


def same_json(one: object, other: object) -> bool:
    """Whether two values are the same to JSON, where 1.0 and 1 are one number but 1 and true are not."""
    return json.dumps(_spelt(one)) == json.dumps(_spelt(other))


def _spelt(value: object) -> object:
    match value:
        case bool() | None | str():
            return value
        case int() | float():
            return int(value) if value == int(value) else value
        case list():
            return [_spelt(item) for item in value]
        case dict():
            return {key: _spelt(item) for key, item in value.items()}
        case _:
            raise TypeError(value)


def sheet_text(text: str, altered: Counter[str]) -> str:
    """What a cell of Excel can hold of a text."""
    altered["control_character"] += _ILLEGAL.search(text) is not None
    units = len(text.encode("utf-16-le")) // 2
    if units > CELL_LIMIT:
        altered["long_cell"] += 1
        return text[:100]
    return _ILLEGAL.sub("\ufffd", text)


def sheet_rows(path: Path, sheet: str = "Metrics") -> list[list[Any]]:
    """The cells of a sheet by ECMA-376 alone: texts, numbers, booleans and None."""
    with zipfile.ZipFile(path) as archive:
        rows = ElementTree.fromstring(archive.read(_part_of(archive, sheet))).iter(f"{_SHEET}row")
        return [[_cell(cell) for cell in row.iter(f"{_SHEET}c")] for row in rows]


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    names = [item.get("name") for item in workbook.iter(f"{_SHEET}sheet")]
    return f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"


def _cell(cell: ElementTree.Element) -> Any:
    kind, value = cell.get("t"), cell.find(f"{_SHEET}v")
    if kind == "inlineStr":
        text = "".join(part.text or "" for part in cell.iter(f"{_SHEET}t"))
        return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)
    if value is None:
        return None
    assert value.text is not None
    if kind == "b":
        return value.text == "1"
    assert kind in (None, "n"), kind
    return float(value.text)


def matches(item: Event, wanted: Mapping[str, Iterable[str]], negated: Iterable[str] = ()) -> bool:
    """Whether the event passes the filters: any value of a field, every field; a negated field keeps what has no
    value."""
    return all((item.get(field) in set(values)) != (field in negated) for field, values in wanted.items())
