"""Targets with an old file in their place, and whether an interrupted export left it or a complete one."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from shannon_core.export.read_back import event_ids
from shannon_core.request.export_request import ExportFormat
from shannon_core.request.format_specs import FORMATS, format_spec

OLD = b"the old file"
by_format = pytest.mark.parametrize("wanted", FORMATS.built_in_ids)


def target_in(folder: Path, wanted: str, *, standing: bool = True) -> Path:
    """The target of this format, with an old file in its place if ``standing``."""
    target = folder / f"out{format_spec(wanted).suffix}"
    if standing:
        target.write_bytes(OLD)
    return target


def content_of(folder: Path) -> dict[str, bytes]:
    """The content of every file of the folder, by its name."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rows_in(path: Path, wanted: str) -> int:
    """How many events an independent reader finds; raises where the file is not whole."""
    match wanted:
        case ExportFormat.JSON:
            return len(json.loads(path.read_bytes())["metrics"])
        case ExportFormat.JSONL:
            content = path.read_bytes()
            assert content.endswith(b"\n")
            return len([json.loads(line) for line in content.splitlines()]) - 1
        case ExportFormat.CSV:
            content = path.read_bytes().decode()
            assert content.endswith("\r\n")
            return len(list(csv.reader(io.StringIO(content, newline=""), strict=True))) - 1
        case ExportFormat.PARQUET:
            return pq.read_table(path).num_rows
        case ExportFormat.EXCEL:
            with path.open("rb") as file:
                return openpyxl.load_workbook(file)["Metrics"].max_row - 1
        case ExportFormat.ZIP:
            with zipfile.ZipFile(path) as archive:
                assert archive.testzip() is None
                assert "manifest.json" in archive.namelist()
                return len(json.loads(archive.read("data.json"))["metrics"])
        case _:
            return len(event_ids(format_spec(wanted), path))


def is_old_or_whole(target: Path, wanted: str, events: int) -> bool:
    """Whether the target is as it was, or complete; anything else fails."""
    if target.read_bytes() == OLD:
        return False
    assert rows_in(target, wanted) == events
    return True
