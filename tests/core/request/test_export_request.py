"""Requests, time ranges and the command line: what a person writes is what is meant, or a clear error."""

from __future__ import annotations

import json
import shlex
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.log_files import write_log
from harness.program import export_command, start
from harness.records.shannon import full_event
from shannon_core import cli
from shannon_core.api import filters_from
from shannon_core.cli.arguments import argument_parser, task_of
from shannon_core.cli.shell_command import as_command
from shannon_core.errors import RequestError
from shannon_core.request.contents import Contents, ReportFormat
from shannon_core.request.export_request import Encoding, ExportFormat, ExportRequest
from shannon_core.request.filter_fields import FILTER_FIELDS
from shannon_core.request.output_files import plan_output
from shannon_core.request.selection import EventFilter, Selection
from shannon_core.request.table_keys import AGGREGATIONS
from shannon_core.request.time_range import TimeRange, parse_instant

BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("text", "zone", "end", "instant"),
    [
        ("2026-03-29", BERLIN, False, "2026-03-28T23:00:00+00:00"),
        ("2026-03-29", BERLIN, True, "2026-03-29T21:59:59.999999+00:00"),
        ("2026-10-25", BERLIN, True, "2026-10-25T22:59:59.999999+00:00"),
        ("2026-03-29 12:00", BERLIN, False, "2026-03-29T10:00:00+00:00"),
        ("2026-03-29T12:00:00.5Z", BERLIN, True, "2026-03-29T12:00:00.500000+00:00"),
        ("2026-03-29T12:00:00+05:30", "UTC", False, "2026-03-29T06:30:00+00:00"),
        ("9999-12-31", "UTC", True, "9999-12-31T23:59:59.999999+00:00"),
    ],
)
def test_that_a_typed_date_is_an_instant_of_the_zone(text: str, zone: str, end: bool, instant: str) -> None:
    assert parse_instant(text, zone, end=end).isoformat() == instant


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2026-13-01", "2026-02-30", "2026-01-01T24:00", "01/02/2026", "1767225600"]
)
def test_that_text_that_is_not_a_date_is_a_clear_error(text: str) -> None:
    with pytest.raises(RequestError, match="is not a date or a time"):
        parse_instant(text, "UTC")


def test_that_a_start_after_the_end_names_both() -> None:
    with pytest.raises(RequestError, match=r"2026-03-02.* is after the end 2026-03-01"):
        TimeRange.parse("2026-03-02", "2026-03-01")


def test_that_the_last_days_end_now() -> None:
    now = datetime(2026, 1, 8, tzinfo=UTC)
    assert TimeRange.last("7d", now=now) == TimeRange(now - timedelta(days=7), now)


def test_that_an_unknown_filter_field_is_an_error() -> None:
    with pytest.raises(RequestError, match="no filter field “colour”"):
        filters_from({"colour": "red"})


def test_that_an_empty_filter_passes_everything() -> None:
    assert Selection(filters=filters_from({"user_id": None, "type": []})).filters == ()


@pytest.mark.parametrize(
    ("target", "formats", "compress", "names"),
    [
        ("a.json", ["json"], False, ["a.json"]),
        ("a", ["excel"], False, ["a.xlsx"]),
        ("a.v2", ["json"], True, ["a.v2.json.gz"]),
        ("a.csv.gz", ["csv"], True, ["a.csv.gz"]),
        ("a.xlsx", ["excel", "json"], False, ["a.xlsx", "a.json"]),
        ("a", ["parquet", "zip"], True, ["a.parquet", "a.zip"]),
    ],
)
def test_that_the_files_are_named_after_the_target(
    tmp_path: Path, target: str, formats: list[str], compress: bool, names: list[str]
) -> None:
    request = ExportRequest(
        ("s",),
        str(tmp_path / target),
        tuple(ExportFormat(name) for name in formats),
        contents=Contents(aggregations=(), reports=()),
        encoding=Encoding(compress),
    )
    assert [path.name for path in plan_output(request).paths] == names


def test_that_several_csv_tables_become_one_zip_that_no_other_format_takes(tmp_path: Path) -> None:
    def names(*formats: ExportFormat) -> list[str]:
        return [path.name for path in plan_output(ExportRequest(("s",), str(tmp_path / "a"), formats)).paths]

    assert names(ExportFormat.CSV) == ["a.zip"]
    assert names(ExportFormat.CSV, ExportFormat.ZIP) == ["a_csv.zip", "a.zip"]


@pytest.mark.parametrize("name", ["a", "a.zip", "a.ZIP", "a.csv", "a.csv.gz"])
def test_that_the_name_of_an_archive_of_csv_tables_has_its_ending_once(tmp_path: Path, name: str) -> None:
    plan = plan_output(ExportRequest(("s",), str(tmp_path / name), (ExportFormat.CSV,)))
    assert [path.name for path in plan.paths] == ["a.zip"]


