"""Claude Code: tokens are counted once per request, however many lines, files and sessions repeat it (sources.md
§1.3)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harness.readings import TOKENS, columns, data, of, only
from harness.records.claude_code import SESSION, answer, append, at, prompt, record, usage, use, write
from harness.workbench import Workbench

CHILD = "5e55101a-0000-4000-8000-00000000000f"


def totals(bench: Workbench, folder: Path) -> list[int]:
    """The tokens of each request, in the order of time."""
    return [item["token_count"] for item in of(bench.read(folder), "token_usage")]


def by_session(bench: Workbench, folder: Path) -> dict[str, int]:
    """The tokens of each session."""
    found: dict[str, int] = {}
    for item in of(bench.read(folder), "token_usage"):
        found[item["session_id"]] = found.get(item["session_id"], 0) + item["token_count"]
    return found


def test_that_the_lines_of_one_answer_count_once_with_the_largest_total(
    bench: Workbench, tmp_path: Path
) -> None:
    write(tmp_path, answer(1, "a", 5), answer(2, "a", 40, use("t")), answer(3, "a", 40), answer(4, "b", 7))
    first, second = of(bench.read(tmp_path), "token_usage")
    assert columns(first, "token_count", "output_tokens", "source_line") == (40, 39, 2)
    assert second["token_count"] == 7


def test_that_one_message_of_two_requests_counts_twice(bench: Workbench, tmp_path: Path) -> None:
    write(tmp_path, answer(1, "a", 5), answer(2, "a", 6, requestId="req_again"))
    assert totals(bench, tmp_path) == [5, 6]


def test_that_a_line_without_its_request_belongs_to_its_message(bench: Workbench, tmp_path: Path) -> None:
    write(tmp_path, answer(1, "a", 5), answer(2, "a", 9, requestId=None), answer(3, "b", 6, requestId=None))
    assert totals(bench, tmp_path) == [9, 6]


def test_that_a_replay_in_a_sidechain_does_not_count_beside_the_main_thread(
    bench: Workbench, tmp_path: Path
) -> None:
    write(tmp_path, answer(1, "a", 5), answer(2, "a", 900, requestId="req_replay", isSidechain=True))
    assert totals(bench, tmp_path) == [5]


def test_that_lines_without_a_message_id_count_each(bench: Workbench, tmp_path: Path) -> None:
    lines = [answer(second, total=5) for second in (1, 2)]
    for line in lines:
        del line["message"]["id"]
    write(tmp_path, *lines)
    assert totals(bench, tmp_path) == [5, 5]


def test_that_no_request_was_made_for_a_synthetic_message(bench: Workbench, tmp_path: Path) -> None:
    synthetic = answer(2, "s", isApiErrorMessage=True, error="authentication_failed")
    synthetic["message"] |= {"model": "<synthetic>", "usage": usage(0, input_tokens=0, output_tokens=0)}
    write(tmp_path, answer(1, "a", 5), synthetic)
    reading = bench.read(tmp_path)
    assert len(of(reading, "token_usage")) == 1
    error = only(reading, "error_occurred")
    assert columns(error, "error_type", "success") == ("authentication_failed", False)
    assert only(reading, "session_end")["success"] is False


def test_that_the_two_kinds_of_cache_writes_are_told_apart(bench: Workbench, tmp_path: Path) -> None:
    split = {"ephemeral_5m_input_tokens": 30, "ephemeral_1h_input_tokens": 70}
    line = answer(1)
    line["message"]["usage"] = usage(
        10, cache_creation_input_tokens=100, cache_read_input_tokens=1000, cache_creation=split
    )
    plain = answer(2, "2")
    plain["message"]["usage"] = usage(10, cache_creation_input_tokens=100)
    write(tmp_path, line, plain)
    first, second = of(bench.read(tmp_path), "token_usage")
    dollars = (1 * 5 + 9 * 25 + 30 * 6.25 + 70 * 10 + 1000 * 0.5) / 1e6
    assert columns(first, *TOKENS) == (1110, 1, 9, 100, 1000, pytest.approx(dollars))
    assert data(first)["cache_creation_1h_tokens"] == 70
    assert data(second)["cache_creation_5m_tokens"] == 100


def test_that_the_source_knows_its_cost_better_and_that_fast_costs_more(
    bench: Workbench, tmp_path: Path
) -> None:
    fast, unknown = answer(2, "2"), answer(3, "3")
    fast["message"] |= {"model": "claude-opus-4-6", "usage": usage(10, speed="fast")}
    unknown["message"]["model"] = "claude-of-tomorrow-9"
    write(tmp_path, answer(1, costUSD=1.5), fast, unknown)
    costs = [item["cost_usd"] for item in of(bench.read(tmp_path), "token_usage")]
    assert costs == [1.5, pytest.approx(6 * (5 + 9 * 25) / 1e6), None]


def test_that_iterations_repeat_what_usage_says(bench: Workbench, tmp_path: Path) -> None:
    line = answer(1)
    line["message"]["usage"] = usage(10, iterations=[usage(10)])
    write(tmp_path, line)
    assert totals(bench, tmp_path) == [10]


def progress(second: float, inner: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A progress record of the subagent ``a1``, which the tool use ``task`` runs, with one of its records."""
    members = ("type", "message", "uuid", "timestamp", "requestId")
    carried = {name: inner[name] for name in members if name in inner}
    logged = {"type": "agent_progress", "agentId": "a1", "prompt": "A secret prompt.", "message": carried}
    return record("progress", second, data=logged, toolUseID="agent_msg_1", parentToolUseID="task", **more)


