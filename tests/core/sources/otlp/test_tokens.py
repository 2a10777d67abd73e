"""OTLP: what requests and metrics come to (sources.md §2)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness.log_files import as_lines, write_log
from harness.readings import TOKENS, Reading, by_id, columns, of, only
from harness.records.otlp import REQUEST, attributes, logs, metric, point, read, record
from harness.workbench import Workbench


def test_that_a_request_is_a_token_usage_and_a_performance(bench: Workbench, tmp_path: Path) -> None:
    reading = read(bench, tmp_path, logs(record("api_request", **REQUEST, ttft_ms="729")))
    usage, performance = only(reading, "token_usage"), only(reading, "performance")
    assert columns(usage, *TOKENS, "model", "session_id") == (
        121,
        3,
        13,
        100,
        5,
        0.25,
        "claude-opus-4-6",
        "s1",
    )
    assert columns(performance, "operation", "duration_ms", "success") == ("api_request", 2504, True)
    assert json.loads(performance["data"])["ttft_ms"] == 729


@pytest.mark.parametrize("kind", ["stringValue", "intValue", "doubleValue", "number"])
def test_that_a_number_is_one_however_it_is_written(bench: Workbench, tmp_path: Path, kind: str) -> None:
    """2.1.81 sent all numbers as strings; direct bodies have integers as JSON numbers."""
    batch = logs(record("api_request", **REQUEST))
    for item in batch["resourceLogs"][0]["scopeLogs"][0]["logRecords"][0]["attributes"]:
        if item["key"].endswith("tokens"):
            number = next(iter(item["value"].values()))
            item["value"] = (
                {"intValue": int(number)}
                if kind == "number"
                else {kind: float(number) if kind == "doubleValue" else number}
            )
    batch["resourceLogs"][0]["resource"]["droppedAttributesCount"] = 0
    assert columns(only(read(bench, tmp_path, batch), "token_usage"), *TOKENS) == (121, 3, 13, 100, 5, 0.25)


@pytest.mark.parametrize(
    "wrap",
    [lambda batch: batch, lambda batch: {"ts": 1, "url": "/v1/logs", "body": batch}],
    ids=["bare", "wrapped"],
)
@pytest.mark.parametrize("space", [None, 1], ids=["dense", "spaced"])
def test_that_a_batch_may_be_wrapped(bench: Workbench, tmp_path: Path, wrap: Any, space: int | None) -> None:
    line = json.dumps(wrap(logs(record("api_request", **REQUEST))), indent=space).replace("\n", " ")
    write_log(tmp_path, line.encode() + b"\n")
    assert only(bench.read(tmp_path), "token_usage")["source"] == "otlp"


def test_that_a_record_that_was_exported_twice_counts_once(bench: Workbench, tmp_path: Path) -> None:
    """Once by the Collector, with integers as strings, once as it was sent."""
    batch = logs(record("api_request", **REQUEST))
    write_log(tmp_path, as_lines([batch]), "collected.jsonl")
    sent = json.loads(json.dumps(batch).replace('"3"', "3"))
    assert len(of(read(bench, tmp_path, sent, sent), "token_usage")) == 1


def test_that_requests_win_over_the_metrics_of_their_session(bench: Workbench, tmp_path: Path) -> None:
    other = {"session.id": "s2", "type": "output"}
    metered = metric("token.usage", point(1000, type="input"), point(7, **other))
    requests = logs(record("api_request", **REQUEST))
    reading = read(bench, tmp_path, metered, requests, metric("cost.usage", point(9.5)))
    found = {columns(item, "session_id", "token_count", "cost_usd") for item in of(reading, "token_usage")}
    assert found == {("s1", 121, 0.25), ("s2", 7, 7 * 25 / 1e6)}


def test_that_metrics_of_one_time_and_model_are_one_usage(bench: Workbench, tmp_path: Path) -> None:
    kinds = {"input": 9, "output": 2067, "cacheRead": 168193, "cacheCreation": 4}
    points = [point(float(value), 60, type=kind) for kind, value in kinds.items()]
    other = point(5.0, 60, type="input", model="claude-haiku-4-5")
    reading = read(
        bench,
        tmp_path,
        metric("token.usage", *points, other),
        metric("cost.usage", point(0.5, 60, model="claude-opus-4-6[1m]")),
    )
    first, second = sorted(of(reading, "token_usage"), key=lambda item: -item["token_count"])
    assert columns(first, *TOKENS, "model") == (170273, 9, 2067, 4, 168193, 0.5, "claude-opus-4-6")
    assert columns(second, "token_count", "model") == (5, "claude-haiku-4-5")


def total(reading: Reading) -> int:
    return sum(item["token_count"] for item in of(reading, "token_usage"))


def test_that_points_of_deltas_add_up(bench: Workbench, tmp_path: Path) -> None:
    points = [
        point(value, at, start, type="input")
        for value, at, start in ((10, 60, 0), (5, 120, 60), (5, 180, 120))
    ]
    assert total(read(bench, tmp_path, *(metric("token.usage", item) for item in points))) == 20


@pytest.mark.parametrize("temporality", [2, "2", "AGGREGATION_TEMPORALITY_CUMULATIVE"])
def test_that_running_totals_count_to_their_last(
    bench: Workbench, tmp_path: Path, temporality: object
) -> None:
    """A new start, or a value that fell, begins from nothing."""
    logged = ((10, 60, 0), (15, 120, 0), (15, 180, 0), (4, 240, 200), (6, 300, 200), (1, 360, 200))
    points = [point(value, at, start, type="input") for value, at, start in logged]
    reading = read(
        bench, tmp_path, *(metric("token.usage", item, temporality=temporality) for item in points)
    )
    assert total(reading) == 15 + 6 + 1


def test_that_series_of_other_attributes_run_by_themselves(bench: Workbench, tmp_path: Path) -> None:
    points = [
        point(value, at, type="input", pane=pane)
        for value, at, pane in ((10, 60, "a"), (3, 60, "b"), (12, 120, "a"), (4, 120, "b"))
    ]
    assert total(read(bench, tmp_path, metric("token.usage", *points, temporality=2))) == 16


def test_that_records_without_a_session_are_events_without_one(bench: Workbench, tmp_path: Path) -> None:
    reading = read(bench, tmp_path, logs(record("api_request", session__id=None, **REQUEST)))
    assert {columns(item, "type", "session_id") for item in reading.events} == {
        ("performance", None),
        ("token_usage", None),
    }


def test_that_metrics_without_a_session_give_way_to_any_request(bench: Workbench, tmp_path: Path) -> None:
    lone = metric("token.usage", point(1000, type="input"))
    lone["resourceMetrics"][0]["scopeMetrics"][0]["metrics"][0]["sum"]["dataPoints"][0]["attributes"] = (
        attributes({"type": "input", "model": "m"})
    )
    assert total(read(bench, tmp_path, lone)) == 1000
    assert total(read(bench, tmp_path, lone, logs(record("api_request", **REQUEST)))) == 121


def test_that_sessions_over_several_files_are_one_and_follow_them(bench: Workbench, tmp_path: Path) -> None:
    metered = write_log(
        tmp_path, as_lines([metric("token.usage", point(1000, type="input"))]), "metrics.jsonl"
    )
    alone = by_id(bench.read(tmp_path))
    logged = write_log(tmp_path, as_lines([logs(record("api_request", 30, **REQUEST))]), "logs.jsonl")
    both = bench.read(tmp_path)
    assert (total(both), len(of(both, "session_start"))) == (121, 1)
    logged.unlink()
    assert by_id(bench.read(tmp_path)) == alone
    metered.unlink()
    assert bench.read(tmp_path).events == []


@pytest.mark.parametrize("end", [b"\n", b""], ids=["ended", "open"])
def test_that_bodies_that_are_printed_over_many_lines_are_read(
    bench: Workbench, tmp_path: Path, end: bytes
) -> None:
    first, second = (logs(record("api_request", at, **REQUEST)) for at in (0, 60))
    printed = "\n".join(json.dumps(body, indent=2) for body in (first, second)).encode() + end
    path = write_log(tmp_path, printed, "body.json")
    reading = bench.read(path)
    assert total(reading) == 242
    lines = printed.count(b"\n") + (not end)
    counted = reading.files[str(path)]
    assert (counted.lines, counted.understood, counted.rejected, counted.pending) == (lines, lines, 0, 0)
    places = {item["source_line"] for item in of(reading, "token_usage")}
    assert places == {1, json.dumps(first, indent=2).count("\n") + 2}


def test_that_a_printed_body_that_is_cut_is_rejected_line_by_line(bench: Workbench, tmp_path: Path) -> None:
    printed = json.dumps(logs(record("api_request", **REQUEST)), indent=2).encode()[:-20]
    counted = bench.read(write_log(tmp_path, printed, "body.json")).files[str(tmp_path / "body.json")]
    assert counted.lines == counted.rejected + counted.pending == printed.count(b"\n") + 1


def test_that_the_examples_of_the_protocol_are_accounted_for(bench: Workbench, real_logs: Path) -> None:
    for path in sorted((real_logs / "fixtures" / "opentelemetry-proto" / "examples").glob("*.json")):
        (counted,) = bench.read(path).files.values()
        lines = sum(1 for line in path.read_bytes().split(b"\n") if line.strip())
        assert (counted.lines, counted.understood) == (lines, lines)
