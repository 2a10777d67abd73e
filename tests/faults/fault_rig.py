"""The command line as a process of its own, and whether what it left is whole."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from shannon_core.request.export_request import ExportFormat
from shannon_core.request.format_specs import format_spec

OLD = b"what stood there before"
by_format = pytest.mark.parametrize("wanted", list(ExportFormat), ids=str)


def target_in(folder: Path, wanted: ExportFormat) -> Path:
    """The target of this format, with an old file at its place."""
    target = folder / f"out{format_spec(wanted).suffix}"
    target.write_bytes(OLD)
    return target


def command(logs: Path, target: Path, wanted: ExportFormat, *words: str) -> list[str]:
    """The export of the logs' events, replacing the target."""
    program = [
        sys.executable,
        "-m",
        "shannon_core.cli",
        str(logs),
        f"--output={target}",
        f"--format={wanted}",
    ]
    return [*program, "--force", "--no-aggregations", "--no-reports", *words]


def environment() -> dict[str, str]:
    """What a process needs to find the program; it writes no byte code of its own."""
    paths = os.pathsep.join(filter(None, sys.path))
    return {**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}


def run(words: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
    """The process when it has ended."""
    return subprocess.run(
        words, capture_output=True, text=True, check=False, timeout=60, env=environment(), **options
    )


def rows_in(path: Path, wanted: ExportFormat) -> int:
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


def is_old_or_whole(target: Path, wanted: ExportFormat, events: int) -> bool:
    """Whether the target is as it was, or complete; anything else fails."""
    if target.read_bytes() == OLD:
        return False
    assert rows_in(target, wanted) == events
    return True
