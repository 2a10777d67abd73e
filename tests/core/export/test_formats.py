"""Each format holds the events that were read, for every reader, and the metadata that core/spec/outputs.md asks
for."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from harness.golden import assert_golden
from harness.log_files import write_log
from harness.read_session import ReadSession
from harness.records.shannon import full_event
from harness.workbench import ALL_FORMATS
from shannon_core.export import snapshot
from shannon_core.export.writers import excel
from shannon_core.request.export_request import Encoding, ExportFormat
from shannon_core.request.format_specs import format_spec
from shannon_core.request.selection import EventFilter, Selection
from shannon_core.request.time_range import TimeRange

GOLDEN = Path(__file__).parent / "golden"
NASTY = [
    full_event(
        1, data={"note": 'comma, "quote",\nnewline\r\n and\ttab', "tool_name": "Bash", "n": -5, "s": "-5"}
    ),
    full_event(
        2,
        session_id='=HYPERLINK("http://example.invalid")',
        data={"note": "@SUM(A1)", "empty": "", "none": None},
    ),
    full_event(
        3,
        user_id=None,
        data={"emoji": "🧪 naïve 日本語 \u2028", "nested": {"a": [1, {"b": None}], "c": "x"}, "list": []},
    ),
    full_event(4, data={"big": 2**63 + 1, "small": 1e-300, "float": 100000.0, "yes": True}),
    full_event(
        5,
        data={
            "id": "shadow",
            "type": "shadow",
            "": "empty key",
            "a.b": 1,
            'a"b': 2,
            "a/b": 3,
            "~": 4,
            "A": 5,
            "a": 6,
        },
    ),
    full_event(
        6, type="token_usage", data={"total_tokens": 2**60, "model": "_x0041_ & <b>"}, metadata={"k": [1, 2]}
    ),
    full_event(
        7, data={"control": "a\u0001b\u001b[31m", "nul": "a\0b", "fffe": "\ufffe"}, extra_member={"kept": 1}
    ),
    full_event(8, type="error_occurred", data={}, timestamp="2026-03-29T01:30:00.123456+00:00"),
    full_event(9, timestamp="1890-01-01T00:00:00Z", data={"long": "x" * 40_000}),
]
IDS = [item["id"] for item in sorted(NASTY, key=lambda item: datetime.fromisoformat(item["timestamp"]))]


@pytest.fixture
async def reading(tmp_path: Path) -> Any:
    """The nasty events, read."""
    write_log(tmp_path / "logs", NASTY, "metrics_1.jsonl")
    found = await ReadSession.of(tmp_path / "logs")
    yield found
    await found.session.close()


@pytest.fixture
def fixed_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exports that always happen at the same time."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Clock:
            return cls(2026, 1, 2, 3, 4, 5, tzinfo=tz)

    monkeypatch.setattr(snapshot, "datetime", Clock)


def dictionary(item: dict[str, Any]) -> dict[str, Any]:
    """The event as JSON and JSONL hold it."""
    moment = datetime.fromisoformat(item["timestamp"]).astimezone(UTC)
    return {**item, "timestamp": moment.isoformat(timespec="microseconds")}


EXPECTED = sorted((dictionary(item) for item in NASTY), key=lambda item: item["timestamp"])


async def test_that_json_holds_every_event_value_for_value(reading: ReadSession, tmp_path: Path) -> None:
    path = await reading.export(tmp_path / "out.json", ExportFormat.JSON)
    found = json.loads(path.read_text(), parse_constant=pytest.fail)
    assert found["metrics"] == EXPECTED
    assert set(found) == {"metadata", "metrics"}


async def test_that_jsonl_begins_with_the_metadata_and_holds_one_event_per_line(
    reading: ReadSession, tmp_path: Path
) -> None:
    path = await reading.export(tmp_path / "out.jsonl", ExportFormat.JSONL)
    first, *lines = path.read_bytes().split(b"\n")[:-1]
    assert json.loads(first)["_metadata"] is True
    assert [json.loads(line) for line in lines] == EXPECTED


def csv_rows(path: Path) -> list[dict[str, str]]:
    """The rows as the standard library reads them."""
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")))


def csv_value(value: Any) -> str:
    """What a CSV field holds for a value of data."""
    if value is None:
        return ""
    if isinstance(value, str):
        return ("'" if value.startswith(tuple("=+-@\t\r\n\0＝＋－＠")) else "") + value.replace(
            "\0", "\ufffd"
        )
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


async def test_that_csv_has_the_union_of_the_keys_and_guards_text_but_not_numbers(
    reading: ReadSession, tmp_path: Path
) -> None:
    path = await reading.export(tmp_path / "out.csv", ExportFormat.CSV)
    rows = csv_rows(path)
    own = ("id", "timestamp", "type", "session_id", "user_id")
    keys = sorted({key for item in NASTY for key in item["data"]})
    assert list(rows[0]) == [*own, *(f"data.{key}" if key in own else key for key in keys)]
    for row, item in zip(rows, EXPECTED, strict=True):
        assert {key: row[f"data.{key}" if key in own else key] for key in keys} == {
            key: csv_value(item["data"].get(key)) for key in keys
        }
    assert rows[2]["session_id"].startswith("'=")


async def test_that_csv_is_the_same_for_other_readers(reading: ReadSession, tmp_path: Path) -> None:
    path = await reading.export(tmp_path / "out.csv", ExportFormat.CSV)
    engine = duckdb.read_csv(
        str(path), all_varchar=True, header=True, quotechar='"', escapechar='"'
    ).fetchall()
    frame = pl.read_csv(path, infer_schema=False)
    assert [row[0] for row in engine] == IDS == frame["id"].to_list()


@pytest.mark.parametrize("end", ["\r\n", "\n"])
async def test_that_csv_distinguishes_null_from_empty_text(tmp_path: Path, end: Any) -> None:
    write_log(tmp_path / "logs", [full_event(1, data={"a": "", "b": None})])
    reading = await ReadSession.of(tmp_path / "logs")
    encoding = Encoding(csv_line_end=end, csv_bom=True)
    path = await reading.export(tmp_path / "out.csv", ExportFormat.CSV, encoding=encoding)
    lines = path.read_bytes().decode().split(end)
    assert lines[0].startswith("\ufeffid,")
    assert lines[1].endswith(',"",')
    assert lines[2:] == [""]


async def test_that_raw_csv_changes_no_text(reading: ReadSession, tmp_path: Path) -> None:
    path = await reading.export(
        tmp_path / "out.csv", ExportFormat.CSV, encoding=Encoding(formula_guard=False)
    )
    row = next(row for row in csv_rows(path) if row["id"] == "e2")
    assert (row["session_id"], row["note"]) == (NASTY[1]["session_id"], "@SUM(A1)")


async def test_that_parquet_is_typed_sorted_and_described(reading: ReadSession, tmp_path: Path) -> None:
    path = await reading.export(tmp_path / "out.parquet", ExportFormat.PARQUET)
    rows = pq.read_table(path).to_pylist()
    assert [row["id"] for row in rows] == IDS
    assert [row["timestamp"] for row in rows] == [
        datetime.fromisoformat(item["timestamp"]) for item in EXPECTED
    ]
    assert [json.loads(row["data"]) for row in rows] == [item["data"] for item in EXPECTED]
    assert pl.read_parquet(path)["id"].to_list() == IDS
    assert [row[0] for row in duckdb.read_parquet(str(path)).project("id").fetchall()] == IDS
    record = pq.read_metadata(path).metadata
    assert record[b"events_written"] == b"9"
    assert json.loads(record[b"filters"]) == {}


async def test_that_parquet_has_the_same_schema_when_it_is_empty(
    reading: ReadSession, tmp_path: Path
) -> None:
    nothing = Selection(filters=(EventFilter("user_id", ("nobody",)),))
    full = await reading.export(tmp_path / "a.parquet", ExportFormat.PARQUET)
    empty = await reading.export(tmp_path / "b.parquet", ExportFormat.PARQUET, selection=nothing)
    assert pq.read_schema(full).equals(pq.read_schema(empty))
    assert pq.read_metadata(empty).num_rows == 0


async def test_that_excel_has_real_types_and_shows_what_it_had_to_change(
    reading: ReadSession, tmp_path: Path
) -> None:
    zone = Selection(TimeRange(timezone="Europe/Berlin"))
    path = await reading.export(tmp_path / "out.xlsx", ExportFormat.EXCEL, selection=zone)
    workbook = openpyxl.load_workbook(path)
    header, *rows = workbook["Metrics"].iter_rows(values_only=True)
    assert header[1] == "Timestamp (Europe/Berlin)"
    assert [row[0] for row in rows] == IDS
    by_id = {row[0]: row for row in rows}
    assert by_id["e8"][1] == datetime(2026, 3, 29, 3, 30, 0, 123000)  # noqa: DTZ001 – a wall clock
    assert by_id["e9"][1] == "1890-01-01T00:53:28.000000"
    assert by_id["e1"][6:8] == (12.5, True) or by_id["e1"][6:8] == (None, None)
    assert by_id["e6"][8] == str(2**60)
    assert by_id["e9"][9].endswith("]")
    assert len(by_id["e9"][9]) <= 32_767
    record = dict(workbook["Metadata"].iter_rows(values_only=True))
    assert json.loads(record["altered_values"]) == {
        "control_character": 1,
        "long_cell": 1,
        "early_date": 1,
        "big_integer": 2,
    }
    assert not any(cell.data_type == "f" for sheet in workbook for line in sheet.iter_rows() for cell in line)


async def test_that_excel_is_the_same_for_another_reader(reading: ReadSession, tmp_path: Path) -> None:
    path = await reading.export(tmp_path / "out.xlsx", ExportFormat.EXCEL)
    _, *rows = CalamineWorkbook.from_path(path).get_sheet_by_name("Metrics").to_python()
    assert [row[0] for row in rows] == IDS
    assert json.loads(next(row for row in rows if row[0] == "e6")[9]) == NASTY[5]["data"]


async def test_that_excel_continues_in_further_sheets(
    reading: ReadSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(excel, "SHEET_ROWS", 4)
    path = await reading.export(tmp_path / "out.xlsx", ExportFormat.EXCEL)
    workbook = openpyxl.load_workbook(path)
    names = ["Metrics", "Metrics (2)", "Metrics (3)"]
    assert [name for name in workbook.sheetnames if name.startswith("Metrics")] == names
    assert [row[0] for name in names for row in list(workbook[name].iter_rows(values_only=True))[1:]] == IDS


async def test_that_zip_holds_the_same_files_and_a_true_manifest(
    reading: ReadSession, tmp_path: Path
) -> None:
    path = await reading.export(tmp_path / "out.zip", ExportFormat.ZIP)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        manifest = json.loads(archive.read("manifest.json"))
        sizes = {info.filename: info.file_size for info in archive.infolist()}
        assert {item["name"]: item["bytes"] for item in manifest["files"]} == {
            name: size for name, size in sizes.items() if name != "manifest.json"
        }
        lines = archive.read("data.jsonl").splitlines()[1:]
        assert [json.loads(line)["id"] for line in lines] == IDS
        assert [item["id"] for item in json.loads(archive.read("data.json"))["metrics"]] == IDS
    assert manifest["failures"] == []
    assert manifest["altered_values"]["formula_guard"] == 3


@pytest.mark.parametrize("wanted", [ExportFormat.JSON, ExportFormat.JSONL, ExportFormat.CSV])
async def test_that_a_compressed_file_holds_the_bytes_of_the_plain_one(
    reading: ReadSession, tmp_path: Path, wanted: str, fixed_time: None
) -> None:
    plain = await reading.export(tmp_path / f"a.{wanted}", wanted)
    packed = await reading.export(tmp_path / f"b.{wanted}", wanted, encoding=Encoding(compress=True))
    assert packed.name.endswith(".gz")
    assert gzip.decompress(packed.read_bytes()) == plain.read_bytes()


@pytest.mark.parametrize("wanted", ALL_FORMATS)
async def test_that_the_same_request_gives_the_same_bytes(
    reading: ReadSession, tmp_path: Path, wanted: str, fixed_time: None
) -> None:
    first = await reading.export(tmp_path / "a", wanted)
    time.sleep(
        1.1 if wanted in (ExportFormat.EXCEL, ExportFormat.ZIP) else 0
    )  # their dates have whole seconds
    second = await reading.export(tmp_path / "b", wanted)
    assert first.read_bytes() == second.read_bytes()


SHOWN_AS = {ExportFormat.PARQUET: ".txt", ExportFormat.EXCEL: ".xml", ExportFormat.ZIP: ".txt"}
"""The endings of golden files that show what a binary file holds."""


@pytest.mark.parametrize("wanted", ALL_FORMATS)
async def test_that_the_bytes_are_those_of_the_golden_file(
    reading: ReadSession, tmp_path: Path, wanted: str, fixed_time: None
) -> None:
    path = await reading.export(tmp_path / "out", wanted)
    shown = re.sub(
        r'"program_version": "[^"]*"'
        r'|(?<=program_version</t></is></c><c t="inlineStr"><is><t xml:space="preserve">)[^<]*',
        "VERSION",
        _shown(path, wanted),
    )
    shown = shown.replace(str(tmp_path), "FOLDER").replace("x" * 1000, "")
    assert_golden(shown, GOLDEN / f"events{format_spec(wanted).suffix}{SHOWN_AS.get(wanted, '')}")


def _shown(path: Path, wanted: str) -> str:
    match wanted:
        case ExportFormat.PARQUET:
            table = pq.read_table(path)
            record = {
                k.decode(): v.decode()
                for k, v in pq.read_metadata(path).metadata.items()
                if b"ARROW" not in k
            }
            record.pop("program_version")
            return f"{table.schema.remove_metadata()}\n{json.dumps(record, indent=1)}\n" + "\n".join(
                map(str, table.to_pylist())
            )
        case ExportFormat.EXCEL:
            with zipfile.ZipFile(path) as archive:
                return "\n".join(archive.read(f"xl/worksheets/sheet{n}.xml").decode() for n in (1, 2))
        case ExportFormat.ZIP:
            with zipfile.ZipFile(path) as archive:
                names = [
                    str((info.filename, info.date_time, info.compress_type)) for info in archive.infolist()
                ]
                manifest = re.sub(
                    r'"(sha256|bytes)": [^,\n]*', r'"\1": …', archive.read("manifest.json").decode()
                )
                return "\n".join([*names, manifest])
        case _:
            return path.read_bytes().decode()


def same(field: str) -> object:
    """A field without the spelling of its numbers: 1e16 and 10000000000000000.0 are one value."""
    try:
        return json.loads(field)
    except json.JSONDecodeError:
        return field


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
VALUE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
EVENTS = st.lists(
    st.builds(
        lambda data, session, user, kind: {
            "session_id": session,
            "user_id": user,
            "type": kind,
            "data": data,
        },
        st.dictionaries(TEXT, VALUE, max_size=5),
        st.none() | TEXT,
        st.none() | TEXT,
        st.sampled_from(["tool_use", "token_usage", "surprise"]),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(items=EVENTS)
async def test_that_written_events_read_back_as_they_were_read(
    tmp_path_factory: pytest.TempPathFactory, items: list[dict[str, Any]]
) -> None:
    folder = tmp_path_factory.mktemp("events")
    events = [full_event(number, **item) for number, item in enumerate(items)]
    write_log(folder / "logs", events)
    reading = await ReadSession.of(folder / "logs")
    try:
        expected = [dictionary(item) for item in events]
        found = json.loads((await reading.export(folder / "o.json", ExportFormat.JSON)).read_text())
        assert found["metrics"] == expected
        lines = (await reading.export(folder / "o.jsonl", ExportFormat.JSONL)).read_bytes().split(b"\n")[1:-1]
        assert [json.loads(line) for line in lines] == expected
        rows = pq.read_table(await reading.export(folder / "o.parquet", ExportFormat.PARQUET)).to_pylist()
        assert [(row["session_id"], row["user_id"], json.loads(row["data"])) for row in rows] == [
            (item["session_id"], item["user_id"], item["data"]) for item in events
        ]
        path = await reading.export(folder / "o.csv", ExportFormat.CSV)
        fields = list(csv.reader(io.StringIO(path.read_bytes().decode(), newline="")))[1:]
        keys = sorted({key for item in events for key in item["data"]})
        for line, item in zip(fields, events, strict=True):
            assert [same(field) for field in line[5:]] == [
                same(csv_value(item["data"].get(key))) for key in keys
            ]
    finally:
        await reading.session.close()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    users=st.lists(st.sampled_from(["a", "b", None]), min_size=1, max_size=12),
    wanted=st.sets(st.sampled_from(["a", "b"]), min_size=1),
    negated=st.booleans(),
)
async def test_that_a_filtered_export_is_the_filter_of_the_export(
    tmp_path_factory: pytest.TempPathFactory, users: list[str | None], wanted: set[str], negated: bool
) -> None:
    folder = tmp_path_factory.mktemp("filtered")
    write_log(folder / "logs", [full_event(number, user_id=user) for number, user in enumerate(users)])
    reading = await ReadSession.of(folder / "logs")
    chosen = Selection(filters=(EventFilter("user_id", tuple(sorted(wanted)), negated),))
    path = await reading.export(folder / "o.json", ExportFormat.JSON, selection=chosen)
    oracle = [f"e{number}" for number, user in enumerate(users) if (user in wanted) != negated]
    assert [item["id"] for item in json.loads(path.read_text())["metrics"]] == oracle
    assert (await reading.session.totals(chosen)).events == len(oracle)
    await reading.session.close()