def test_that_a_format_that_would_be_empty_is_an_error() -> None:
    contents = Contents(raw_events=False, reports=())
    with pytest.raises(RequestError, match="Parquet can hold nothing"):
        plan_output(ExportRequest(("s",), "a", (ExportFormat.PARQUET,), contents=contents))


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8)
INSTANTS = st.datetimes(timezones=st.just(UTC))
RANGES = st.builds(
    lambda a, b, zone: TimeRange(*sorted((a, b)), zone) if a and b else TimeRange(a, b, zone),
    st.none() | INSTANTS,
    st.none() | INSTANTS,
    st.sampled_from(["UTC", BERLIN, "Asia/Kolkata"]),
)
FILTERS = st.dictionaries(
    st.tuples(st.sampled_from([name for name in FILTER_FIELDS if name != "success"]), st.booleans()),
    st.lists(WORDS, min_size=1, max_size=3),
    max_size=3,
).map(
    lambda found: tuple(
        EventFilter(field, tuple(found[field, negated]), negated)
        for field in FILTER_FIELDS
        for negated in (False, True)
        if (field, negated) in found
    )
)
REQUESTS = st.builds(
    ExportRequest,
    sources=st.lists(WORDS.filter(lambda word: not word.startswith("-")), min_size=1, max_size=2).map(tuple),
    target=WORDS,
    formats=st.lists(st.sampled_from(ExportFormat), min_size=1, max_size=6).map(tuple),
    selection=st.builds(Selection, RANGES, FILTERS, WORDS | st.just("")),
    contents=st.builds(
        Contents,
        st.just(True),
        st.lists(st.sampled_from(list(AGGREGATIONS))).map(tuple),
        st.lists(st.sampled_from(ReportFormat)).map(tuple),
    ),
    encoding=st.builds(Encoding, *[st.booleans()] * 3, st.sampled_from(["\r\n", "\n"]), st.booleans()),
    overwrite=st.booleans(),
)


@given(request=REQUESTS)
def test_that_a_job_file_is_the_same_request(request: ExportRequest) -> None:
    assert ExportRequest.from_json(request.to_json()) == request


@given(request=REQUESTS)
def test_that_the_copied_command_is_the_same_request(request: ExportRequest) -> None:
    program, *words = shlex.split(as_command(request))
    assert program == "shannon-export"
    assert task_of(argument_parser().parse_args(words)).request == request


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"shannon_job": 2}', '{"shannon_job": 1, "sources": 5}'])
def test_that_a_file_that_is_not_a_job_is_a_clear_error(text: str) -> None:
    with pytest.raises(RequestError, match="not a job file"):
        ExportRequest.from_json(text)


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    """Two events, and a line that is none."""
    return write_log(tmp_path / "logs", [full_event(1), full_event(2, user_id="u2"), "{"]).parent


def run(*words: object) -> int:
    return cli.main([str(word) for word in words])


def test_that_an_export_prints_the_file_and_ends_with_0(
    logs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        run(logs, "-o", tmp_path / "o.csv", "--no-aggregations", "--no-reports", "--progress", "plain") == 0
    )
    printed = capsys.readouterr()
    assert printed.out.startswith(f"{tmp_path / 'o.csv'}\t2 events")
    assert "1 lines could not be read" in printed.err


def test_that_under_strict_a_rejected_line_ends_with_1(
    logs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(logs, "--count", "--strict") == 1
    assert capsys.readouterr().out == "2\n"


def test_that_progress_as_json_is_one_object_per_line_with_one_terminal_event(
    logs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(logs, "-o", tmp_path / "o.jsonl", "--no-aggregations", "--no-reports", "--progress", "json")
    said = [json.loads(line)["event"] for line in capsys.readouterr().err.splitlines()]
    assert said[-1] == "Finished"
    assert {"SourcesRead", "ExportStarted", "FileProgress", "FileWritten"} <= set(said)


def test_that_a_preview_is_a_table_without_control_characters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_log(tmp_path / "logs", [full_event(1, session_id="a\u001b[31m", timestamp="2026-01-01T00:00:00Z")])
    assert run(tmp_path / "logs", "--preview", 5, "--timezone", BERLIN) == 0
    head, row = capsys.readouterr().out.splitlines()
    assert head.startswith("timestamp (Europe/Berlin)")
    assert row.startswith("2026-01-01 01:00:00.000000")
    assert r"a\x1b[31m" in row


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["nowhere", "--count"], 3),
        (["{logs}", "-o", "o.unknown"], 2),
        (["{logs}", "--from", "tomorrow", "--count"], 2),
        (["{logs}", "--timezone", "Mars/Base", "--count"], 2),
        (["{logs}", "--success", "maybe", "--count"], 2),
        (["--count"], 2),
        (["--job", "nowhere"], 2),
    ],
)
def test_that_each_error_has_its_exit_code_and_no_traceback(
    logs: Path, words: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*(word.format(logs=logs) for word in words)) == code
    said = capsys.readouterr()
    assert "error: " in said.err
    assert "Traceback" not in said.err
    assert said.out == ""


def test_that_a_job_runs_what_was_saved(logs: Path, tmp_path: Path) -> None:
    contents = Contents(aggregations=(), reports=())
    request = ExportRequest((str(logs),), str(tmp_path / "o.json"), (ExportFormat.JSON,), contents=contents)
    job = tmp_path / "job.json"
    job.write_text(request.to_json())
    assert run("--job", job) == 0
    assert len(json.loads((tmp_path / "o.json").read_text())["metrics"]) == 2
    assert run("--job", job) == 3
    assert run("--job", job, "--force") == 0


def test_that_ctrl_c_cancels_cleanly(tmp_path: Path) -> None:
    write_log(tmp_path / "logs", (full_event(n, data={"pad": "x" * 2000}) for n in range(60_000)))
    program = start(
        export_command(
            tmp_path / "logs", tmp_path / "o.json", ExportFormat.JSON, "--progress=json", "--no-cache"
        )
    )
    assert program.stderr is not None
    first = program.stderr.readline()
    assert json.loads(first)["event"] == "ReadingProgress"
    program.send_signal(signal.SIGINT)
    said = program.communicate(timeout=30)[1].splitlines()
    assert program.returncode == 130
    assert json.loads(said[-1])["event"] == "Cancelled"
    assert not list(tmp_path.glob("*o.json*"))
