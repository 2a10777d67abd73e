"""Estimates and hazards that are shown before an export, compared with the export itself."""

import asyncio
import json
import random
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from harness.jobs import Recorder, error_of
from harness.log_files import write_log
from harness.records.shannon import event
from harness.workbench import EVENTS_ONLY, Workbench
from shannon_core.errors import JobCancelled, TargetError
from shannon_core.export import preflight as subject
from shannon_core.export import size_estimate
from shannon_core.export.preflight import Preflight, Preflights
from shannon_core.export.run import export
from shannon_core.export.writers import excel
from shannon_core.jobs.progress import FileWritten
from shannon_core.request.contents import AggregationType, Contents, ReportFormat
from shannon_core.request.export_request import Encoding, ExportFormat, ExportRequest
from shannon_core.request.format_specs import FORMATS, Limits
from shannon_core.request.output_files import plan_output
from shannon_core.request.selection import EventFilter, Selection
from shannon_core.request.table_keys import AGGREGATIONS
from shannon_core.session import Session

SAMPLE_ROWS = 2_048
MANY = 6_000
TOLERANCE = 0.10
"""So far may an estimate be from the size of the file."""
ALL = FORMATS.built_in_ids
EVERYTHING = Contents(True, tuple(AGGREGATIONS), tuple(ReportFormat))


def request_of(bench: Workbench, target: Path, *formats: ExportFormat, **more: Any) -> ExportRequest:
    return ExportRequest(bench.sources, str(target), formats or ALL, overwrite=True, **more)


def looked(bench: Workbench, asked: ExportRequest) -> Preflight:
    return Preflights(bench.connection).of(plan_output(asked), Recorder().control)


def hazards(bench: Workbench, asked: ExportRequest) -> dict[str, int]:
    return {hazard.kind: hazard.count for hazard in looked(bench, asked).hazards}


def sizes(bench: Workbench, asked: ExportRequest) -> dict[str, int]:
    recorder = Recorder()
    export(bench.connection, plan_output(asked), recorder.control)
    return {item.path: item.bytes for item in recorder.of(FileWritten)}


def made_events(count: int) -> Iterator[dict[str, Any]]:
    """A year of sessions with tools, prose of any length and identifiers that nothing compresses."""
    rng = random.Random(7)
    start = datetime(2025, 1, 1, tzinfo=UTC)
    words = [f"{rng.getrandbits(40):x}" for _ in range(400)]
    for number in range(count):
        prose = " ".join(rng.choices(words, k=int(rng.paretovariate(1.2) * 4) % 300))
        yield event(
            number,
            id=str(uuid.UUID(int=rng.getrandbits(128))),
            timestamp=(start + timedelta(minutes=number * 15)).isoformat(),
            session_id=f"session-{number // 50}",
            user_id=f"user-{number % 7}",
            data={"tool_name": f"tool-{number % 9}", "duration_ms": rng.random() * 900, "prompt": prose},
        )


@pytest.fixture(scope="module", autouse=True)
def small_sample() -> Iterator[None]:
    """A fourth of the usual sample, so that a fourth of the events is many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(size_estimate, "SAMPLE_ROWS", SAMPLE_ROWS)
        patch.setattr(size_estimate, "_RUN_ROWS", SAMPLE_ROWS // size_estimate.RUNS)
        yield


@pytest.fixture(scope="module")
def many(bench: Workbench, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three times as many events as a sample holds."""
    folder = tmp_path_factory.mktemp("many")
    write_log(folder, made_events(MANY))
    return folder


@pytest.mark.parametrize("encoding", [Encoding(), Encoding(compress=True, csv_bom=True)])
def test_that_a_small_selection_is_encoded_completely_to_estimate_its_size(
    bench: Workbench, tmp_path: Path, encoding: Encoding
) -> None:
    write_log(tmp_path / "logs", made_events(SAMPLE_ROWS))
    bench.read(tmp_path / "logs")
    asked = request_of(bench, tmp_path / "usage", encoding=encoding, contents=EVERYTHING)
    said = looked(bench, asked)
    assert said.is_exact
    assert said.events == bench.connection.sql("SELECT count(*) FROM events").fetchall()[0][0]
    found = sizes(bench, asked)
    assert {file.path: file.bytes for file in said.files} == pytest.approx(found, rel=0.002)


@pytest.mark.parametrize(
    "contents",
    [
        Contents(),
        EVERYTHING,
        EVENTS_ONLY,
        Contents(False, (AggregationType.BY_SESSION, AggregationType.DAILY), ()),
    ],
    ids=["default", "everything", "events", "aggregations"],
)
def test_that_the_weight_of_many_events_follows_from_a_sample(
    bench: Workbench, tmp_path: Path, many: Path, contents: Contents
) -> None:
    bench.read(many)
    formats = ALL if contents.raw_events else (ExportFormat.JSON, ExportFormat.CSV, ExportFormat.EXCEL)
    asked = request_of(bench, tmp_path / "usage", *formats, contents=contents)
    said = looked(bench, asked)
    assert not said.is_exact
    assert said.events == MANY
    tolerance = TOLERANCE if contents.raw_events else 0.3  # the rows of aggregations differ more than events
    assert {file.path: file.bytes for file in said.files} == pytest.approx(sizes(bench, asked), rel=tolerance)


