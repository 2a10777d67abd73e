"""The door for programs: the seed's vocabulary, one file at a time."""

from __future__ import annotations

import importlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import shannon_core
from harness import oracle
from harness.log_files import write_log
from harness.records.shannon import event
from harness.workbench import ALL_FORMATS
from shannon_core import (
    AggregationType,
    ExportFormat,
    ExportOptions,
    MetricsAggregator,
    MetricsExporter,
    MetricsParser,
    ReportFormat,
    ReportGenerator,
    ShannonError,
)
from shannon_core.errors import RequestError


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    """Three events and a line that is none."""
    log = write_log(tmp_path / "logs", [event(n, user_id=f"u{n}") for n in (1, 2, 3)])
    log.write_bytes(log.read_bytes() + b"broken\n")
    return log.parent


async def exported(
    logs: Path, target: Path, *times: datetime | None, filters: Any = None, **options: Any
) -> Path:
    """The file that the exporter wrote."""
    start, end = times or (None, None)
    async with MetricsParser(logs) as parser:
        aggregator = MetricsAggregator(parser)
        exporter = MetricsExporter(parser, aggregator, ReportGenerator(aggregator))
        return await exporter.export(target, start, end, ExportOptions(**options), filters)


def raw(wanted: ExportFormat, **options: Any) -> dict[str, Any]:
    """Options for the events alone."""
    return {"format": wanted, "include_aggregations": False, "include_reports": False, **options}


@pytest.mark.parametrize("wanted", ALL_FORMATS, ids=str)
async def test_that_the_path_is_the_file_that_was_written(
    logs: Path, tmp_path: Path, wanted: ExportFormat
) -> None:
    path = await exported(logs, tmp_path / "usage", **raw(wanted))
    assert path.stat().st_size > 0
    assert path.parent == tmp_path


async def test_that_the_ending_says_what_the_file_is(logs: Path, tmp_path: Path) -> None:
    packed = await exported(logs, tmp_path / "a.json", **raw(ExportFormat.JSON, compress=True))
    several = await exported(logs, tmp_path / "b.csv", format=ExportFormat.CSV)
    assert (packed.name, several.name) == ("a.json.gz", "b.zip")


async def test_that_times_and_filters_choose_the_events(logs: Path, tmp_path: Path) -> None:
    start = datetime(2026, 1, 2, 3, 4, 2, tzinfo=UTC)
    path = await exported(
        logs, tmp_path / "a.json", start, None, filters={"user_id": ["u1", "u3"]}, **raw(ExportFormat.JSON)
    )
    assert [item["id"] for item in oracle.json_events(path)] == ["e3"]


async def test_that_options_choose_what_the_file_holds(logs: Path, tmp_path: Path) -> None:
    path = await exported(
        logs,
        tmp_path / "a.json",
        format=ExportFormat.JSON,
        include_raw_metrics=False,
        aggregation_types=[AggregationType.BY_USER],
        include_reports=False,
    )
    found = json.loads(path.read_bytes())
    assert set(found) == {"metadata", "aggregations"}
    assert list(found["aggregations"]) == ["by_user"]


@pytest.mark.parametrize(
    ("filters", "error"),
    [({"colour": "red"}, RequestError), ({"success": "maybe"}, RequestError), ({"user_id": []}, None)],
)
async def test_that_an_unknown_filter_is_an_error_and_an_empty_one_passes(
    logs: Path, tmp_path: Path, filters: dict[str, object], error: type[ShannonError] | None
) -> None:
    if error is None:
        assert await exported(logs, tmp_path / "a.json", filters=filters, **raw(ExportFormat.JSON))
        return
    with pytest.raises(error):
        await exported(logs, tmp_path / "a.json", filters=filters, **raw(ExportFormat.JSON))


async def test_that_a_standing_file_is_kept_unless_overwriting_was_agreed(logs: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    target.write_bytes(b"old")
    with pytest.raises(ShannonError, match="already"):
        await exported(logs, target, **raw(ExportFormat.JSON))
    assert target.read_bytes() == b"old"
    await exported(logs, target, **raw(ExportFormat.JSON, overwrite=True))
    assert len(oracle.json_events(target)) == 3


async def test_that_a_missing_source_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ShannonError, match="nowhere cannot be read"):
        await exported(tmp_path / "nowhere", tmp_path / "a.json", **raw(ExportFormat.JSON))


async def test_that_a_target_that_cannot_be_written_is_a_clear_error(logs: Path) -> None:
    with pytest.raises(ShannonError, match="cannot be written"):
        await exported(logs, logs / "log.jsonl" / "a", **raw(ExportFormat.JSON))


async def test_that_a_parser_can_be_used_again_after_closing(logs: Path) -> None:
    parser = MetricsParser(logs)
    for _ in range(2):
        async with parser:
            result = await MetricsAggregator(parser).aggregate(AggregationType.DAILY)
            assert result.to_dict()["total_metrics"] == 3


async def test_that_a_report_is_over_the_same_events(logs: Path) -> None:
    async with MetricsParser(logs) as parser:
        report = await ReportGenerator(MetricsAggregator(parser)).generate_report(
            AggregationType.DAILY, report_format=ReportFormat.JSON, filters={"user_id": "u1"}
        )
    assert json.loads(report.content)["total_metrics"] == 1


def test_that_every_public_name_is_there() -> None:
    for name in shannon_core.__all__:
        assert getattr(shannon_core, name) is not None


def test_that_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_such"):
        importlib.import_module("shannon_core").nothing_such  # noqa: B018
