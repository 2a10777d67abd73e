"""OTLP: telemetry of Claude Code, Codex and Gemini as events (sources.md §2)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.readings import by_id, columns, notes_of, of, only
from harness.records.otlp import REQUEST, SECRET, START, Json, attributes, logs, read, record
from harness.workbench import Workbench


def test_that_a_tool_result_is_a_tool_use(bench: Workbench, tmp_path: Path) -> None:
    tool_names = {"tool_name": "Bash", "tool_use_id": "u1"}
    sizes = {"tool_input_size_bytes": "117", "tool_result_size_bytes": "316", "tool_input": SECRET}
    result = {"success": "false", "duration_ms": "62", "error_type": "Error:ENOENT", "error": SECRET}
    accepted = record("tool_decision", **tool_names, decision="accept", source="config")
    logged = logs(accepted, record("tool_result", 1, **tool_names, **sizes, **result))
    tool = only(read(bench, tmp_path, logged), "tool_use")
    assert columns(tool, "tool_name", "success", "duration_ms") == ("Bash", False, 62)
    assert tool["error_type"] == "Error:ENOENT"
    assert json.loads(tool["data"]).items() >= {"input_size": 117, "output_size": 316}.items()


@pytest.mark.parametrize(
    ("source", "error"), [("user_reject", "user_rejected"), ("config", "rejected"), (None, "user_rejected")]
)
def test_that_a_refused_tool_is_a_failed_tool_use(
    bench: Workbench, tmp_path: Path, source: str | None, error: str
) -> None:
    refused = record("tool_decision", tool_name="Write", tool_use_id="u1", decision="reject", source=source)
    tool = only(read(bench, tmp_path, logs(refused)), "tool_use")
    assert columns(tool, "tool_name", "success", "error_type") == ("Write", False, error)


def test_that_a_refusal_with_a_result_is_one_tool_use(bench: Workbench, tmp_path: Path) -> None:
    refused = record(
        "tool_decision", tool_name="Write", tool_use_id="u1", decision="reject", source="user_reject"
    )
    tool = only(
        read(
            bench,
            tmp_path,
            logs(refused, record("tool_result", 1, tool_name="Write", tool_use_id="u1", success=False)),
        ),
        "tool_use",
    )
    assert columns(tool, "success", "error_type") == (False, "user_rejected")


ERRORS = [
    ("api_error", {"status_code": "529", "error": SECRET, "model": "m"}, "status_529"),
    ("api_error", {"error": SECRET}, "api_error"),
    ("api_retries_exhausted", {"status_code": 500}, "status_500"),
    ("api_refusal", {}, "api_refusal"),
    ("internal_error", {"error_name": "TypeError"}, "TypeError"),
    ("mcp_server_connection", {"status": "failed", "duration_ms": 3}, "mcp_server_connection"),
]


def test_that_failures_are_errors(bench: Workbench, tmp_path: Path) -> None:
    logged = [record(name, 100 * number, **members) for number, (name, members, _) in enumerate(ERRORS)]
    found = of(read(bench, tmp_path, logs(*logged)), "error_occurred")
    assert [columns(item, "error_type", "success") for item in found] == [
        (error, False) for *_, error in ERRORS
    ]


def test_that_an_error_and_the_end_of_its_retries_are_one(bench: Workbench, tmp_path: Path) -> None:
    logged = [
        record("api_error", 1, prompt__id="p", status_code=529),
        record("api_retries_exhausted", 1.5, prompt__id="p", status_code=529),
    ]
    reading = read(bench, tmp_path, logs(*logged, record("api_retries_exhausted", 900, prompt__id="q")))
    assert [item["error_type"] for item in of(reading, "error_occurred")] == ["status_529", "api_error"]


def test_that_hooks_agents_commands_and_compactions_are_events(bench: Workbench, tmp_path: Path) -> None:
    hook = {"hook_name": "PreToolUse:Bash", "num_hooks": "2", "num_success": "1", "num_blocking": "1"}
    agent = {"agent_type": "Explore", "duration_ms": "1500", "total_tokens": 99, "model": "m[1m]"}
    logged = (
        record("hook_execution_start", **hook),
        record("hook_execution_complete", 1, **hook, total_duration_ms="601"),
        record("subagent_completed", 2, **agent),
        record("user_prompt", 3, command_name="compact", prompt=SECRET),
        record("user_prompt", 4, prompt=SECRET),
        record("compaction", 5, trigger="auto", success="true", duration_ms="900"),
    )
    reading = read(bench, tmp_path, logs(*logged))
    assert columns(only(reading, "hook_triggered"), "duration_ms", "success") == (601, False)
    executed = only(reading, "agent_execution")
    assert columns(executed, "agent_id", "duration_ms", "success", "model") == ("Explore", 1500, True, "m")
    assert executed["token_count"] is None
    assert columns(only(reading, "command_executed"), "command_name", "success") == ("compact", True)
    compaction = only(reading, "performance")
    assert columns(compaction, "operation", "duration_ms", "success") == ("compaction", 900, True)


@pytest.mark.parametrize(
    ("known", "user"),
    [
        ({"user.email": "a@b.c", "user.account_uuid": "u"}, "a@b.c"),
        ({"user.email": "", "user.account_uuid": "u"}, "u"),
        ({}, "hash"),
    ],
)
def test_that_a_user_is_the_best_name_that_is_told(
    bench: Workbench, tmp_path: Path, known: Json, user: str
) -> None:
    reading = read(
        bench,
        tmp_path,
        logs(
            record(
                "api_request", **REQUEST, **{key.replace(".", "__"): value for key, value in known.items()}
            )
        ),
    )
    assert {item["user_id"] for item in reading.events} == {user}


def test_that_spans_and_telemetry_of_others_are_counted_and_no_events(
    bench: Workbench, tmp_path: Path
) -> None:
    gauge = {"name": "my.gauge", "gauge": {"dataPoints": [{"asDouble": 1}]}}
    page = {"timeUnixNano": str(START), "eventName": "browser.page_view", "attributes": []}
    batches: list[Json] = [
        logs(record("api_request", **REQUEST)),
        {"resourceSpans": [{"resource": {}, "scopeSpans": [{"spans": [{"name": SECRET}]}]}]},
        {"resourceMetrics": [{"scopeMetrics": [{"metrics": [gauge]}]}]},
        logs(page, service="my.service"),
        {"resourceLogs": []},
        {"resourceLogs": [{"scopeLogs": None}]},
        {"resourceLogs": "?"},
        {"other": 1},
    ]
    reading = read(bench, tmp_path, *batches)
    (counted,) = reading.files.values()
    assert (counted.lines, counted.understood, counted.rejected) == (len(batches), len(batches), 0)
    assert {item["session_id"] for item in reading.events} == {"s1"}


def test_that_a_time_may_be_given_in_three_places(bench: Workbench, tmp_path: Path) -> None:
    plain, observed, named, never = (
        record("api_request", at, **REQUEST, event__sequence=at) for at in range(4)
    )
    observed["observedTimeUnixNano"] = observed.pop("timeUnixNano")
    named.pop("timeUnixNano")
    named["attributes"] += attributes({"event.timestamp": "2026-03-01T10:00:02.000Z"})
    never.update(timeUnixNano="0", observedTimeUnixNano="soon")
    found = of(read(bench, tmp_path, logs(plain, observed, named, never)), "token_usage")
    assert [f"{item['timestamp']:%T}" for item in found] == ["10:00:00", "10:00:01", "10:00:02"]


def test_that_what_is_finer_than_microseconds_is_noted(bench: Workbench, tmp_path: Path) -> None:
    odd = record("api_request", **REQUEST)
    odd["timeUnixNano"] = str(START + 1)
    assert notes_of(only(read(bench, tmp_path, logs(odd)), "token_usage")) == {"truncated_timestamp"}


def test_that_no_text_of_telemetry_gets_into_the_store(bench: Workbench, tmp_path: Path) -> None:
    texts = dict.fromkeys(
        (
            "prompt",
            "prompt_text",
            "response",
            "tool_input",
            "tool_parameters",
            "arguments",
            "output",
            "error",
            "body",
            "cwd_of_nobody",
        ),
        SECRET,
    )
    names = (
        "user_prompt",
        "assistant_response",
        "tool_result",
        "api_error",
        "api_request_body",
        "api_request",
    )
    read(bench, tmp_path, logs(*(record(name, **{**REQUEST, **texts}) for name in names)))
    for table in ("events", "facts", "records", "rejects"):
        assert SECRET not in str(bench.rows(f"SELECT * FROM {table}"))


def test_that_attributes_that_are_none_do_no_harm(bench: Workbench, tmp_path: Path) -> None:
    odd = record("api_request", **REQUEST)
    odd["attributes"] += [
        {"key": "model"},
        {"key": None, "value": {}},
        {"value": {"stringValue": "x"}},
        {"key": "model", "value": {"stringValue": "other"}},
        {},
        {"key": "success", "value": {"arrayValue": {"values": []}}},
    ]
    bare = {"timeUnixNano": str(START), "body": {"stringValue": "claude_code.user_prompt"}}
    usage = only(read(bench, tmp_path, logs(odd, bare)), "token_usage")
    assert columns(usage, "model", "token_count") == ("claude-opus-4-6", 121)


def test_that_real_telemetry_is_accounted_for(bench: Workbench, real_logs: Path) -> None:
    reading = bench.read(real_logs / "otlp")
    for counted in reading.files.values():
        assert (counted.lines, counted.rejected, counted.pending) == (counted.understood, 0, 0)
    assert by_id(reading)
    assert (
        sum(
            item["token_count"]
            for item in of(reading, "token_usage")
            if item["session_id"] == "eec3945a-5a85-4c3c-9aa2-39e4b8445cef"
        )
        == 22541
    )
