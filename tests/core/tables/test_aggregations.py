"""Every cell of every aggregation equals an independent recount (core/spec/events.md)."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness.log_files import write_log
from harness.read_session import ReadSession
from harness.records.shannon import full_event
from harness.recount import LIST_PRICES, measures, prepared, priced_tokens, series
from shannon_core import (
    AggregationType,
    ExportFormat,
    ExportOptions,
    MetricsAggregator,
    MetricsExporter,
    MetricsParser,
)
from shannon_core.api import ReportGenerator
from shannon_core.errors import RequestError
from shannon_core.request.contents import Contents
from shannon_core.request.measures import MEASURES, Measure
from shannon_core.request.selection import EventFilter, Selection
from shannon_core.request.table_keys import AGGREGATIONS
from shannon_core.request.time_range import TimeRange

ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"]
CHANGES = ["2026-03-29T00:30", "2026-10-25T00:30", "2026-03-08T06:30", "2026-11-01T05:30", "2025-12-31T22:00"]
"""Just before clocks change in Berlin and in New York, and before a year ends."""


def nasty_events(seed: int = 7, count: int = 600) -> list[dict[str, Any]]:
    """Events around clock changes, with nulls, zeros, ties, huge counts and sessions without a project."""
    rng = random.Random(seed)
    events = []
    for number in range(count):
        start = datetime.fromisoformat(rng.choice(CHANGES)).replace(tzinfo=UTC)
        moment = start + timedelta(minutes=rng.randrange(60 * 6), microseconds=rng.choice([0, 1, 999_999]))
        kind, data = rng.choice(
            [
                (
                    "tool_use",
                    {
                        "tool_name": rng.choice(["Bash", "Edit", "", "日本"]),
                        "duration_ms": rng.choice([0, 0.1, 12.5, 1e12]),
                        "success": rng.choice([True, False]),
                    },
                ),
                ("tool_use", {"tool_name": "Bash"}),
                ("tool_use", {}),
                (
                    "agent_execution",
                    {"agent_id": rng.choice(["a", "b"]), "duration_ms": rng.random() * 1e4, "success": True},
                ),
                ("error_occurred", {"error_type": rng.choice(["E1", "E2"])}),
                (
                    "token_usage",
                    {"input_tokens": rng.randrange(10**6), "output_tokens": 5, "cost_usd": rng.random()},
                ),
                (
                    "token_usage",
                    {
                        "input_tokens": rng.randrange(10**6),
                        "output_tokens": 7,
                        "cache_read_tokens": 1000,
                        "model": rng.choice([*LIST_PRICES, "a-model-of-tomorrow"]),
                    },
                ),
                ("token_usage", {"total_tokens": 2**50}),
                ("session_start", {"project_path": rng.choice(["/p1", "/p2"])}),
                ("session_end", {"duration_seconds": 1.5, "token_count": 1000}),
                ("hook_triggered", {}),
            ]
        )
        session = rng.choice([*(f"s{n}" for n in range(12)), None])
        if kind == "token_usage" and session in ("s0", "s1"):
            session = "s2"  # so that two sessions have only their own sums
        user = rng.choice(["u1", "u2", None])
        events.append(
            full_event(
                number, timestamp=moment.isoformat(), type=kind, session_id=session, user_id=user, data=data
            )
        )
    return events


SELECTIONS = {
    "everything": ((), lambda row: True),
    "one user": ((EventFilter("user_id", ("u1",)),), lambda row: row["event"]["user_id"] == "u1"),
    "not Bash": ((EventFilter("tool_name", ("Bash",), negated=True),), lambda row: row["tool"] != "Bash"),
    "one project": ((EventFilter("project_path", ("/p1",)),), lambda row: row["project"] == "/p1"),
    "failures": ((EventFilter("success", ("false",)),), lambda row: row["success"] is False),
    "nothing": ((EventFilter("user_id", ("nobody",)),), lambda row: False),
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def reading(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[ReadSession]:
    """The nasty events, read once."""
    folder = tmp_path_factory.mktemp("nasty")
    write_log(folder, nasty_events())
    found = await ReadSession.of(folder)
    yield found
    await found.session.close()


def close(found: Any, expected: Any) -> bool:
    """Equal; floats to twelve figures."""
    if isinstance(expected, float) and isinstance(found, int | float):
        return found == pytest.approx(expected, rel=1e-12, abs=1e-9)
    return bool(found == expected)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("chosen", SELECTIONS)
async def test_that_every_cell_equals_an_independent_recount(
    reading: ReadSession, zone: str, chosen: str
) -> None:
    filters, keeps = SELECTIONS[chosen]
    rows = [row for row in prepared(nasty_events()) if keeps(row)]
    selection = Selection(TimeRange(timezone=zone), filters)
    for wanted in AGGREGATIONS:
        result = await reading.session.aggregate(selection, wanted)
        expected = series(rows, wanted, zone)
        assert len(result.rows) == len(expected), wanted
        for found, slow in zip(result.rows, expected, strict=True):
            assert list(found) == list(slow)
            different = {
                name: (found[name], slow[name]) for name in slow if not close(found[name], slow[name])
            }
            assert not different, (wanted, different)
        totals = {**measures(rows), "priced_tokens": priced_tokens(rows)}
        assert not {name for name in totals if not close(result.totals[name], totals[name])}
    headline = await reading.session.totals(selection)
    assert (headline.tokens, headline.priced_tokens) == (totals["tokens"], totals["priced_tokens"])


@pytest.mark.asyncio(loop_scope="module")
async def test_that_the_hour_that_comes_twice_is_two_rows(reading: ReadSession) -> None:
    selection = Selection(TimeRange(timezone="Europe/Berlin"))
    keys = [
        row["timestamp"] for row in (await reading.session.aggregate(selection, AggregationType.HOURLY)).rows
    ]
    assert "2026-10-25T02:00:00+02:00" in keys
    assert "2026-10-25T02:00:00+01:00" in keys
    assert keys == sorted(keys, key=datetime.fromisoformat)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("wanted", ["by_session", "by_user", "by_project", "by_model"])
async def test_that_rows_and_the_row_without_a_key_sum_to_the_total(
    reading: ReadSession, wanted: str
) -> None:
    result = (await reading.session.aggregate(Selection(), wanted)).to_dict()
    assert sum(row["metrics_count"] for row in result["time_series"]) == result["total_metrics"] == 600


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("measure", [m for m in MEASURES.values() if m.adds_up], ids=lambda m: m.id)
async def test_that_measures_that_add_up_do(reading: ReadSession, measure: Measure) -> None:
    result = await reading.session.aggregate(Selection(), "by_model")
    assert close(sum(row[measure.id] or 0 for row in result.rows), result.totals[measure.id])


@pytest.mark.asyncio(loop_scope="module")
async def test_that_a_result_as_a_dictionary_has_the_legacy_members(reading: ReadSession) -> None:
    result = (await reading.session.aggregate(Selection(), AggregationType.BY_TOOL)).to_dict()
    assert list(result) == [
        *("type", "start_time", "end_time", "total_metrics", "total_sessions", "total_users", "total_errors"),
        *("duration_stats", "token_stats", "success_metrics", "breakdowns", "time_series"),
    ]
    assert list(result["breakdowns"]) == ["by_type", "tools", "agents", "errors"]
    tool = result["breakdowns"]["tools"]["Bash"]
    assert list(tool) == ["count", "success", "failure", "unknown", "total_duration_ms", "avg_duration_ms"]
    assert tool["count"] == tool["success"] + tool["failure"] + tool["unknown"]
    assert json.loads(json.dumps(result)) == result


@pytest.mark.asyncio(loop_scope="module")
async def test_that_every_format_holds_the_same_numbers(reading: ReadSession, tmp_path: Path) -> None:
    types = tuple(AGGREGATIONS)
    contents = Contents(raw_events=False, aggregations=types, reports=())
    chosen = {"contents": contents, "selection": Selection(TimeRange(timezone="Asia/Kolkata"))}
    path = await reading.export(tmp_path / "a.json", ExportFormat.JSON, **chosen)
    found = json.loads(path.read_text())["aggregations"]
    assert list(found) == [str(item) for item in types]
    archive = zipfile.ZipFile(await reading.export(tmp_path / "a.csv", ExportFormat.CSV, **chosen))
    workbook = openpyxl.load_workbook(await reading.export(tmp_path / "a.xlsx", ExportFormat.EXCEL, **chosen))
    for item in types:
        rows = found[item]["time_series"]
        table = list(csv.DictReader(io.StringIO(archive.read(f"a_{item}.csv").decode(), newline="")))
        sheet = workbook[str(item).replace("_", " ").title()]
        assert [row["metrics_count"] for row in table] == [str(row["metrics_count"]) for row in rows]
        assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
            row["metrics_count"] for row in rows
        ]
        assert len(sheet._charts) == 1
        assert sheet.freeze_panes == "A2"
    archive.close()
    summary = dict(row[:2] for row in workbook["Summary"].iter_rows(min_row=2, max_row=9, values_only=True))
    assert summary["Total Metrics"] == 600
    priced, tokens = (found["daily"]["token_stats"][name] for name in ("priced", "total"))
    assert 0 < priced < tokens
    assert summary["Share of Tokens with a Known Cost"] == pytest.approx(priced / tokens)
    assert summary["Total Cost (USD)"] == pytest.approx(found["daily"]["token_stats"]["cost_usd"])
    daily = workbook["Daily"]
    assert daily["A1"].value == "Timestamp (Asia/Kolkata)"
    assert isinstance(daily["A2"].value, datetime)
    assert daily["H2"].number_format == "0.0%"


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seed=st.integers(0, 10**6),
    count=st.integers(1, 25),
    zone=st.sampled_from(ZONES),
    wanted=st.sampled_from(list(AGGREGATIONS)),
)
async def test_that_no_selection_of_events_is_counted_differently(
    tmp_path_factory: pytest.TempPathFactory, seed: int, count: int, zone: str, wanted: str
) -> None:
    folder = tmp_path_factory.mktemp("few")
    events = nasty_events(seed, count)
    write_log(folder, events)
    few = await ReadSession.of(folder)
    result = await few.session.aggregate(Selection(TimeRange(timezone=zone)), wanted)
    expected = series(prepared(events), wanted, zone)
    assert [list(row) for row in result.rows] == [list(row) for row in expected]
    for found, slow in zip(result.rows, expected, strict=True):
        assert not {name for name in slow if not close(found[name], slow[name])}
    await few.session.close()


async def test_that_the_python_api_keeps_its_legacy_names(tmp_path: Path) -> None:
    write_log(
        tmp_path / "logs",
        [full_event(1), full_event(2, user_id="u2"), full_event(3, timestamp="2027-01-01T00:00:00Z")],
    )
    start, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC)
    async with MetricsParser(tmp_path / "logs") as parser:
        aggregator = MetricsAggregator(parser)
        exporter = MetricsExporter(parser, aggregator, ReportGenerator(aggregator))
        path = await exporter.export(
            tmp_path / "out.json", start, end, ExportOptions(ExportFormat.JSON), {"user_id": "u1"}
        )
        report = await exporter.reporter.generate_report(AggregationType.DAILY, start, end)
        saved = await report.save(tmp_path / "report.md")
    found = json.loads(path.read_text())
    assert [item["id"] for item in found["metrics"]] == ["e1"]
    assert list(found["aggregations"]) == ["daily", "by_tool", "by_session"]
    assert list(found["reports"]) == ["markdown"]
    assert "| Events | 2 |" in saved.read_text()


async def test_that_an_unknown_aggregation_is_an_error_that_names_the_known_ones(
    reading: ReadSession,
) -> None:
    with pytest.raises(RequestError, match="by_model"):
        await reading.session.aggregate(Selection(), "by_weather")
