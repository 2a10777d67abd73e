"""Hostile content (limits.md §5) stays content: in cells, in names, in SQL."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest

from harness import oracle
from harness.jobs import Recorder, altered
from harness.log_files import write_log
from harness.records.shannon import event
from harness.workbench import ALL_FORMATS, Workbench
from shannon_core.request.export_request import ExportFormat
from shannon_core.request.selection import EventFilter, Selection

FORMULAS = [
    *("=1+1", "=HYPERLINK(\"http://127.0.0.1/?\"&A1)", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "-cmd|x!y"),
    *("\t=1", "\r=1", "\n=1", "\0=1", "＝1+1", "＋1", "－1", "＠SUM(1)", "==1", "=\n1", "+", "-", "=", "@"),
]  # fmt: skip
INNOCENT = [
    *("1+1", " =1", "a=b", "'=1", "\u200b=1", "", "x@y", "#N/A", "0", '"=1"', ";=1", ",=1"),
    *(",", "a,", "a,}", "[]", "{"),
]  # fmt: skip
SQL = [
    *(
        "'",
        "''",
        "'; DROP TABLE events; --",
        '" OR 1=1',
        "x' OR '1'='1",
        "$1",
        "$value",
        "?",
        "%s",
        "{0}",
        "\\",
    ),
    *(
        "') UNION SELECT * FROM read_text('/etc/passwd') --",
        "/* */",
        "--",
        "\0",
        "COPY events TO '/tmp/x'",
        "e'\\''",
    ),
]
CELL_TEXTS = [
    *("TRUE", "0123", "1/2", "1e5", "1234567890123456", "2026-01-02", "-5", "#REF!", "]]>", "<c>", "&#65;", "&amp;"),
    *("_x000D_", "_x005F_", "_xD800_", "_X0041_"),
    *(" lead", "trail ", "\ttab", "a\rb", "a\r\nb", "a\nb", "\x85", "\u2028"),
]  # fmt: skip


def items(texts: list[str]) -> list[dict[str, Any]]:
    """Events that have each text everywhere a text may be."""
    return [
        event(
            number, session_id=text, user_id=text, data={"tool_name": text, text: text}, metadata={text: text}
        )
        for number, text in enumerate(texts)
    ]


@pytest.mark.parametrize("text", FORMULAS)
def test_that_text_a_spreadsheet_would_run_is_guarded_in_csv(
    bench: Workbench, tmp_path: Path, text: str
) -> None:
    bench.read(write_log(tmp_path, [event(1, session_id=text, data={"text": text})]))
    recorder = Recorder()
    (path,) = bench.export(tmp_path / "o.csv", ExportFormat.CSV, recorder=recorder)
    (_, row) = oracle.csv_table(path)
    assert row[3] == row[5] == "'" + text.replace("\0", "\ufffd")
    assert altered(recorder)["formula_guard"] == 2


@pytest.mark.parametrize("text", INNOCENT)
def test_that_other_text_is_not_touched_in_csv(bench: Workbench, tmp_path: Path, text: str) -> None:
    bench.read(write_log(tmp_path, [event(1, session_id=text, data={"text": text})]))
    recorder = Recorder()
    (path,) = bench.export(tmp_path / "o.csv", ExportFormat.CSV, recorder=recorder)
    (_, row) = oracle.csv_table(path)
    assert row[3] == row[5] == text
    assert altered(recorder) == {}


@pytest.mark.parametrize("value", [-5, -1.5, -1e300, -(2**70)])
def test_that_a_number_below_zero_is_not_guarded(bench: Workbench, tmp_path: Path, value: float) -> None:
    bench.read(write_log(tmp_path, [event(1, data={"n": value})]))
    (path,) = bench.export(tmp_path / "o.csv", ExportFormat.CSV)
    assert json.loads(oracle.csv_table(path)[1][5]) == value


def test_that_a_hostile_key_of_data_is_guarded_in_the_header(bench: Workbench, tmp_path: Path) -> None:
    bench.read(write_log(tmp_path, [event(1, data={"=1+1": 1, "@x": 2, "ok": 3})]))
    (path,) = bench.export(tmp_path / "o.csv", ExportFormat.CSV)
    assert oracle.csv_table(path)[0][5:] == ["'=1+1", "'@x", "ok"]


@pytest.mark.parametrize("text", [*CELL_TEXTS, *FORMULAS])
def test_that_text_is_text_in_a_cell(bench: Workbench, tmp_path: Path, text: str) -> None:
    bench.read(write_log(tmp_path, [event(1, session_id=text, data={"tool_name": text})]))
    (path,) = bench.export(tmp_path / "o.xlsx", ExportFormat.EXCEL)
    row = dict(zip(*oracle.sheet_rows(path), strict=True))
    expected = text.replace("\0", "\ufffd")
    assert (row["Session ID"], row["Tool Name"]) == (expected, expected)
    cells = [cell for sheet in openpyxl.load_workbook(path) for line in sheet.iter_rows() for cell in line]
    assert "f" not in {cell.data_type for cell in cells}


@pytest.mark.parametrize("units", [32_766, 32_767, 32_768, 100_000])
@pytest.mark.parametrize("character", ["x", "é", "😀", "&", "_x0041_"])
def test_that_a_cell_ends_at_the_limit_with_a_mark(
    bench: Workbench, tmp_path: Path, units: int, character: str
) -> None:
    text = character * (units // (len(character.encode("utf-16-le")) // 2))
    size = len(text.encode("utf-16-le")) // 2
    bench.read(write_log(tmp_path, [event(1, session_id=text)]))
    recorder = Recorder()
    (path,) = bench.export(tmp_path / "o.xlsx", ExportFormat.EXCEL, recorder=recorder)
    cell = oracle.sheet_rows(path)[1][3]
    assert len(cell.encode("utf-16-le")) // 2 <= 32_767
    if size <= 32_767:
        assert cell == text
        assert altered(recorder) == {}
    else:
        kept, _, mark = cell.rpartition("…[truncated ")
        assert text.startswith(kept)
        assert int(mark.removesuffix("]")) == len(text) - len(kept)
        assert altered(recorder) == {"long_cell": 1}


@pytest.mark.parametrize("wanted", ALL_FORMATS)
def test_that_hostile_text_in_every_place_leaves_the_files_whole(
    bench: Workbench, tmp_path: Path, wanted: ExportFormat
) -> None:
    bench.read(write_log(tmp_path / "logs", items([*FORMULAS, *SQL, *CELL_TEXTS])))
    before = sorted(tmp_path.rglob("*"))
    (path,) = bench.export(tmp_path / "out", wanted)
    assert set(tmp_path.rglob("*")) - set(before) == {path}
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith((".xml", ".rels")):
                    ElementTree.fromstring(archive.read(name))


@pytest.mark.parametrize("text", SQL)
@pytest.mark.parametrize("field", ["user_id", "session_id", "type", "tool_name", "project_path", "model"])
def test_that_sql_in_a_filter_is_a_value(bench: Workbench, tmp_path: Path, field: str, text: str) -> None:
    hit = event(1, user_id=text, session_id=text, type="tool_use", data={"tool_name": text})
    bench.read(write_log(tmp_path, [hit, event(2)]))
    selection = Selection(filters=(EventFilter(field, (text,)),))
    (path,) = bench.export(tmp_path / "o.json", ExportFormat.JSON, selection=selection)
    found = [item["id"] for item in oracle.json_events(path)]
    assert found == (["e1"] if field in ("user_id", "session_id", "tool_name") else [])
    assert oracle.strict(path.read_bytes())["metadata"]["filters"] == {field: [text]}


@pytest.mark.parametrize("text", [text for text in SQL if text.strip() and "\0" not in text])
def test_that_sql_in_the_words_to_find_is_words(bench: Workbench, tmp_path: Path, text: str) -> None:
    bench.read(write_log(tmp_path, [event(1), event(2, data={"a": "nothing"})]))
    (path,) = bench.export(tmp_path / "o.json", ExportFormat.JSON, selection=Selection(text=f"{text} zzz"))
    assert oracle.json_events(path) == []


def test_that_the_naughty_strings_survive_in_every_place(
    corpora: Path, bench: Workbench, tmp_path: Path
) -> None:
    naughty = json.loads((corpora / "blns" / "blns.json").read_text(encoding="utf-8"))
    events = items(naughty)
    bench.read(write_log(tmp_path / "logs", events))
    paths = bench.export(tmp_path / "out", ExportFormat.JSON, ExportFormat.CSV, ExportFormat.EXCEL)
    assert [item["data"] for item in oracle.json_events(paths[0])] == [
        item["data"] for item in oracle.in_order(events)
    ]
    assert len(oracle.csv_table(paths[1])) == len(naughty) + 1
    assert len(oracle.sheet_rows(paths[2])) == len(naughty) + 1


def test_that_keys_beyond_the_five_hundred_most_frequent_share_a_column_and_are_counted(
    bench: Workbench, tmp_path: Path
) -> None:
    common = {f"k{n:05}": n for n in range(499)}
    rare = {"~/": {"=1": None}, "z": 'a "quoted" text', "(others)": 5}
    logs = [
        event(1, data=common | {"(others)": 4}),
        event(2, data=rare | common),
        event(3, data={"k00000": 1}),
    ]
    bench.read(write_log(tmp_path, logs))
    recorder = Recorder()
    (path,) = bench.export(tmp_path / "o.csv", ExportFormat.CSV, recorder=recorder)
    header, *rows = oracle.csv_table(path)
    assert [len(row) for row in rows] == [506] * 3 == [len(header)] * 3
    assert header[-1] == "(others)"
    assert rows[0][header.index("data.(others)")] == "4"
    assert [row[-1] for row in rows] == ["", rows[1][-1], ""]
    assert json.loads(rows[1][-1]) == {key: rare[key] for key in ("~/", "z")}
    assert altered(recorder)["joined_columns"] == 1


@pytest.mark.skipif(shutil.which("unzip") is None, reason="unzip is not installed")
@pytest.mark.parametrize("wanted", [ExportFormat.ZIP, ExportFormat.EXCEL])
def test_that_unzip_finds_no_errors(bench: Workbench, tmp_path: Path, wanted: ExportFormat) -> None:
    bench.read(write_log(tmp_path, items(["a", "ü" * 5_000])))
    (path,) = bench.export(tmp_path / "out", wanted)
    found = subprocess.run(["unzip", "-t", path], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout


needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def imported_by_libreoffice(path: Path) -> str:
    """What LibreOffice makes of a file, as flat XML; text is UTF-8, fields end with commas, as its own dialog
    proposes."""
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    words = (
        ["soffice", profile, "--headless", "--infilter=CSV:44,34,76,1"]
        if path.suffix == ".csv"
        else ["soffice", profile, "--headless"]
    )
    words += ["--convert-to", "fods", "--outdir", str(path.parent), str(path)]
    home = {**os.environ, "HOME": str(path.parent)}
    subprocess.run(words, check=True, capture_output=True, timeout=100, env=home)
    return path.with_suffix(".fods").read_text(encoding="utf-8")


@needs_libreoffice
def test_that_libreoffice_finds_no_formula_in_a_guarded_csv(
    bench: Workbench, tmp_path: Path, project_root: Path
) -> None:
    naughty = project_root.parent / "shared" / "data" / "corpora" / "blns" / "blns.json"
    texts = [*FORMULAS, *CELL_TEXTS, *(json.loads(naughty.read_text("utf-8")) if naughty.is_file() else [])]
    bench.read(write_log(tmp_path / "logs", items(texts)))
    (guarded,) = bench.export(tmp_path / "guarded.csv", ExportFormat.CSV)
    (raw,) = bench.export(tmp_path / "raw.csv", ExportFormat.CSV, formula_guard=False)
    assert "table:formula" not in imported_by_libreoffice(guarded)
    assert "table:formula" in imported_by_libreoffice(raw), "the guard is what keeps them out"


@needs_libreoffice
def test_that_libreoffice_finds_the_same_cells_and_no_formula(bench: Workbench, tmp_path: Path) -> None:
    texts = [*FORMULAS, *CELL_TEXTS]
    bench.read(write_log(tmp_path / "logs", items(texts)))
    (path,) = bench.export(tmp_path / "o.xlsx", ExportFormat.EXCEL)
    shown = imported_by_libreoffice(path)
    assert "table:formula" not in shown
    for text in ("0123", "1234567890123456", "2026-01-02", "=1+1", "-5"):
        assert f">{text}</text:p>" in shown
