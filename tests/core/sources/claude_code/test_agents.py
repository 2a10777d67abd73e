"""Claude Code: runs of agents, with a result or without (core/spec/sources.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harness.readings import columns, data, of, only
from harness.records.claude_code import SESSION, answer, prompt, record, result, use, write
from harness.workbench import Workbench


@pytest.mark.parametrize("name", ["Task", "Agent"])
def test_that_an_agent_has_the_type_time_and_tokens_of_its_run(
    bench: Workbench, tmp_path: Path, name: str
) -> None:
    details = {"status": "completed", "agentId": "a1", "totalDurationMs": 4000, "totalTokens": 900}
    details |= {"totalToolUseCount": 3, "usage": {"input_tokens": 7, "output_tokens": 8}}
    task = use("t1", name, subagent_type="Explore", description="Find it", prompt="A secret prompt.")
    write(tmp_path, answer(1, "a", 5, task), result(6, "t1", details=details))
    reading = bench.read(tmp_path)
    agent = only(reading, "agent_execution")
    assert columns(agent, "agent_id", "duration_ms", "success") == ("Explore", 4000, True)
    assert data(agent) | {"agent_tokens": 900, "tool_uses": 3, "run_id": "a1"} == data(agent)
    assert only(reading, "tool_use")["tool_name"] == name
    assert len(of(reading, "token_usage")) == 1


def test_that_an_agent_without_a_type_is_the_general_one(bench: Workbench, tmp_path: Path) -> None:
    write(tmp_path, answer(1, "a", 5, use("t1", "Task", prompt="x")), result(6, "t1", is_error=True))
    agent = only(bench.read(tmp_path), "agent_execution")
    assert columns(agent, "agent_id", "duration_ms", "success") == ("general-purpose", 5000, False)


ASYNC = {"isAsync": True, "status": "async_launched", "agentId": "a1", "description": "Find it"}
NOTICE = "<task-notification>\n<task-id>{}</task-id>\n{}<status>{}</status>\n<summary>x</summary>\n</task-notification>"


def launched(tool: str = "t1") -> list[dict[str, Any]]:
    """An agent that goes on after its launch at second 2."""
    return [answer(1, "a", 5, use(tool, "Agent", subagent_type="Explore")), result(2, tool, details=ASYNC)]


@pytest.mark.parametrize(
    ("named", "status", "success"),
    [
        ("<tool-use-id>t1</tool-use-id>\n", "completed", True),
        ("", "completed", True),
        ("<tool-use-id>t1</tool-use-id>\n", "failed", False),
    ],
    ids=["by its tool use", "by its run", "failed"],
)
def test_that_an_asynchronous_agent_ends_when_it_is_told(
    bench: Workbench, tmp_path: Path, named: str, status: str, success: bool
) -> None:
    text = NOTICE.format("a1", named, status)
    logged = record("queue-operation", 61, operation="enqueue", content=text)
    write(tmp_path, *launched(), logged, prompt(62, text))
    reading = bench.read(tmp_path)
    agent = only(reading, "agent_execution")
    assert columns(agent, "duration_ms", "success") == (60_000, success)
    assert only(reading, "tool_use")["duration_ms"] == 1000


def test_that_an_asynchronous_agent_without_a_result_ends_with_its_last_record(
    bench: Workbench, tmp_path: Path
) -> None:
    write(tmp_path, *launched())
    own = [
        answer(3, "b", 7, use("t2"), isSidechain=True, agentId="a1"),
        {**result(31, "t2"), "isSidechain": True, "agentId": "a1"},
    ]
    write(tmp_path, *own, name=f"{SESSION}/subagents/agent-a1.jsonl")
    agent = only(bench.read(tmp_path), "agent_execution")
    assert columns(agent, "duration_ms", "success") == (30_000, None)
    assert data(agent) | {"agent_tokens": 7, "tool_uses": 1, "is_async": True} == data(agent)


def test_that_a_run_that_nothing_started_is_an_agent_of_unknown_type(
    bench: Workbench, tmp_path: Path
) -> None:
    lines = [answer(second, str(second), 7, isSidechain=True, agentId="a9") for second in (3, 5)]
    write(tmp_path, *lines, name=f"{SESSION}/subagents/workflows/wf_1/agent-a9.jsonl")
    agent = only(bench.read(tmp_path), "agent_execution")
    assert columns(agent, "agent_id", "duration_ms", "success") == ("unknown", 2000, None)


def test_that_a_run_says_of_what_type_it_is(bench: Workbench, tmp_path: Path) -> None:
    line = answer(3, "3", 7, isSidechain=True, agentId="a9", attributionAgent="workflow-subagent")
    write(tmp_path, line, name=f"{SESSION}/subagents/workflows/wf_1/agent-a9.jsonl")
    assert only(bench.read(tmp_path), "agent_execution")["agent_id"] == "workflow-subagent"
