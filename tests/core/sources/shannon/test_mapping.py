"""Which columns come from which members of ``data`` (events.md §1), for every type and every alias."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness.log_files import write_log
from harness.readings import notes_of
from harness.records.shannon import event
from harness.workbench import Workbench
from shannon_core.event_columns import EVENT_COLUMNS

TYPES = (
    *("session_start", "session_end", "tool_use", "agent_execution", "checkpoint_created", "hook_triggered"),
    *("command_executed", "error_occurred", "token_usage", "performance", "surprise"),
)
DERIVED = (
    *(
        "tool_name",
        "duration_ms",
        "success",
        "token_count",
        "project_path",
        "model",
        "agent_id",
        "command_name",
    ),
    *(
        "error_type",
        "operation",
        "input_tokens",
        "output_tokens",
        "cache_creation_tokens",
        "cache_read_tokens",
        "cost_usd",
    ),
)
EVERYTHING: dict[str, Any] = {
    "tool_name": "Bash",
    "duration_ms": 12.5,
    "duration_seconds": 2,
    "success": True,
    "agent_id": "a1",
    "agent_name": "A",
    "command_name": "/x",
    "error_type": "E",
    "operation": "o",
    "metric_name": "m",
    "project_path": "/p",
    "model": "opus",
    "total_tokens": 100,
    "token_count": 90,
    "input_tokens": 1,
    "prompt_tokens": 11,
    "output_tokens": 2,
    "completion_tokens": 12,
    "cache_creation_tokens": 3,
    "cache_read_tokens": 4,
    "cost_usd": 0.5,
    "cost_estimate": 0.6,
    "cost": 0.7,
}
"""Every member that means something to some type: each type takes its own and no other."""

TAKEN: dict[str, dict[str, Any]] = {
    "session_start": {
        "project_path": "/p",
        "model": "opus",
        "duration_ms": 2000.0,
        "token_count": 90,
        "success": True,
    },
    "session_end": {
        "project_path": "/p",
        "model": "opus",
        "duration_ms": 2000.0,
        "token_count": 90,
        "success": True,
    },
    "tool_use": {"tool_name": "Bash", "duration_ms": 12.5, "success": True},
    "agent_execution": {"agent_id": "a1", "duration_ms": 12.5, "success": True},
    "checkpoint_created": {},
    "hook_triggered": {},
    "command_executed": {"command_name": "/x", "duration_ms": 12.5, "success": True},
    "error_occurred": {"error_type": "E", "success": False},
    "token_usage": {
        "token_count": 100,
        "input_tokens": 1,
        "output_tokens": 2,
        "cache_creation_tokens": 3,
        "cache_read_tokens": 4,
        "model": "opus",
        "cost_usd": 0.5,
    },
    "performance": {"operation": "o", "duration_ms": 12.5, "success": True},
    "surprise": {},
}


def derived(bench: Workbench, folder: Path, kind: str, data: dict[str, Any]) -> dict[str, Any]:
    """The columns that come from ``data`` and are not null, with the notes."""
    (found,) = bench.read(write_log(folder, [event(type=kind, data=data)])).events
    return {name: found[name] for name in DERIVED if found[name] is not None} | {"notes": notes_of(found)}


@pytest.mark.parametrize("kind", TYPES)
def test_that_each_type_takes_its_own_members_and_no_others(
    bench: Workbench, tmp_path: Path, kind: str
) -> None:
    assert derived(bench, tmp_path, kind, EVERYTHING) == {**TAKEN[kind], "notes": set()}


DEFAULTS: dict[str, dict[str, Any]] = {
    "command_executed": {"success": True},
    "error_occurred": {"success": False},
}


@pytest.mark.parametrize("kind", TYPES)
def test_that_members_that_are_absent_or_null_are_null(bench: Workbench, tmp_path: Path, kind: str) -> None:
    expected = {**DEFAULTS.get(kind, {}), "notes": set()}
    assert derived(bench, tmp_path, kind, {}) == expected
    assert derived(bench, tmp_path, kind, dict.fromkeys(EVERYTHING)) == expected


ALIASES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("agent_execution", {"agent_name": "A"}, {"agent_id": "A"}),
    ("agent_execution", {"agent_id": None, "agent_name": "A"}, {"agent_id": "A"}),
    ("agent_execution", {"duration_seconds": 1.5}, {"duration_ms": 1500.0}),
    ("agent_execution", {"duration_ms": 0, "duration_seconds": 9}, {"duration_ms": 0.0}),
    ("performance", {"metric_name": "m"}, {"operation": "m"}),
    ("session_end", {"total_tokens": 7}, {"token_count": 7}),
    ("session_end", {"token_count": 0, "total_tokens": 7}, {"token_count": 0}),
    ("session_end", {"duration_ms": 5}, {}),
    ("session_start", {"success": False}, {"success": False}),
    ("command_executed", {"success": False}, {"success": False}),
    ("error_occurred", {"success": True}, {"success": False}),
    ("tool_use", {"duration_seconds": 5}, {}),
    ("tool_use", {"duration_ms": 0}, {"duration_ms": 0.0}),
    ("tool_use", {"duration_ms": -1.5e3}, {"duration_ms": -1500.0}),
    ("token_usage", {"token_count": 6}, {"token_count": 6}),
    ("token_usage", {"total_tokens": 0, "token_count": 6}, {"token_count": 0}),
    ("token_usage", {"prompt_tokens": 3}, {"input_tokens": 3, "token_count": 3}),
    ("token_usage", {"completion_tokens": 4}, {"output_tokens": 4, "token_count": 4}),
    (
        "token_usage",
        {"input_tokens": 1, "output_tokens": 2, "cache_creation_tokens": 3, "cache_read_tokens": 4},
        {
            "input_tokens": 1,
            "output_tokens": 2,
            "cache_creation_tokens": 3,
            "cache_read_tokens": 4,
            "token_count": 10,
        },
    ),
    ("token_usage", {"input_tokens": 5.0}, {"input_tokens": 5, "token_count": 5}),
    ("token_usage", {"cost_estimate": 0.25}, {"cost_usd": 0.25}),
    ("token_usage", {"cost": 1}, {"cost_usd": 1.0}),
    ("token_usage", {"cost_usd": 0, "cost": 1}, {"cost_usd": 0.0}),
    ("token_usage", {"total_tokens": 2**63 - 1}, {"token_count": 2**63 - 1}),
]


@pytest.mark.parametrize(
    ("kind", "data", "columns"), ALIASES, ids=[f"{kind} {data}" for kind, data, _ in ALIASES]
)
def test_that_the_first_alias_that_has_a_value_counts(
    bench: Workbench, tmp_path: Path, kind: str, data: dict[str, Any], columns: dict[str, Any]
) -> None:
    assert derived(bench, tmp_path, kind, data) == {**DEFAULTS.get(kind, {}), **columns, "notes": set()}


MISMATCHES: list[tuple[str, dict[str, Any]]] = [
    ("tool_use", {"tool_name": 5}),
    ("tool_use", {"duration_ms": "12"}),
    ("tool_use", {"duration_ms": True}),
    ("tool_use", {"success": "true"}),
    ("tool_use", {"success": 1}),
    ("agent_execution", {"agent_id": 1}),
    ("agent_execution", {"agent_name": ["a"]}),
    ("agent_execution", {"duration_seconds": "1"}),
    ("command_executed", {"command_name": {}}),
    ("command_executed", {"success": "no"}),
    ("error_occurred", {"error_type": False}),
    ("performance", {"operation": 1}),
    ("performance", {"metric_name": 1}),
    ("session_start", {"project_path": 1}),
    ("session_start", {"model": 1}),
    ("session_end", {"duration_seconds": [2]}),
    ("session_end", {"token_count": "9"}),
    ("session_end", {"total_tokens": 9.5}),
    ("token_usage", {"total_tokens": "5"}),
    ("token_usage", {"total_tokens": 2**63}),
    ("token_usage", {"input_tokens": 1.5}),
    ("token_usage", {"prompt_tokens": True}),
    ("token_usage", {"output_tokens": "1"}),
    ("token_usage", {"completion_tokens": {}}),
    ("token_usage", {"cache_creation_tokens": "1"}),
    ("token_usage", {"cache_read_tokens": "1"}),
    ("token_usage", {"cost_usd": "1"}),
    ("token_usage", {"cost_estimate": "1"}),
    ("token_usage", {"cost": "1"}),
    ("token_usage", {"model": 4}),
]


@pytest.mark.parametrize(("kind", "data"), MISMATCHES, ids=[f"{kind} {data}" for kind, data in MISMATCHES])
def test_that_a_member_of_the_wrong_type_is_null_and_noted(
    bench: Workbench, tmp_path: Path, kind: str, data: dict[str, Any]
) -> None:
    found = derived(bench, tmp_path, kind, data)
    absent_success = {} if kind == "command_executed" and "success" in data else DEFAULTS.get(kind, {})
    assert found == {**absent_success, "notes": {"type_mismatch"}}


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("performance", {"operation": "o", "metric_name": 5}),
        ("performance", {"operation": "o", "metric_name": "m"}),
        ("agent_execution", {"duration_ms": 5, "duration_seconds": 2}),
        ("session_end", {"duration_ms": "not read here"}),
        ("tool_use", {"agent_id": 7, "model": 8, "total_tokens": "9"}),
        ("surprise", {"duration_ms": "text"}),
    ],
)
def test_that_only_a_member_that_the_type_reads_can_mismatch(
    bench: Workbench, tmp_path: Path, kind: str, data: dict[str, Any]
) -> None:
    wrong = data.get("metric_name") == 5
    assert derived(bench, tmp_path, kind, data)["notes"] == ({"type_mismatch"} if wrong else set())


@pytest.mark.parametrize("member", ["session_id", "user_id"])
@pytest.mark.parametrize("value", [5, True, ["s"], {"s": 1}])
def test_that_an_id_of_the_wrong_type_is_null_and_noted(
    bench: Workbench, tmp_path: Path, member: str, value: object
) -> None:
    (found,) = bench.read(write_log(tmp_path, [event(**{member: value})])).events
    assert found[member] is None
    assert notes_of(found) == {"type_mismatch"}


@pytest.mark.parametrize("member", ["data", "metadata"])
@pytest.mark.parametrize("value", [5, "text", [1], True])
def test_that_what_should_be_an_object_and_is_none_is_empty_and_noted(
    bench: Workbench, tmp_path: Path, member: str, value: object
) -> None:
    (found,) = bench.read(write_log(tmp_path, [event(**{member: value})])).events
    assert found[member] == "{}"
    assert notes_of(found) == {"type_mismatch"}


@pytest.mark.parametrize("member", ["data", "metadata"])
def test_that_an_absent_or_null_object_is_empty(bench: Workbench, tmp_path: Path, member: str) -> None:
    reading = bench.read(write_log(tmp_path, [event(1), event(2, **{member: None})]))
    assert [item[member] for item in reading.events] == ["{}", "{}"]
    assert [item["notes"] for item in reading.events] == [0, 0]


def test_that_an_event_knows_its_source_file_and_line(bench: Workbench, tmp_path: Path) -> None:
    log = write_log(tmp_path, [event(1), event(2)])
    places = [(item["source"], item["source_file"], item["source_line"]) for item in bench.read(log).events]
    assert places == [("shannon", str(log), 1), ("shannon", str(log), 2)]


def test_that_the_lines_of_several_files_are_numbered_each_on_their_own(
    bench: Workbench, tmp_path: Path
) -> None:
    for name in "abc":
        write_log(tmp_path, [event(1), event(2)], f"{name}.jsonl")
    places = [(Path(item["source_file"]).name, item["source_line"]) for item in bench.read(tmp_path).events]
    assert sorted(places) == [(f"{name}.jsonl", number) for name in "abc" for number in (1, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "NULL",
        "a'b",
        'a"b',
        "a\\b",
        "$1",
        "?",
        "tool\0use",
        "\ufeff",
        "=1+1",
        "日本語",
        "x" * 70_000,
    ],
)
def test_that_texts_are_taken_as_they_are(bench: Workbench, tmp_path: Path, text: str) -> None:
    item = event(1, text or "empty", session_id=text, user_id=text, data={"tool_name": text})
    (found,) = bench.read(write_log(tmp_path, [item])).events
    assert (found["session_id"], found["user_id"], json.loads(found["data"])["tool_name"]) == (
        text,
        text,
        text,
    )


@pytest.mark.parametrize("text", ["", "null", "a'b", "tool\0use", "日本語"])
def test_that_a_text_of_data_that_becomes_a_column_is_taken_as_it_is(
    bench: Workbench, tmp_path: Path, text: str
) -> None:
    (found,) = bench.read(write_log(tmp_path, [event(data={"tool_name": text})])).events
    assert found["tool_name"] == text
    assert notes_of(found) == set()


def test_that_the_store_has_a_column_for_every_column_of_the_relation(
    bench: Workbench, tmp_path: Path
) -> None:
    (found,) = bench.read(write_log(tmp_path, [event()])).events
    assert list(found) == list(EVENT_COLUMNS)
