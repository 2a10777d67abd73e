"""OTLP: sessions, and the telemetry of Codex and Gemini (sources.md §2.3, §3.3 and §4)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.readings import columns, of, only
from harness.records.otlp import REQUEST, SECRET, logs, metric, point, read, record
from harness.workbench import Workbench


def test_that_a_session_starts_ends_and_has_active_time(bench: Workbench, tmp_path: Path) -> None:
    counted = metric("session.count", point(1, 5, start_type="resume"))
    active = metric("active_time.total", point(12.5, 60, type="user"), point(7.5, 90, 60, type="cli"))
    logged = (record("api_request", **REQUEST), record("tool_result", 100, tool_name="Read"))
    reading = read(bench, tmp_path, counted, active, logs(*logged, project_path="/home/me/app"))
    start, end = only(reading, "session_start"), only(reading, "session_end")
    assert columns(start, "session_id", "project_path", "model") == ("s1", "/home/me/app", "claude-opus-4-6")
    assert json.loads(start["data"])["start_type"] == "resume"
    assert columns(end, "duration_ms", "token_count") == (100_000, 121)
    assert json.loads(end["data"]).items() >= {"active_seconds": 20.0, "tools_used": 1}.items()


def test_that_the_telemetry_of_codex_is_read(bench: Workbench, tmp_path: Path) -> None:
    usage = {"input_token_count": "1000", "cached_token_count": "400", "output_token_count": "50"}
    status = "http__response__status_code"
    tool = {"tool_name": "exec_command", "arguments": SECRET, "output": SECRET}
    logged = (
        record("conversation_starts", 0, "codex", model="gpt-5.4"),
        record("api_request", 1, "codex", duration_ms="800", **{status: "429"}),
        record("api_request", 2, "codex", duration_ms="900", **{status: "200"}),
        record("sse_event", 3, "codex", event__kind="response.created"),
        record("sse_event", 4, "codex", event__kind="response.completed", model="gpt-5.4", **usage),
        record("tool_decision", 5, "codex", **tool, call_id="a", decision="denied", source="User"),
        record("tool_result", 6, "codex", **tool, call_id="b", duration_ms="12", success="true"),
    )
    reading = read(bench, tmp_path, logs(*logged, service="codex_cli_rs"))
    tokens = only(reading, "token_usage")
    assert columns(tokens, "input_tokens", "cache_read_tokens", "output_tokens") == (600, 400, 50)
    assert tokens["cost_usd"] == pytest.approx(600 * 2.5e-6 + 400 * 0.25e-6 + 50 * 15e-6)
    refused, done = of(reading, "tool_use")
    assert columns(refused, "success", "error_type") == (False, "user_rejected")
    assert columns(done, "success", "duration_ms") == (True, 12)
    assert json.loads(done["data"]).items() >= {"input_size": len(SECRET), "output_size": len(SECRET)}.items()
    requests = of(reading, "performance")
    assert [columns(item, "duration_ms", "success") for item in requests] == [(800, False), (900, True)]
    assert only(reading, "error_occurred")["error_type"] == "status_429"


def test_that_the_telemetry_of_gemini_is_read(bench: Workbench, tmp_path: Path) -> None:
    usage = {"input_token_count": 100, "cached_content_token_count": 40, "output_token_count": 5}
    hook = {"hook_event_name": "BeforeTool", "hook_name": "h", "duration_ms": 2, "success": True}
    logged = (
        record("api_response", 0, "gemini_cli", model="gemini-2.5-pro", **usage, thoughts_token_count=3),
        record("tool_call", 1, "gemini_cli", function_name="read_file", duration_ms=3, success=True),
        record("slash_command", 2, "gemini_cli", command="stats"),
        record("agent.finish", 3, "gemini_cli", agent_name="investigator", terminate_reason="TIMEOUT"),
        record("hook_call", 4, "gemini_cli", **hook),
    )
    reading = read(bench, tmp_path, logs(*logged, service="gemini-cli"))
    tokens = only(reading, "token_usage")
    assert columns(tokens, "input_tokens", "cache_read_tokens", "output_tokens") == (60, 40, 8)
    assert columns(only(reading, "tool_use"), "tool_name", "success") == ("read_file", True)
    assert columns(only(reading, "agent_execution"), "agent_id", "success") == ("investigator", False)
    assert only(reading, "command_executed")["command_name"] == "stats"
    assert only(reading, "hook_triggered")["success"] is True
