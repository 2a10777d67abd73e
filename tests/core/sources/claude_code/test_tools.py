"""Claude Code: uses of tools, their outcome, duration and sizes (core/spec/sources.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harness.readings import columns, data, of, only
from harness.records.claude_code import answer, result, use, write
from harness.workbench import Workbench

REJECTED = (
    "The user doesn't want to proceed with this tool use. "
    "The tool use was rejected (eg. if it was a file edit, …)."
)
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
