"""Claude Code: tools, agents, hooks, commands, checkpoints, errors and performance (sources.md §1.3, §5)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harness.readings import columns, data, of, only
from harness.records.claude_code import SESSION, answer, prompt, record, result, use, write
from harness.workbench import Workbench

REJECTED = "The user doesn't want to proceed with this tool use. The tool use was rejected (eg. if it was a file edit, …)."
FAILURES = [
    ("rejected", REJECTED, "user_rejected"),
    ("interrupted", "[Request interrupted by user for tool use]", "user_rejected"),
    ("denied", "Permission to use WebFetch has been denied.", "permission_denied"),
    (
        "asked for",
        "Claude requested permissions to use WebFetch, but you haven't granted it yet.",
        "permission_denied",
    ),
    ("misused", "<tool_use_error>File has not been read yet.</tool_use_error>", "tool_use_error"),
    ("exited", "Exit code 2\nno such file", "exit_code"),
    ("failed", "ENOENT: no such file", "tool_error"),
    ("in blocks", [{"type": "text", "text": "Exit code 1"}], "exit_code"),
]


@pytest.mark.parametrize(
    ("content", "error_type"), [case[1:] for case in FAILURES], ids=[case[0] for case in FAILURES]
)
def test_that_a_failed_tool_says_in_what_way(
    bench: Workbench, tmp_path: Path, content: Any, error_type: str
) -> None:
    failed = result(3, "t1", content, is_error=True, details="Error: it failed")
    write(tmp_path, answer(1, "a", 5, use("t1")), failed)
    tool = only(bench.read(tmp_path), "tool_use")
    assert columns(tool, "success", "error_type") == (False, error_type)


@pytest.mark.parametrize(
    "members", [{}, {"is_error": False}, {"is_error": None}], ids=["absent", "false", "null"]
)
def test_that_a_tool_that_is_no_error_succeeded(
    bench: Workbench, tmp_path: Path, members: dict[str, Any]
) -> None:
    write(tmp_path, answer(1, "a", 5, use("t1")), result(3, "t1", REJECTED, **members))
    tool = only(bench.read(tmp_path), "tool_use")
    assert columns(tool, "tool_name", "success", "error_type", "duration_ms") == ("Bash", True, None, 2000)


def test_that_a_tool_without_a_result_has_no_verdict_and_a_result_without_a_use_is_no_event(
    bench: Workbench, tmp_path: Path
) -> None:
    write(tmp_path, answer(1, "a", 5, use("t1")), result(3, "cut_off_before"))
    tool = only(bench.read(tmp_path), "tool_use")
    assert columns(tool, "success", "duration_ms") == (None, None)
    assert data(tool).keys() == {"tool_name", "input_size", "tool_use_id"}


def test_that_a_use_that_stands_on_several_lines_counts_once(bench: Workbench, tmp_path: Path) -> None:
    write(
        tmp_path, answer(1, "a", 5, use("t1")), answer(2, "a", 9, use("t1")), result(3, "t1"), result(4, "t1")
    )
    assert only(bench.read(tmp_path), "tool_use")["duration_ms"] == 2000


def test_that_two_uses_of_one_answer_and_two_results_on_one_line_are_paired(
    bench: Workbench, tmp_path: Path
) -> None:
    both = result(3, "t1", details={"durationMs": 7})
    both["message"]["content"].append(
        {"type": "tool_result", "tool_use_id": "t2", "content": "x", "is_error": True}
    )
    write(tmp_path, answer(1, "a", 5, use("t1"), use("t2", "Read")), both)
    tools = {item["tool_name"]: item["success"] for item in of(bench.read(tmp_path), "tool_use")}
    assert tools == {"Bash": True, "Read": False}


DURATIONS = [
    ("of an agent", {"totalDurationMs": 40_230, "durationMs": 1}, 40_230),
    ("milliseconds", {"durationMs": 25}, 25),
    ("as text", {"durationMs": "25"}, 25),
    ("seconds", {"durationSeconds": 1.5}, 1500),
]


@pytest.mark.parametrize(
    ("details", "duration"), [case[1:] for case in DURATIONS], ids=[case[0] for case in DURATIONS]
)
def test_that_a_tool_knows_its_own_duration_better(
    bench: Workbench, tmp_path: Path, details: Any, duration: float
) -> None:
    write(tmp_path, answer(1, "a", 5, use("t1")), result(9, "t1", details=details))
    tool = only(bench.read(tmp_path), "tool_use")
    assert tool["duration_ms"] == duration
    assert data(tool)["duration_source"] == "reported"


SHAPES = [
    ("a text", "Error: no"),
    ("a list", [{"type": "text", "text": "x"}]),
    ("null", None),
    ("a number", 5),
    ("of a shell", {"stdout": "x", "stderr": "", "interrupted": False, "isImage": False}),
    ("of a file", {"type": "text", "file": {"filePath": "/a", "content": "x"}}),
    ("of a skill", {"success": True, "commandName": "review"}),
]


@pytest.mark.parametrize("details", [case[1] for case in SHAPES], ids=[case[0] for case in SHAPES])
def test_that_every_shape_of_a_result_is_read(bench: Workbench, tmp_path: Path, details: Any) -> None:
    write(tmp_path, answer(1, "a", 5, use("t1")), {**result(9, "t1"), "toolUseResult": details})
    assert columns(only(bench.read(tmp_path), "tool_use"), "success", "duration_ms") == (True, 8000)


SIZES = [
    ("a text", "häßlich", 7),
    (
        "blocks",
        [{"type": "text", "text": "ab"}, {"type": "image", "source": {}}, {"type": "text", "text": "c"}],
        3,
    ),
    ("a text that looks like blocks", '[{"type": 1', 11),
    ("nothing", None, None),
]


@pytest.mark.parametrize(("content", "size"), [case[1:] for case in SIZES], ids=[case[0] for case in SIZES])
def test_that_a_tool_use_has_the_sizes_of_what_went_in_and_came_out(
    bench: Workbench, tmp_path: Path, content: Any, size: int | None
) -> None:
    write(tmp_path, answer(1, "a", 5, use("t1", command="ls")), result(3, "t1", content))
    found = data(only(bench.read(tmp_path), "tool_use"))
    assert (found["input_size"], found.get("output_size")) == (len('{"command":"ls"}'), size)


def test_that_a_result_that_is_earlier_than_its_use_takes_no_time(bench: Workbench, tmp_path: Path) -> None:
    write(tmp_path, result(1, "t1"), answer(3, "a", 5, use("t1")))
    assert only(bench.read(tmp_path), "tool_use")["duration_ms"] == 0


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
    told = record("queue-operation", 61, operation="enqueue", content=text)
    write(tmp_path, *launched(), told, prompt(62, text))
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


def hook(second: float, kind: str, tool: str, event: str = "PreToolUse", **members: Any) -> dict[str, Any]:
    """An attachment that reports a hook."""
    told = {
        "type": kind,
        "hookEvent": event,
        "hookName": f"{event}:Bash",
        "toolUseID": tool,
        "command": "secret.sh",
    }
    return record("attachment", second, attachment={**told, **members})


def test_that_a_hook_tells_its_time_and_outcome(bench: Workbench, tmp_path: Path) -> None:
    write(
        tmp_path,
        hook(1, "hook_success", "t1", durationMs=76, exitCode=0),
        hook(2, "hook_non_blocking_error", "t2", exitCode=1),
        hook(3, "hook_cancelled", "t3"),
        hook(4, "hook_additional_context", "t4"),
        hook(5, "hook_system_message", "t5"),
    )
    hooks = of(bench.read(tmp_path), "hook_triggered")
    assert [columns(item, "duration_ms", "success") for item in hooks] == [
        (76, True),
        (None, False),
        (None, None),
    ]
    assert data(hooks[0])["hook_name"] == "PreToolUse:Bash"


def test_that_the_reports_of_one_hook_count_once_and_before_and_after_a_tool_count_both(
    bench: Workbench, tmp_path: Path
) -> None:
    told = {"type": "hook_progress", "hookEvent": "Stop", "hookName": "Stop", "command": "stop.sh"}
    summary = {"hookCount": 2, "hookInfos": [{"command": "stop.sh", "durationMs": 12}, {"command": "log.sh"}]}
    write(
        tmp_path,
        record("progress", 1, data=told, toolUseID="s1", parentToolUseID="s1"),
        record("system", 2, subtype="stop_hook_summary", toolUseID="s1", hookErrors=[], **summary),
        hook(3, "hook_success", "t1"),
        hook(4, "hook_success", "t1", event="PostToolUse"),
    )
    hooks = of(bench.read(tmp_path), "hook_triggered")
    assert [item["duration_ms"] for item in hooks] == [12, None, None, None]
    assert [data(item)["hook_event"] for item in hooks] == ["Stop", "Stop", "PreToolUse", "PostToolUse"]


CALL = "<command-name>/review</command-name>\n<command-message>review</command-message>\n<command-args>x</command-args>"
COMMANDS = [
    ("typed", prompt(1, CALL)),
    (
        "after its message",
        prompt(1, "<command-message>review</command-message>\n<command-name>/review</command-name>"),
    ),
    ("in a block", record("user", 1, message={"role": "user", "content": [{"type": "text", "text": CALL}]})),
    ("local", record("system", 1, subtype="local_command", content=CALL)),
]


@pytest.mark.parametrize("line", [case[1] for case in COMMANDS], ids=[case[0] for case in COMMANDS])
def test_that_a_command_counts_once_by_its_name(
    bench: Workbench, tmp_path: Path, line: dict[str, Any]
) -> None:
    caveat = prompt(0, "Caveat: the messages below were generated by local commands.", isMeta=True)
    output = prompt(2, "<local-command-stdout>ran <command-name>/other</command-name></local-command-stdout>")
    asked = prompt(3, "What does <command-name>/x</command-name> mean?")
    write(tmp_path, caveat, line, output, asked)
    assert columns(only(bench.read(tmp_path), "command_executed"), "command_name", "success") == (
        "review",
        True,
    )


def snapshot(identifier: str, second: int, files: int, *, is_update: bool = False) -> dict[str, Any]:
    """A snapshot of files: it has neither a session nor a time at its top."""
    kept = {f"/a/{number}": {"version": 1} for number in range(files)}
    state = {"messageId": identifier, "trackedFileBackups": kept, "timestamp": prompt(second)["timestamp"]}
    return {
        "type": "file-history-snapshot",
        "messageId": identifier,
        "snapshot": state,
        "isSnapshotUpdate": is_update,
    }


def test_that_a_snapshot_is_a_checkpoint_of_its_files_session(bench: Workbench, tmp_path: Path) -> None:
    lines = (
        snapshot("m1", 1, 2),
        snapshot("m1", 1, 2),
        snapshot("m1", 5, 9, is_update=True),
        prompt(7, sessionId="other"),
    )
    write(tmp_path, *lines, name="named-otherwise.jsonl")
    reading = bench.read(tmp_path)
    checkpoint = only(reading, "checkpoint_created")
    assert data(checkpoint) == {"checkpoint_id": "m1", "files_changed": 2}
    assert checkpoint["session_id"] == "other"
    assert only(reading, "session_start")["source_line"] == 4


ERRORS = [
    (
        "typed",
        {"error": {"error": {"error": {"type": "overloaded_error"}}, "status": 529}},
        "overloaded_error",
    ),
    ("by status", {"error": {"status": 500}}, "500"),
    ("of the network", {"error": {"connection": {"code": "ECONNRESET"}}}, "ECONNRESET"),
    ("by name", {"error": "timeout"}, "timeout"),
    ("by nothing", {}, "unknown"),
]


@pytest.mark.parametrize(
    ("members", "error_type"), [case[1:] for case in ERRORS], ids=[case[0] for case in ERRORS]
)
def test_that_a_failed_call_of_the_service_is_an_error_of_its_type(
    bench: Workbench, tmp_path: Path, members: dict[str, Any], error_type: str
) -> None:
    retry = {"retryAttempt": 1, "maxRetries": 10, "retryInMs": 601.9}
    write(tmp_path, record("system", 1, subtype="api_error", **retry, **members), answer(2))
    reading = bench.read(tmp_path)
    error = only(reading, "error_occurred")
    assert columns(error, "error_type", "success") == (error_type, False)
    assert data(error)["recoverable"] is True
    assert only(reading, "session_end")["success"] is True


def test_that_the_type_of_an_error_is_taken_from_its_text_where_nothing_else_tells(
    bench: Workbench, tmp_path: Path
) -> None:
    texts = [
        'API Error: 400 {"type":"error","error":{"type":"invalid_request_error"}}',
        "API Error: 529 overloaded",
    ]
    lines = [
        answer(second, str(second), 0, {"type": "text", "text": text}, isApiErrorMessage=True)
        for second, text in enumerate(texts)
    ]
    for line in lines:
        line["message"]["model"] = "<synthetic>"
    write(tmp_path, *lines)
    assert [item["error_type"] for item in of(bench.read(tmp_path), "error_occurred")] == [
        "invalid_request_error",
        "529",
    ]


def test_that_turns_and_compactions_are_performance(bench: Workbench, tmp_path: Path) -> None:
    write(
        tmp_path,
        record("system", 1, subtype="turn_duration", durationMs=52_958, messageCount=6),
        record(
            "system",
            2,
            subtype="compact_boundary",
            compactMetadata={"trigger": "auto", "preTokens": 155_000, "durationMs": 17_516},
        ),
        record(
            "system",
            3,
            subtype="microcompact_boundary",
            microcompactMetadata={"preTokens": 9, "tokensSaved": 4},
        ),
    )
    found = of(bench.read(tmp_path), "performance")
    assert [columns(item, "operation", "duration_ms") for item in found] == [
        ("turn", 52_958),
        ("compaction", 17_516),
        ("microcompaction", None),
    ]
    assert [data(item).get("tokens_before") for item in found] == [None, 155_000, 9]
    assert data(found[2])["tokens_after"] == 5


def test_that_of_the_running_totals_of_a_session_the_largest_counts_and_adds_no_cost(
    bench: Workbench, tmp_path: Path
) -> None:
    states = [
        {"type": "cost-state", "sessionId": SESSION, "totalCostUSD": cost, "totalDuration": 9}
        for cost in (1, 3, 2)
    ]
    write(tmp_path, answer(5, costUSD=2.5), *states)
    reading = bench.read(tmp_path)
    found = only(reading, "performance")
    assert columns(found, "operation", "cost_usd", "session_id") == ("session_totals", None, SESSION)
    assert data(found) | {"cost_usd": 3, "wall_duration_ms": 9} == data(found)
