"""Claude Code: the begin and end of a session, and the origin and project of its events (sources.md §1.3, §5)."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from harness.readings import by_id, columns, data, metadata, of, only
from harness.records.claude_code import MODEL, SESSION, answer, at, prompt, record, result, use, write
from harness.workbench import Workbench

MINUTES = 60


def test_that_a_session_has_its_first_project_model_and_branch(bench: Workbench, tmp_path: Path) -> None:
    started = {
        "type": "hook_success",
        "hookEvent": "SessionStart",
        "hookName": "SessionStart:resume",
        "toolUseID": "s",
    }
    synthetic = answer(2)
    synthetic["message"]["model"] = "<synthetic>"
    later = answer(9, "2", cwd="/home/ada/engine/sub", gitBranch="side", version="2.1.51")
    later["message"]["model"] = "claude-haiku-4-5"
    write(
        tmp_path, later, synthetic, answer(3), record("attachment", 1, attachment=started, entrypoint="cli")
    )
    start = only(bench.read(tmp_path), "session_start")
    assert columns(start, "project_path", "model", "session_id", "source_line") == (
        "/home/ada/engine",
        MODEL,
        SESSION,
        4,
    )
    assert data(start) == {
        "project_path": "/home/ada/engine",
        "model": MODEL,
        "git_branch": "main",
        "version": "2.1.50",
        "entrypoint": "cli",
        "start_type": "resume",
    }


def test_that_of_records_with_the_same_time_a_session_begins_with_the_first_and_ends_with_the_last(
    bench: Workbench, tmp_path: Path
) -> None:
    agents = [answer(1, f"b{number}", isSidechain=True, agentId=f"a{number}") for number in range(9)]
    write(tmp_path, answer(1, "a"), *agents)
    reading = bench.read(tmp_path)
    assert only(reading, "session_start")["source_line"] == 1
    assert only(reading, "session_end")["source_line"] == 10


def test_that_a_session_ends_with_its_last_record_and_tells_what_it_was(
    bench: Workbench, tmp_path: Path
) -> None:
    write(
        tmp_path,
        answer(11, "b", 7, use("t1", "Read"), use("t2")),
        result(15, "t1"),
        prompt(1),
        answer(5, "a", 5, use("t3")),
    )
    end = only(bench.read(tmp_path), "session_end")
    assert columns(end, "duration_ms", "token_count", "success", "source_line") == (14_000, 12, True, 2)
    assert data(end) | {
        "duration_seconds": 14,
        "active_seconds": 14,
        "total_tokens": 12,
        "requests": 2,
        "tool_uses": 3,
        "tools_used": ["Bash", "Read"],
    } == data(end)


@pytest.mark.parametrize(
    ("gap", "active"), [(29 * MINUTES, 29 * MINUTES + 10), (31 * MINUTES, 10)], ids=["short", "long"]
)
def test_that_a_long_pause_is_no_active_time(bench: Workbench, tmp_path: Path, gap: int, active: int) -> None:
    write(tmp_path, prompt(0), answer(5), prompt(gap + 5), answer(gap + 10, "2"))
    end = data(only(bench.read(tmp_path), "session_end"))
    assert (end["duration_seconds"], end["active_seconds"]) == (gap + 10, active)


def test_that_the_work_of_a_subagent_is_active_time(bench: Workbench, tmp_path: Path) -> None:
    write(tmp_path, prompt(0), prompt(50 * MINUTES))
    inner = [
        answer(20 * MINUTES, "a", isSidechain=True, agentId="a1"),
        answer(40 * MINUTES, "b", agentId="a1"),
    ]
    write(tmp_path, *inner, name=f"{SESSION}/subagents/agent-a1.jsonl")
    assert data(only(bench.read(tmp_path), "session_end"))["active_seconds"] == 50 * MINUTES


def test_that_pauses_are_found_between_days_in_any_order_of_lines(bench: Workbench, tmp_path: Path) -> None:
    day = 24 * 60 * MINUTES
    write(tmp_path, prompt(2 * day), prompt(0), prompt(2 * day + 60), prompt(90), prompt(day))
    end = data(only(bench.read(tmp_path), "session_end"))
    assert (end["duration_seconds"], end["active_seconds"]) == (2 * day + 60, 150)


def test_that_records_without_a_time_begin_no_session(bench: Workbench, tmp_path: Path) -> None:
    write(
        tmp_path,
        {"type": "summary", "summary": "A secret summary.", "leafUuid": "of another session"},
        {"type": "custom-title", "sessionId": "nothing-else", "customTitle": "A secret title."},
        prompt(4),
    )
    reading = bench.read(tmp_path)
    assert {item["session_id"] for item in reading.events} == {SESSION}
    assert reading.files[str(tmp_path / f"{SESSION}.jsonl")].understood == 3


@pytest.mark.parametrize(
    ("name", "session"),
    [
        ("minimal.jsonl", "minimal"),
        ("minimal.jsonl.gz", "minimal"),
        ("parent/subagents/agent-a1.jsonl", "parent"),
        ("parent/subagents/workflows/wf_1/agent-a1.jsonl", "parent"),
    ],
)
def test_that_a_file_without_a_session_is_one_by_its_name(
    bench: Workbench, tmp_path: Path, name: str, session: str
) -> None:
    line = answer(1)
    del line["sessionId"]
    log = write(tmp_path, line, name=name)
    if name.endswith(".gz"):
        log.write_bytes(gzip.compress(log.read_bytes()))
    assert {item["session_id"] for item in bench.read(tmp_path).events} == {session}


def test_that_the_newer_spelling_of_the_session_is_understood(bench: Workbench, tmp_path: Path) -> None:
    line = answer(1, session_id="other")
    del line["sessionId"]
    write(tmp_path, line)
    assert only(bench.read(tmp_path), "token_usage")["session_id"] == "other"


def test_that_every_event_says_where_it_comes_from(bench: Workbench, tmp_path: Path) -> None:
    log = write(tmp_path, prompt(0), answer(1, "a", 5, use("t1")), result(2, "t1"))
    reading = bench.read(tmp_path)
    by_id(reading)
    assert {(item["source"], item["source_file"], item["user_id"]) for item in reading.events} == {
        ("claude-code", str(log), None)
    }
    assert metadata(only(reading, "tool_use")) == {
        "source": "claude-code",
        "source_file": log.name,
        "line": 2,
        "agent_cli_version": "2.1.50",
        "git_branch": "main",
    }
    assert metadata(only(reading, "session_end"))["derived"] is True


def test_that_the_project_of_every_event_is_that_of_its_session(bench: Workbench, tmp_path: Path) -> None:
    write(tmp_path, answer(1), answer(2, "2", cwd="/home/ada/engine/sub"))
    bench.read(tmp_path)
    assert bench.rows("SELECT project_path, has_token_usage FROM sessions") == [
        {"project_path": "/home/ada/engine", "has_token_usage": True}
    ]


def branchless(branch: Any) -> dict[str, Any]:
    return answer(1, gitBranch=branch)


@pytest.mark.parametrize("branch", ["", None])
def test_that_no_branch_is_no_branch(bench: Workbench, tmp_path: Path, branch: Any) -> None:
    write(tmp_path, branchless(branch))
    reading = bench.read(tmp_path)
    assert "git_branch" not in metadata(only(reading, "token_usage"))
    assert "git_branch" not in data(only(reading, "session_start"))


def test_that_ids_are_the_same_when_files_are_read_again_elsewhere(bench: Workbench, tmp_path: Path) -> None:
    lines = [
        prompt(0),
        answer(1, "a", 5, use("t1", "Task")),
        result(2, "t1"),
        prompt(3, "<command-name>/exit</command-name>"),
    ]
    write(tmp_path / "one", *lines)
    write(tmp_path / "two", "", *lines)
    first, second = (sorted(bench.read(tmp_path / name).ids) for name in ("one", "two"))
    assert first == second
    assert len(first) == len(set(first)) == 6


def test_that_what_is_not_monotonic_is_sorted(bench: Workbench, tmp_path: Path) -> None:
    write(tmp_path, answer(9, "b", 7), answer(1, "a", 5))
    moments = [item["timestamp"].isoformat(timespec="milliseconds") for item in bench.read(tmp_path).events]
    assert [moment[:23] + "Z" for moment in moments] == [at(1), at(1), at(9), at(9)]
    assert len(of(bench.read(tmp_path), "token_usage")) == 2