def test_that_compressed_files_and_filters_are_weighed_as_they_will_be(
    bench: Workbench, tmp_path: Path, many: Path
) -> None:
    bench.read(many)
    chosen = Selection(filters=(EventFilter("user_id", ("user-1", "user-2", "user-3")),))
    asked = request_of(bench, tmp_path / "usage", selection=chosen, encoding=Encoding(compress=True))
    said = looked(bench, asked)
    assert SAMPLE_ROWS < said.events < MANY
    assert {file.path: file.bytes for file in said.files} == pytest.approx(sizes(bench, asked), rel=TOLERANCE)


def test_that_aggregations_of_what_is_searched_for_are_weighed(
    bench: Workbench, tmp_path: Path, many: Path
) -> None:
    bench.read(many)
    asked = request_of(bench, tmp_path / "usage.json", ExportFormat.JSON, selection=Selection(text="tool"))
    said = looked(bench, asked)
    assert said.events == MANY
    assert {file.path: file.bytes for file in said.files} == pytest.approx(sizes(bench, asked), rel=TOLERANCE)


def test_that_weighing_leaves_the_store_as_it_was(bench: Workbench, tmp_path: Path, many: Path) -> None:
    before = bench.read(many).ids
    looked(bench, request_of(bench, tmp_path / "usage"))
    assert [row["id"] for row in bench.rows("SELECT id FROM events ORDER BY timestamp")] == before
    assert list(tmp_path.iterdir()) == []


def test_that_an_empty_selection_is_no_trouble(bench: Workbench, tmp_path: Path, many: Path) -> None:
    bench.read(many)
    nothing = Selection(filters=(EventFilter("user_id", ("nobody",)),))
    said = looked(bench, request_of(bench, tmp_path / "usage", selection=nothing))
    assert (said.events, said.is_exact, said.sheets) == (0, True, 1)
    assert all(file.bytes for file in said.files)


AWKWARD = [
    event(1, data={"note": "=1+1", "phone": "+49", "plain": "a=b", "number": -5, "list": ["=x"]}),
    event(2, data={"note": "@SUM(A1)", "order": "12345678901234567", "nested": {"n": "1" * 20}}),
    event(3, data={"order": 12345678901234567, "short": 123456789012345, "hash": "a1234567890123456789"}),
    event(4, data={"log": "x" * 40_000}),
    event(5, "token_usage", timestamp="1812-06-24T00:00:00Z", data={"token_count": 2**60}),
    event(6, timestamp="2026-01-01T00:00:00", user_id="-root"),
]


@pytest.fixture
def awkward(bench: Workbench, tmp_path: Path) -> Workbench:
    lines = b"".join(json.dumps(item).encode() + b"\n" for item in AWKWARD)
    write_log(tmp_path / "logs", lines + b'not an event\n{"half": "a li')
    bench.read(tmp_path / "logs")
    return bench


def test_that_hazards_are_counted_for_the_formats_that_have_them(awkward: Workbench, tmp_path: Path) -> None:
    of_reading = {"rejected_lines": 1, "pending_lines": 1, "altered_values": 1}
    sheets = {"long_cell": 1, "early_date": 1, "big_integer": 1}
    cells = {"guarded_formula": 4, "long_number": 3}
    for formats, expected in (
        ((ExportFormat.JSON, ExportFormat.PARQUET), {}),
        ((ExportFormat.EXCEL,), sheets),
        ((ExportFormat.CSV,), cells),
        (ALL, {**sheets, **cells}),
    ):
        assert hazards(awkward, request_of(awkward, tmp_path / "usage", *formats)) == {
            **expected,
            **of_reading,
        }


def test_that_text_without_a_guard_is_another_hazard(awkward: Workbench, tmp_path: Path) -> None:
    raw = request_of(awkward, tmp_path / "u", ExportFormat.CSV, encoding=Encoding(formula_guard=False))
    found = hazards(awkward, raw)
    assert found["unguarded_formula"] == 4
    assert "guarded_formula" not in found


def test_that_the_counts_are_those_of_the_writers(awkward: Workbench, tmp_path: Path) -> None:
    asked = request_of(awkward, tmp_path / "u", ExportFormat.CSV, ExportFormat.EXCEL, contents=EVENTS_ONLY)
    recorder = Recorder()
    said = hazards(awkward, asked)
    export(awkward.connection, plan_output(asked), recorder.control)
    in_csv, in_excel = (item.altered for item in recorder.of(FileWritten))
    assert in_csv["formula_guard"] == said["guarded_formula"]
    assert [in_excel[kind] for kind in ("long_cell", "early_date")] == [said["long_cell"], said["early_date"]]


