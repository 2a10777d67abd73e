"""What is written reads back as what was read, in every format, but for what the specification alters, and that is
counted."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from harness import oracle
from harness.jobs import Recorder, altered
from harness.log_files import write_log
from harness.records.shannon import event
from harness.workbench import Workbench
from shannon_core.request.export_request import ExportFormat

# every character of Unicode, and more often those that some format or reader trips over
CHARACTERS = st.characters(exclude_categories=["Cs"]) | st.sampled_from(
    list("=+-@'\",;\t\r\n\0\x1b\x85\u2028\ufeff\ufffe_xX00<>&]\\/~{}$?＝")
)
TEXTS = st.text(CHARACTERS, max_size=12) | st.sampled_from(
    ["", "_x0041_", "_x000D_", "null", "NULL", "\r\n", "'=1", "]]>", "&amp;", "-5", " x ", "😀"]
)
NUMBERS = st.integers() | st.integers(-(2**80), 2**80) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)
INSTANTS = st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.isoformat())
KEYS = TEXTS | st.sampled_from(
    [
        "id",
        "timestamp",
        "data.id",
        "data.data.id",
        "a.b",
        'a"b',
        "a/b",
        "a~1b",
        "~",
        "$",
        "A",
        "a",
        "select",
        "*",
    ]
)
EVENTS = st.lists(
    st.fixed_dictionaries(
        {"id": TEXTS, "timestamp": INSTANTS, "type": st.sampled_from(["tool_use", "token_usage", "x"]) | TEXTS},
        optional={
            "session_id": st.none() | TEXTS,
            "user_id": st.none() | TEXTS,
            "data": st.dictionaries(KEYS, VALUES, max_size=4),
            "metadata": st.dictionaries(TEXTS, VALUES, max_size=2),
            "further": VALUES,
        },
    ),
    min_size=1,
    max_size=5,
)  # fmt: skip
PROPERTY = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def written(bench: Workbench, tmp_path: Path) -> Any:
    """A function that reads events and writes one format; it gives the file and what was altered."""

    def write(
        events: list[dict[str, Any]], wanted: ExportFormat, **encoding: Any
    ) -> tuple[Path, dict[str, int]]:
        assert bench.read(write_log(tmp_path / "logs", events)).rejects == []
        recorder = Recorder()
        (path,) = bench.export(tmp_path / "out", wanted, recorder=recorder, **encoding)
        return path, altered(recorder)

    return write


@PROPERTY
@given(events=EVENTS, compress=st.booleans())
def test_that_json_holds_every_event(written: Any, events: list[dict[str, Any]], compress: bool) -> None:
    path, changed = written(events, ExportFormat.JSON, compress=compress)
    expected = [oracle.exported(item) for item in oracle.in_order(events)]
    assert oracle.same_json(oracle.json_events(path), expected)
    assert changed == {}


@PROPERTY
@given(events=EVENTS, compress=st.booleans())
def test_that_jsonl_holds_every_event(written: Any, events: list[dict[str, Any]], compress: bool) -> None:
    path, changed = written(events, ExportFormat.JSONL, compress=compress)
    expected = [oracle.exported(item) for item in oracle.in_order(events)]
    assert oracle.same_json(oracle.jsonl_events(path), expected)
    assert changed == {}


@PROPERTY
@given(
    events=EVENTS,
    guard=st.booleans(),
    bom=st.booleans(),
    end=st.sampled_from(["\r\n", "\n"]),
    compress=st.booleans(),
)
@example([event(1, data={"id": 1, "data.id": 2, "data.data.id": 3})], True, False, "\n", False)
@example([event(1, data={"\0": "\0=", "=1": "=1"})], True, True, "\r\n", False)
def test_that_csv_holds_every_event_and_counts_what_it_alters(
    written: Any, events: list[dict[str, Any]], guard: bool, bom: bool, end: str, compress: bool
) -> None:
    path, changed = written(
        events, ExportFormat.CSV, formula_guard=guard, csv_bom=bom, csv_line_end=end, compress=compress
    )
    counted: Counter[str] = Counter()
    keys = oracle.csv_keys(events)
    for key in keys:
        oracle.csv_text(key, guard, counted)
    header, *rows = oracle.csv_table(path)
    assert rows == [oracle.csv_row(item, keys, guard, counted) for item in oracle.in_order(events)]
    assert len(header) == len(rows[0])
    assert changed == dict(+counted)
    assert oracle.plain_bytes(path).startswith(b"\xef\xbb\xbf") is bom
    assert oracle.plain_bytes(path).endswith(end.encode())


@PROPERTY
@given(events=EVENTS, compress=st.booleans())
def test_that_parquet_holds_every_event(written: Any, events: list[dict[str, Any]], compress: bool) -> None:
    path, changed = written(events, ExportFormat.PARQUET, compress=compress)
    expected = [oracle.exported(item) for item in oracle.in_order(events)]
    rows = pq.read_table(path).to_pylist()
    assert [[row[name] for name in ("id", "type", "session_id", "user_id")] for row in rows] == [
        [item[name] for name in ("id", "type", "session_id", "user_id")] for item in expected
    ]
    assert [row["timestamp"] for row in rows] == [
        datetime.fromisoformat(item["timestamp"]) for item in expected
    ]
    for name in ("data", "metadata"):
        assert oracle.same_json([oracle.strict(row[name]) for row in rows], [item[name] for item in expected])
    assert changed == {}


def sheet_cells(item: dict[str, Any], counted: Counter[str]) -> dict[str, Any]:
    """The cells that come from an event as it is, by the name of their column."""
    whole = oracle.exported(item)
    return {
        "ID": oracle.sheet_text(whole["id"], counted),
        "Type": oracle.sheet_text(whole["type"], counted),
        "Session ID": None
        if whole["session_id"] is None
        else oracle.sheet_text(whole["session_id"], counted),
        "User ID": None if whole["user_id"] is None else oracle.sheet_text(whole["user_id"], counted),
    }


@PROPERTY
@given(events=EVENTS)
def test_that_excel_holds_every_event_and_counts_what_it_alters(
    written: Any, events: list[dict[str, Any]]
) -> None:
    path, changed = written(events, ExportFormat.EXCEL)
    header, *rows = oracle.sheet_rows(path)
    counted: Counter[str] = Counter()
    for row, item in zip(rows, oracle.in_order(events), strict=True):
        found = dict(zip(header, row, strict=True))
        assert {name: found[name] for name in ("ID", "Type", "Session ID", "User ID")} == sheet_cells(
            item, counted
        )
        moment = oracle.instant(item["timestamp"])
        counted["early_date"] += moment < datetime(1900, 3, 1, tzinfo=UTC)
        shown = found["Timestamp (UTC)"]
        if isinstance(shown, str):
            assert datetime.fromisoformat(shown).replace(tzinfo=UTC) == moment
        else:
            days = datetime(1899, 12, 30, tzinfo=UTC) + timedelta(days=shown)
            assert abs(days - moment) < timedelta(milliseconds=1)
        for text in (item.get("data") or {}).get("tool_name"), found["Data"]:
            if isinstance(text, str) and text is not found["Data"] and item["type"] == "tool_use":
                assert found["Tool Name"] == oracle.sheet_text(text, counted)
        counted["control_character"] += _data_is_altered(found["Data"], item)
        tokens = found["Tokens"]
        counted["big_integer"] += isinstance(tokens, str)
    assert changed == dict(+counted)


def _data_is_altered(cell: str, item: dict[str, Any]) -> bool:
    """Whether the cell differs from data, which only the characters that XML forbids may make it."""
    value = oracle.strict(cell)
    expected = item.get("data") or {}
    if oracle.same_json(value, expected):
        return False
    mended = json.loads(
        json.dumps(expected, ensure_ascii=False).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    )
    assert oracle.same_json(value, mended)
    return True


@settings(PROPERTY, max_examples=15)
@given(events=EVENTS)
def test_that_a_zip_holds_what_the_single_formats_hold(
    written: Any, tmp_path_factory: pytest.TempPathFactory, events: list[dict[str, Any]]
) -> None:
    path, changed = written(events, ExportFormat.ZIP)
    folder = tmp_path_factory.mktemp("members")
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    expected = [oracle.exported(item) for item in oracle.in_order(events)]
    assert oracle.same_json(oracle.json_events(folder / "data.json"), expected)
    assert oracle.same_json(oracle.jsonl_events(folder / "data.jsonl"), expected)
    counted: Counter[str] = Counter()
    keys = oracle.csv_keys(events)
    for key in keys:
        oracle.csv_text(key, True, counted)
    rows = [oracle.csv_row(item, keys, True, counted) for item in oracle.in_order(events)]
    assert oracle.csv_table(folder / "data_metrics.csv")[1:] == rows
    assert changed == dict(+counted)


@settings(PROPERTY, max_examples=15)
@given(events=EVENTS)
def test_that_independent_readers_agree_on_every_format(written: Any, events: list[dict[str, Any]]) -> None:
    expected = [oracle.exported(item) for item in oracle.in_order(events)]
    ids = [item["id"] for item in expected]
    path, _ = written(events, ExportFormat.PARQUET)
    assert pl.read_parquet(path)["id"].to_list() == ids
    assert [row[0] for row in duckdb.read_parquet(str(path)).project("id").fetchall()] == ids
    path, _ = written(events, ExportFormat.EXCEL)
    texts = [oracle.sheet_text(item["id"], Counter()) for item in expected]
    cells = CalamineWorkbook.from_path(path).get_sheet_by_name("Metrics").to_python()
    assert [row[0] for row in cells[1:]] == texts
    sheet = openpyxl.load_workbook(path)["Metrics"]
    assert sheet.max_row == len(ids) + 1


@pytest.mark.parametrize("reader", ["duckdb", "polars"])
def test_that_other_readers_of_csv_find_the_same_fields(written: Any, reader: str) -> None:
    texts = [
        "plain",
        'a "quoted" one',
        "comma, semicolon;",
        "line\r\nend",
        "line\nend",
        "'",
        " spaces ",
        "ünïcödé 日本語",
        "tab\tinside",
        "\\",
    ]
    path, _ = written(
        [event(number, data={"text": text}) for number, text in enumerate(texts)], ExportFormat.CSV
    )
    if reader == "duckdb":
        found = duckdb.read_csv(
            str(path), all_varchar=True, header=True, quotechar='"', escapechar='"', sep=","
        ).fetchall()
        assert [row[5] for row in found] == texts
    else:
        assert pl.read_csv(path, infer_schema=False)["text"].to_list() == texts


@settings(PROPERTY, max_examples=20)
@given(keys=st.lists(KEYS, min_size=1, max_size=8, unique=True))
def test_that_no_two_columns_of_a_csv_have_one_name(written: Any, keys: list[str]) -> None:
    path, _ = written([event(data=dict.fromkeys(keys, 1))], ExportFormat.CSV, formula_guard=False)
    header, _ = oracle.csv_table(path)
    if not any("\0" in key for key in keys):
        assert len(set(header)) == len(header) == 5 + len(keys)
