"""A slice whose texts do not fit into the engine's memory at once is written a few events at a time, with the same
result."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from harness.log_files import write_log
from harness.records.shannon import event
from harness.workbench import ALL_FORMATS, Workbench
from shannon_core.export import snapshot
from shannon_core.export.snapshot import Snapshot
from shannon_core.query import statements
from shannon_core.request.export_request import ExportFormat
from shannon_core.request.selection import Selection

EVENTS = 50


@pytest.fixture
def filled(bench: Workbench, tmp_path: Path) -> Workbench:
    """Events of different lengths, several at one instant."""
    logs = [event(n, user_id="someone", data={"text": "x" * (n * 37 % 400)}) for n in range(EVENTS)]
    bench.read(write_log(tmp_path / "logs", logs))
    return bench


@pytest.mark.parametrize("anonymize", [False, True])
@pytest.mark.parametrize("wanted", [ExportFormat.JSONL, ExportFormat.CSV, ExportFormat.PARQUET])
@pytest.mark.parametrize("fits", [0, 20])
def test_that_what_does_not_fit_at_once_is_written_piece_by_piece(
    filled: Workbench,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wanted: ExportFormat,
    fits: int,
    anonymize: bool,
) -> None:
    (whole,) = filled.export(tmp_path / "whole", wanted, anonymize=anonymize)
    batches = Snapshot._batches

    def too_much(self: Snapshot, query: statements.Query) -> Iterator[Any]:
        if "unnest" in query.sql:
            yield from batches(self, query)
            return
        yield next(batches(self, query)).slice(0, fits)
        raise duckdb.OutOfMemoryException("failed to allocate")

    monkeypatch.setattr(Snapshot, "_batches", too_much)
    monkeypatch.setattr("shannon_core.export.snapshot.GROUP_BYTES", 1_000)
    (pieces,) = filled.export(tmp_path / "pieces", wanted, anonymize=anonymize)
    assert content(pieces) == content(whole)


def test_that_the_columns_of_a_csv_are_the_same_where_not_all_keys_can_be_counted_at_once(
    filled: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    logs = [event(100 + n, data=dict.fromkeys("abcdef"[: n % 7], n)) for n in range(EVENTS)]
    write_log(tmp_path / "logs", logs, name="more.jsonl")
    filled.read(tmp_path / "logs")
    (whole,) = filled.export(tmp_path / "whole", ExportFormat.CSV)
    fetch = snapshot.fetch

    def too_much(connection: duckdb.DuckDBPyConnection, query: statements.Query) -> list[tuple[Any, ...]]:
        if query == statements.data_keys(Selection(), snapshot.CSV_KEYS + 1):
            raise duckdb.OutOfMemoryException("failed to allocate")
        return fetch(connection, query)

    monkeypatch.setattr(snapshot, "fetch", too_much)
    monkeypatch.setattr(snapshot, "GROUP_BYTES", 1_000)
    (pieces,) = filled.export(tmp_path / "pieces", ExportFormat.CSV)
    assert content(pieces) == content(whole)


def content(path: Path) -> list[Any]:
    """The events of a file, without its metadata."""
    if path.suffix == ".parquet":
        return duckdb.read_parquet(str(path)).fetchall()
    lines = path.read_bytes().splitlines()
    return lines[1:] if path.suffix == ".jsonl" else lines


def test_that_every_format_holds_a_text_of_fifteen_million_characters(
    bench: Workbench, tmp_path: Path
) -> None:
    bench.read(write_log(tmp_path / "logs", [event(1), event(2, data={"text": "x" * 15_000_000}), event(3)]))
    for wanted in ALL_FORMATS:
        (path,) = bench.export(tmp_path / f"o.{wanted}", wanted)
        assert path.stat().st_size
