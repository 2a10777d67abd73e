"""Codex: tools, their answers and outcomes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness.readings import of, only
from harness.records.codex import SECRET, Rollout, read_rollout
from harness.workbench import Workbench

EXITED = "Command: /bin/sh -lc 'a\nb'\nChunk ID: 1\nWall time: 0.1 seconds\nProcess exited with code {}\nOutput:\nx"
OUTPUTS = [
    ("exited well", EXITED.format(0), True, None),
    ("exited badly", EXITED.format(-1), False, None),
    ("exit code first", "Exit code: 1\nWall time: 0 seconds\nOutput:\nExit code: 0", False, None),
    ("metadata", '{"output":"x","metadata":{"exit_code":0,"duration_seconds":0.1}}', True, None),
    ("bad metadata", '{"output":"x","metadata":{"exit_code":7}}', False, None),
    ("blocks", [{"type": "input_text", "text": "Exit code: 1\n"}], False, None),
    (
        "still running",
        "Chunk ID: 1\nWall time: 10.0 seconds\nProcess running with session ID 5\nOutput:\n",
        None,
        None,
    ),
    ("a text", "Plan updated", True, None),
    ("a text about an exit", "It said\nProcess exited with code 1", True, None),
    ("empty", "", True, None),
    ("aborted", "aborted by user after 3.2s", False, "aborted"),
    ("aborted shell", "Wall time: 3.2 seconds\naborted by user", False, "aborted"),
    ("rejected", "exec command rejected by user", False, "user_rejected"),
    ("not started", "exec_command failed for `x`: CreateProcess", False, "tool_error"),
    ("not applied", "apply_patch verification failed: no such file", False, "tool_error"),
    ("not understood", "failed to parse function arguments: missing field", False, "tool_error"),
]


def test_that_the_output_of_a_tool_says_how_it_went(bench: Workbench, tmp_path: Path) -> None:
    rollout = Rollout().meta()
    for name, text, *_ in OUTPUTS:
        rollout.call(call_id=name).output(text, name)
    tools = of(read_rollout(bench, tmp_path, rollout), "tool_use")
    found = {json.loads(tool["data"])["call_id"]: (tool["success"], tool["error_type"]) for tool in tools}
    assert found == {name: (success, error) for name, _, success, error in OUTPUTS}
    assert {tool["duration_ms"] for tool in tools} == {1000}


def test_that_sizes_of_a_call_and_its_output_are_kept(bench: Workbench, tmp_path: Path) -> None:
    tool = only(read_rollout(bench, tmp_path, Rollout().meta().call().output("añb")), "tool_use")
    assert (
        json.loads(tool["data"]).items()
        >= {"input_size": len(SECRET), "output_size": 3, "duration_source": "timestamps"}.items()
    )


def test_that_a_call_without_an_answer_has_no_verdict(bench: Workbench, tmp_path: Path) -> None:
    tool = only(read_rollout(bench, tmp_path, Rollout().meta().call()), "tool_use")
    assert (tool["success"], tool["duration_ms"]) == (None, None)


ENDS: list[tuple[str, dict[str, Any], bool, str | None]] = [
    ("exec_command_end", {"exit_code": 0, "status": "completed"}, True, None),
    ("exec_command_end", {"exit_code": 3, "status": "failed"}, False, None),
    ("exec_command_end", {"exit_code": -1, "status": "declined"}, False, "user_rejected"),
    ("mcp_tool_call_end", {"result": {"Ok": {"content": []}}}, True, None),
    ("mcp_tool_call_end", {"result": {"Ok": {"isError": True}}}, False, None),
    ("mcp_tool_call_end", {"result": {"Err": SECRET}}, False, None),
]


def test_that_the_end_of_a_tool_is_told_better_than_its_output(bench: Workbench, tmp_path: Path) -> None:
    rollout = Rollout().meta()
    for number, (kind, members, *_) in enumerate(ENDS):
        rollout.call(call_id=str(number))
        rollout.event(kind, call_id=str(number), duration={"secs": 1, "nanos": 500_000_000}, **members)
        rollout.output("?", str(number))
    tools = of(read_rollout(bench, tmp_path, rollout), "tool_use")
    assert [(tool["success"], tool["error_type"]) for tool in tools] == [
        (ok, error) for *_, ok, error in ENDS
    ]
    assert {tool["duration_ms"] for tool in tools} == {1500}


@pytest.mark.parametrize("success", [True, False])
def test_that_a_patch_is_a_tool_use(bench: Workbench, tmp_path: Path, success: bool) -> None:
    rollout = (
        Rollout()
        .meta()
        .item("custom_tool_call", name="apply_patch", call_id="c1", status="completed", input="x")
    )
    rollout.event("patch_apply_end", call_id="c1", success=success).item(
        "custom_tool_call_output", call_id="c1", output="Done"
    )
    tool = only(read_rollout(bench, tmp_path, rollout), "tool_use")
    assert (tool["tool_name"], tool["success"], tool["duration_ms"]) == ("apply_patch", success, 2000)


def test_that_calls_of_every_kind_are_tool_uses(bench: Workbench, tmp_path: Path) -> None:
    rollout = (
        Rollout().meta().item("local_shell_call", call_id="c1", action={"command": [SECRET]}).output("", "c1")
    )
    rollout.item("web_search_call", status="completed").event("web_search_end", call_id="w").item(
        "web_search_call", status="failed"
    )
    rollout.call("_fetch", "c2", namespace="mcp__github_").event(
        "mcp_tool_call_end", call_id="inner", invocation={"server": "a", "tool": "b"}, result={"Ok": {}}
    )
    tools = of(read_rollout(bench, tmp_path, rollout), "tool_use")
    assert [(tool["tool_name"], tool["success"]) for tool in tools] == [
        ("local_shell", True), ("web_search", True), ("web_search", False),
        ("mcp__github__fetch", None), ("mcp__a__b", True),
    ]  # fmt: skip


def test_that_an_id_that_is_used_again_is_another_call(bench: Workbench, tmp_path: Path) -> None:
    rollout = Rollout().meta().call().output("Exit code: 1\n").call().output("Exit code: 0\n")
    assert [tool["success"] for tool in of(read_rollout(bench, tmp_path, rollout), "tool_use")] == [
        False,
        True,
    ]


def test_that_a_command_of_the_user_is_no_tool_use(bench: Workbench, tmp_path: Path) -> None:
    rollout = (
        Rollout()
        .meta()
        .event(
            "exec_command_end",
            call_id="u1",
            source="user_shell",
            command=[SECRET],
            exit_code=1,
            duration={"secs": 2, "nanos": 0},
        )
    )
    reading = read_rollout(bench, tmp_path, rollout)
    command = only(reading, "command_executed")
    assert (command["command_name"], command["success"], command["duration_ms"]) == ("!", False, 2000)
    assert of(reading, "tool_use") == []