def test_that_the_requests_of_subagents_count_in_progress_records(bench: Workbench, tmp_path: Path) -> None:
    write(tmp_path, answer(1, "a", 5), progress(2, answer(2, "b", 7)), progress(3, answer(3, "b", 8)))
    reading = bench.read(tmp_path)
    _, inner = of(reading, "token_usage")
    assert columns(inner, "token_count", "session_id") == (8, SESSION)
    assert data(inner)["agent_id"] == "a1"
    assert data(inner)["is_sidechain"] is True
    assert only(reading, "session_end")["token_count"] == 13


def test_that_a_subagent_with_a_file_of_its_own_counts_once_and_for_its_parent(
    bench: Workbench, tmp_path: Path
) -> None:
    write(tmp_path, answer(1, "a", 5), progress(2, answer(2, "b", 7)))
    child = (
        answer(2.5, "b", 9, isSidechain=True, agentId="a1"),
        answer(3, "c", 4, isSidechain=True, agentId="a1"),
    )
    write(tmp_path, *child, name=f"{SESSION}/subagents/agent-a1.jsonl")
    reading = bench.read(tmp_path)
    assert sorted(item["token_count"] for item in of(reading, "token_usage")) == [4, 5, 9]
    assert {item["session_id"] for item in reading.events} == {SESSION}


def test_that_a_subagent_file_that_comes_later_adds_to_its_session(bench: Workbench, tmp_path: Path) -> None:
    write(tmp_path, answer(1, "a", 5))
    before = only(bench.read(tmp_path), "session_end")
    write(
        tmp_path,
        answer(60, "c", 4, isSidechain=True, agentId="a1"),
        name=f"{SESSION}/subagents/agent-a1.jsonl",
    )
    after = only(bench.read(tmp_path), "session_end")
    assert (before["token_count"], after["token_count"]) == (5, 9)
    assert before["id"] == after["id"]
    assert (after["timestamp"] - before["timestamp"]).total_seconds() == 59


def fork_of(*lines: dict[str, Any]) -> list[dict[str, Any]]:
    """The records of a session as a fork of it has them."""
    return [
        {**line, "sessionId": CHILD, "forkedFrom": {"sessionId": SESSION, "messageUuid": line["uuid"]}}
        for line in lines
    ]


def test_that_a_fork_does_not_count_again_what_it_has_copied(bench: Workbench, tmp_path: Path) -> None:
    lines = [prompt(0), answer(1, "a", 5, use("t1"))]
    write(tmp_path, *lines)
    own = answer(500, "b", 7, sessionId=CHILD)
    write(tmp_path, *fork_of(*lines), own, name=f"{CHILD}.jsonl")
    assert by_session(bench, tmp_path) == {SESSION: 5, CHILD: 7}
    reading = bench.read(tmp_path)
    assert len(of(reading, "tool_use")) == 1
    start = {item["session_id"]: item["timestamp"] for item in of(reading, "session_start")}
    assert (start[CHILD] - start[SESSION]).total_seconds() == 500


def test_that_a_fork_takes_over_when_the_session_that_it_copied_goes(
    bench: Workbench, tmp_path: Path
) -> None:
    lines = [prompt(0), answer(1, "a", 5)]
    original = write(tmp_path, *lines)
    write(tmp_path, *fork_of(*lines), name=f"{CHILD}.jsonl")
    assert by_session(bench, tmp_path) == {SESSION: 5}
    original.unlink()
    assert by_session(bench, tmp_path) == {CHILD: 5}


def test_that_the_same_transcript_in_two_folders_counts_once(bench: Workbench, tmp_path: Path) -> None:
    for folder in ("mine", "copy"):
        write(tmp_path / folder, prompt(0), answer(1, "a", 5, use("t1")))
    reading = bench.read(tmp_path)
    assert [len(of(reading, kind)) for kind in ("token_usage", "tool_use", "session_start")] == [1, 1, 1]


def test_that_each_session_of_a_file_has_its_own(bench: Workbench, tmp_path: Path) -> None:
    write(tmp_path, answer(1, "a", 5), answer(2, "b", 7, sessionId=CHILD))
    assert by_session(bench, tmp_path) == {SESSION: 5, CHILD: 7}


def test_that_an_answer_that_is_still_written_grows(bench: Workbench, tmp_path: Path) -> None:
    log = write(tmp_path, answer(1, "a", 5))
    before = only(bench.read(tmp_path), "token_usage")
    append(log, answer(2, "a", 50))
    after = only(bench.read(tmp_path), "token_usage")
    assert (before["token_count"], after["token_count"]) == (5, 50)
    assert before["id"] == after["id"]


def test_that_a_request_falls_on_the_day_of_its_largest_line(bench: Workbench, tmp_path: Path) -> None:
    day = 86_400
    write(tmp_path, answer(day - 1, "a", 5), answer(day + 1, "a", 50))
    moment = only(bench.read(tmp_path), "token_usage")["timestamp"]
    assert moment.isoformat(timespec="milliseconds")[:23] == at(day + 1)[:23]