def test_that_hazards_of_cells_do_not_matter_where_no_events_are_written(
    awkward: Workbench, tmp_path: Path
) -> None:
    asked = request_of(awkward, tmp_path / "u", contents=Contents(True, (), ()))
    without = request_of(
        awkward,
        tmp_path / "u",
        ExportFormat.CSV,
        ExportFormat.EXCEL,
        contents=Contents(False, (AggregationType.DAILY,), ()),
    )
    assert "guarded_formula" in hazards(awkward, asked)
    assert set(hazards(awkward, without)) == {"rejected_lines", "pending_lines", "altered_values"}


def test_that_a_scaled_count_says_that_it_is_none(
    bench: Workbench, tmp_path: Path, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = (event(n, timestamp=f"2025-06-01T00:00:{n % 60:02}Z", data={"n": "=1"}) for n in range(5_000))
    write_log(tmp_path / "logs", events)
    bench.read(tmp_path / "logs")
    asked = request_of(bench, tmp_path / "u", ExportFormat.CSV)
    (exact,) = looked(bench, asked).hazards
    assert (exact.count, exact.exact) == (5_000, True)
    monkeypatch.setattr(subject, "EXACT_ROWS", 4_000)
    (scaled,) = looked(bench, asked).hazards
    assert (scaled.count, scaled.exact) == (5_000, False)


def test_that_a_workbook_of_many_events_needs_further_sheets(
    bench: Workbench, tmp_path: Path, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.read(many)
    plan = plan_output(request_of(bench, tmp_path / "u", ExportFormat.EXCEL))
    short = replace(plan.files[0].spec, limits=Limits(rows=MANY // 2))
    monkeypatch.setattr(excel, "SHEET_ROWS", MANY // 2)
    said = Preflights(bench.connection).of(
        replace(plan, files=(replace(plan.files[0], spec=short),)), Recorder().control
    )
    assert said.sheets == 2
    assert [(hazard.kind, hazard.count) for hazard in said.hazards] == [("more_sheets", 2)]


def with_free_bytes(patch: pytest.MonkeyPatch, free: int) -> None:
    usage = shutil.disk_usage("/")._replace(free=free)
    patch.setattr(subject.shutil, "disk_usage", lambda _folder: usage)


def test_that_a_full_disk_is_said_before_anything_is_written(
    bench: Workbench, tmp_path: Path, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.read(many)
    asked = request_of(bench, tmp_path / "usage")
    with_free_bytes(monkeypatch, 100_000)
    said = looked(bench, asked)
    assert said.free == 100_000
    assert ("no_room", said.bytes) in [(hazard.kind, hazard.count) for hazard in said.hazards]
    error = error_of(TargetError, lambda: export(bench.connection, plan_output(asked), Recorder().control))
    assert error.title == f"There is no room to write {tmp_path / 'usage.json'}."
    assert error.message == f"About {said.bytes / 1e6:,.1f} MB are needed, and 0.1 MB are free."
    assert list(tmp_path.iterdir()) == []
    assert len(bench.rows("SELECT id FROM events")) == said.events


def test_that_pseudonyms_are_weighed_as_the_names_that_they_stand_for(
    bench: Workbench, tmp_path: Path, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.read(many)
    hidden = request_of(bench, tmp_path / "usage", encoding=Encoding(anonymize=True), contents=EVENTS_ONLY)
    said = looked(bench, hidden)
    with_free_bytes(monkeypatch, said.bytes + 1)
    assert {file.path: file.bytes for file in said.files} == pytest.approx(
        sizes(bench, hidden), rel=TOLERANCE
    )


def test_that_a_disk_with_just_enough_room_is_enough(
    bench: Workbench, tmp_path: Path, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.read(many)
    asked = request_of(bench, tmp_path / "usage", ExportFormat.PARQUET)
    with_free_bytes(monkeypatch, looked(bench, asked).bytes + 1)
    assert sizes(bench, asked)


def test_that_free_space_is_that_of_the_nearest_folder_that_is_there(tmp_path: Path) -> None:
    assert subject.free_bytes(tmp_path / "not" / "yet" / "usage.json") == pytest.approx(
        shutil.disk_usage(tmp_path).free, rel=0.1
    )


async def test_that_a_newer_question_voids_an_older_one(many: Path, tmp_path: Path) -> None:
    session = await Session.open((str(many),), keep=False)
    await session.read().wait()
    asked = ExportRequest((str(many),), str(tmp_path / "u"), ALL)
    older = asyncio.ensure_future(session.preflight(asked))
    await asyncio.sleep(0.02)
    newer = await session.preflight(ExportRequest((str(many),), str(tmp_path / "u"), (ExportFormat.JSON,)))
    with pytest.raises(JobCancelled):
        await older
    assert len(newer.files) == 1
    await session.close()


async def test_that_what_was_read_since_is_counted(tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    write_log(folder, (event(number) for number in range(5)))
    session = await Session.open((str(folder),), keep=False)
    asked = ExportRequest((str(folder),), str(tmp_path / "u"), ALL)
    await session.read().wait()
    assert (await session.preflight(asked)).events == 5
    write_log(folder, (event(number) for number in range(5, 12)), "more.jsonl")
    await session.read().wait()
    assert (await session.preflight(asked)).events == 12
    await session.close()
