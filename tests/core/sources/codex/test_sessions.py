"""Codex: sessions, tools, turns and agents, and what of a rollout stays out of the store."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from harness.log_files import write_log
from harness.readings import by_id, notes_of, of, only
from harness.records.codex import CHILD, SECRET, SESSION, START, Rollout, counts, read_rollout, rollout_name
from harness.workbench import Workbench


def whole() -> Rollout:
    usage = counts(100, 40, 10)
    rollout = Rollout().meta(originator="codex-tui").turn().event("task_started", turn_id="t1")
    rollout.event("user_message", message=SECRET).item(
        "message", role="user", content=[{"type": "input_text", "text": SECRET}]
    )
    rollout.call().output(
        f"Chunk ID: 1\nWall time: 0.1 seconds\nProcess exited with code 2\nOutput:\n{SECRET}"
    )
    rollout.tokens(usage, usage).event("agent_message", message=SECRET)
    return rollout.event(
        "task_complete", turn_id="t1", duration_ms=6500, time_to_first_token_ms=900, last_agent_message=SECRET
    )


def test_that_a_session_has_a_start_and_an_end(bench: Workbench, tmp_path: Path) -> None:
    reading = read_rollout(bench, tmp_path, whole())
    start, end = only(reading, "session_start"), only(reading, "session_end")
    assert (start["session_id"], start["timestamp"], start["source_line"]) == (SESSION, START, 1)
    assert (start["project_path"], start["model"]) == ("/home/me/app", "gpt-5.4")
    assert (
        json.loads(start["metadata"]).items()
        >= {"git_branch": "main", "agent_cli_version": "0.118.0"}.items()
    )
    assert (end["duration_ms"], end["token_count"], end["success"], end["source_line"]) == (
        9000,
        110,
        True,
        10,
    )
    assert (
        json.loads(end["data"]).items()
        >= {"duration_seconds": 9.0, "active_seconds": 6.5, "turns": 1, "tools_used": 1}.items()
    )
    assert json.loads(end["metadata"])["derived"] is True


def test_that_no_text_of_a_rollout_gets_into_the_store(bench: Workbench, tmp_path: Path) -> None:
    rollout = (
        whole()
        .item("custom_tool_call", name="apply_patch", call_id="c2", input=SECRET)
        .item("custom_tool_call_output", call_id="c2", output=SECRET)
    )
    rollout.event("error", message=SECRET).add("compacted", message=SECRET).add("not_known", text=SECRET)
    rollout.event(
        "mcp_tool_call_end",
        call_id="c3",
        invocation={"server": "s", "tool": "t", "arguments": SECRET},
        result={"Err": SECRET},
    )
    read_rollout(bench, tmp_path, rollout)
    for table in ("events", "facts", "records", "rejects"):
        assert SECRET not in str(bench.rows(f"SELECT * FROM {table}"))


def test_that_every_record_is_counted_and_none_fails(bench: Workbench, tmp_path: Path) -> None:
    rollout = whole().add("world_state", a=1).add("not_known").event("not_known_either")
    rollout.records += [
        {"type": "turn_context", "payload": None},
        {"payload": "text"},
        {"payload": []},
        {"unlike": "any"},
    ]
    reading = read_rollout(bench, tmp_path, rollout)
    (counted,) = reading.files.values()
    assert (counted.lines, counted.understood) == (len(rollout.records), len(rollout.records))
    assert bench.rows("SELECT sum(lines)::INTEGER AS n FROM records") == [{"n": len(rollout.records)}]


def test_that_a_time_that_is_none_rejects_its_line(bench: Workbench, tmp_path: Path) -> None:
    rollout = whole()
    rollout.records[7]["timestamp"] = "2026-03-01T25:00:00Z"
    reading = read_rollout(bench, tmp_path, rollout)
    assert reading.rejects == [(8, "bad_timestamp")]
    assert of(reading, "token_usage") == []


def test_that_a_time_without_an_offset_is_utc_and_noted(bench: Workbench, tmp_path: Path) -> None:
    rollout = whole()
    rollout.records[7]["timestamp"] = "2026-03-01T10:00:07.5"
    assert notes_of(only(read_rollout(bench, tmp_path, rollout), "token_usage")) == {"naive_timestamp"}


def test_that_the_bare_records_of_the_middle_of_2025_are_read(bench: Workbench, tmp_path: Path) -> None:
    """Quirk 5: a bare meta object, then items without a time of their own."""
    records: list[dict[str, Any]] = [
        {
            "id": SESSION,
            "timestamp": "2025-06-01T10:00:00.000Z",
            "instructions": SECRET,
            "git": {"branch": "main"},
        },
        {"record_type": "state"},
        {"type": "message", "role": "user", "content": []},
        {"type": "function_call", "name": "shell", "call_id": "c1", "arguments": "{}"},
        {
            "type": "function_call_output",
            "call_id": "c1",
            "output": json.dumps({"output": "", "metadata": {"exit_code": 1}}),
        },
    ]
    write_log(tmp_path, b"".join(json.dumps(record).encode() + b"\n" for record in records), rollout_name())
    reading = bench.read(tmp_path)
    tool = only(reading, "tool_use")
    assert (tool["session_id"], tool["tool_name"], tool["success"]) == (SESSION, "shell", False)
    assert {f"{item['timestamp']:%F %T}" for item in reading.events} == {"2025-06-01 10:00:00"}
    assert next(iter(reading.files.values())).understood == 5


def test_that_a_session_without_a_meta_record_has_the_name_of_its_file(
    bench: Workbench, tmp_path: Path
) -> None:
    Rollout().turn().write(tmp_path, "mine.jsonl")
    Rollout().turn().write(tmp_path)
    assert {item["session_id"] for item in bench.read(tmp_path).events} == {"mine", SESSION}


def test_that_turns_are_performance_and_their_failures_errors(bench: Workbench, tmp_path: Path) -> None:
    rollout = (
        Rollout()
        .meta()
        .event("task_started", turn_id="a")
        .turn()
        .event("task_complete", turn_id="a", error={"codex_error_info": {"http_connection_failed": {}}})
    )
    rollout.event("task_started", turn_id="b").event(
        "turn_aborted", turn_id="b", reason="interrupted", duration_ms=42
    )
    rollout.event("error", message=SECRET, codex_error_info="usage_limit_exceeded")
    reading = read_rollout(bench, tmp_path, rollout)
    assert [(turn["duration_ms"], turn["success"]) for turn in of(reading, "performance")] == [
        (2000, False),
        (42, False),
    ]
    assert [item["error_type"] for item in of(reading, "error_occurred")] == [
        "http_connection_failed",
        "interrupted",
        "usage_limit_exceeded",
    ]
    assert only(reading, "session_end")["success"] is False


@pytest.mark.parametrize("both", [True, False])
def test_that_a_compaction_counts_once(bench: Workbench, tmp_path: Path, both: bool) -> None:
    rollout = Rollout().meta().event("context_compacted")
    found = of(
        read_rollout(bench, tmp_path, rollout.add("compacted", message=SECRET) if both else rollout),
        "performance",
    )
    assert [item["operation"] for item in found] == ["compaction"]


def parent() -> Rollout:
    return (
        Rollout()
        .meta()
        .turn()
        .event(
            "collab_agent_spawn_end",
            call_id="s",
            new_thread_id=CHILD,
            new_agent_role="explorer",
            prompt=SECRET,
        )
    )


def child() -> Rollout:
    spawned = {
        "subagent": {
            "thread_spawn": {"parent_thread_id": SESSION, "agent_role": "explorer", "agent_nickname": "Ada"}
        }
    }
    rollout = (
        Rollout(CHILD, now=START + timedelta(minutes=1)).meta(source=spawned, parent_thread_id=SESSION).turn()
    )
    return rollout.tokens(counts(9, 0, 1), counts(9, 0, 1)).event(
        "task_complete", turn_id="x", duration_ms=3000
    )


AGENTS = [("both", SESSION, True, 3000.0), ("parent", SESSION, None, None), ("child", CHILD, True, 3000.0)]


@pytest.mark.parametrize(("files", "session", "success", "duration"), AGENTS)
def test_that_an_agent_is_executed_once(
    bench: Workbench, tmp_path: Path, files: str, session: str, success: bool | None, duration: float | None
) -> None:
    for rollout in {"both": (parent(), child()), "parent": (parent(),), "child": (child(),)}[files]:
        rollout.write(tmp_path)
    agent = only(bench.read(tmp_path), "agent_execution")
    assert (agent["session_id"], agent["agent_id"], agent["success"], agent["duration_ms"]) == (
        session,
        "explorer",
        success,
        duration,
    )


def test_that_an_agent_that_could_not_be_spawned_failed(bench: Workbench, tmp_path: Path) -> None:
    rollout = (
        Rollout().meta().event("collab_agent_spawn_end", call_id="s", new_thread_id=None, status="not_found")
    )
    agent = only(read_rollout(bench, tmp_path, rollout), "agent_execution")
    assert (agent["agent_id"], agent["success"]) == ("default", False)


def test_that_tools_of_the_parent_are_not_those_of_its_fork(bench: Workbench, tmp_path: Path) -> None:
    whole().write(tmp_path)
    fork = Rollout(CHILD, timedelta(milliseconds=1), START + timedelta(minutes=1)).meta(
        forked_from_id=SESSION
    )
    fork.records += [{**record, "timestamp": fork.records[0]["timestamp"]} for record in whole().records]
    fork.now += timedelta(seconds=5)
    fork.call(call_id="own").output("").write(tmp_path)
    reading = bench.read(tmp_path)
    assert [
        (tool["session_id"], json.loads(tool["data"])["call_id"]) for tool in of(reading, "tool_use")
    ] == [(SESSION, "c1"), (CHILD, "own")]
    assert len(of(reading, "performance")) == 1


def test_that_a_file_that_grows_gives_the_events_of_one_that_was_whole(
    bench: Workbench, tmp_path: Path
) -> None:
    log = whole().write(tmp_path)
    expected = by_id(bench.read(tmp_path))
    text = log.read_bytes()
    log.write_bytes(b"".join(text.splitlines(keepends=True)[:6]))
    assert only(bench.read(tmp_path), "tool_use")["success"] is None
    log.write_bytes(text)
    assert by_id(bench.read(tmp_path)) == expected


def test_that_a_file_that_vanishes_takes_what_was_told_with_it(bench: Workbench, tmp_path: Path) -> None:
    lone = child().write(tmp_path)
    alone = by_id(bench.read(tmp_path))
    log = parent().write(tmp_path)
    assert len({item["session_id"] for item in bench.read(tmp_path).events}) == 2
    log.unlink()
    assert by_id(bench.read(tmp_path)) == alone
    lone.unlink()
    assert bench.read(tmp_path).events == []
