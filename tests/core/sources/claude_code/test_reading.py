"""Claude Code: any transcript is read, every line of it is counted, and no text of it is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness.readings import FileCounts, columns, notes_of, of, only
from harness.records.claude_code import (
    MODEL,
    SESSION,
    answer,
    append,
    at,
    prompt,
    record,
    result,
    usage,
    use,
    write,
)
from harness.workbench import Workbench
from shannon_core.sources.claude_code.source import CLAUDE_CODE


def counts(bench: Workbench, folder: Path) -> FileCounts:
    """The account of the one file."""
    (found,) = bench.read(folder).files.values()
    return found


def compact(item: dict[str, Any]) -> str:
    """A record as a line."""
    return json.dumps(item)


def test_that_two_records_on_one_line_are_both_read(bench: Workbench, tmp_path: Path) -> None:
    glued = compact(answer(1, "a", 5)) + compact(answer(2, "b", 7))
    write(tmp_path, prompt(0), glued, compact(prompt(3)) + " " + compact(answer(4, "c", 9)))
    assert counts(bench, tmp_path) == FileCounts(lines=3, understood=3, rejected=0, pending=0, problem="")
    assert [item["token_count"] for item in of(bench.read(tmp_path), "token_usage")] == [5, 7, 9]


def test_that_a_record_before_a_broken_one_is_read_and_the_broken_one_is_said(
    bench: Workbench, tmp_path: Path
) -> None:
    write(tmp_path, compact(answer(1, "a", 5)) + '{"type":"assist', answer(2, "b", 7))
    reading = bench.read(tmp_path)
    assert [item["token_count"] for item in of(reading, "token_usage")] == [5, 7]
    assert reading.rejects == [(1, "bad_json")]


def test_that_a_last_line_that_is_still_written_waits(bench: Workbench, tmp_path: Path) -> None:
    log = write(tmp_path, answer(1, "a", 5))
    line = compact(answer(2, "b", 7))
    with log.open("a") as file:
        file.write(line[:50])
    assert counts(bench, tmp_path).pending == 1
    with log.open("a") as file:
        file.write(line[50:])
    assert counts(bench, tmp_path) == FileCounts(lines=2, understood=2, rejected=0, pending=0, problem="")
    with log.open("a") as file:
        file.write(compact(answer(3, "c", 9)))
    assert len(of(bench.read(tmp_path), "token_usage")) == 3


def test_that_lines_that_are_no_records_are_rejected_and_blank_ones_do_not_count(
    bench: Workbench, tmp_path: Path
) -> None:
    write(tmp_path, answer(1), "42", '"massive error"', "[1]", "", "  ", "\t\r", "null", '{"a":', b"\xff{}")
    reading = bench.read(tmp_path)
    assert [reason for _, reason in reading.rejects] == [
        "not_object",
        "not_object",
        "not_object",
        "not_object",
        "bad_json",
        "invalid_utf8",
    ]
    assert counts(bench, tmp_path).lines == 7


def test_that_unknown_records_are_counted_and_named(bench: Workbench, tmp_path: Path) -> None:
    write(
        tmp_path,
        answer(1),
        record("telepathy", 2),
        record("telepathy", 3),
        {"silly": "this"},
        record("system", 4),
    )
    reading = bench.read(tmp_path)
    assert reading.notices == [
        "Records of unknown types were counted and passed over: (none) (1), telepathy (2)."
    ]
    assert counts(bench, tmp_path).understood == 5
    found = {row["record"]: row["lines"] for row in bench.rows("SELECT record, lines FROM records")}
    assert found == {"assistant": 1, "telepathy": 2, "(none)": 1, "system": 1}


@pytest.mark.parametrize("kind", sorted(CLAUDE_CODE.records))
def test_that_a_known_record_without_its_members_is_read(bench: Workbench, tmp_path: Path, kind: str) -> None:
    write(
        tmp_path,
        record(kind, 1),
        {"type": kind, "timestamp": at(2)},
        record(kind, 3, message=None, data=[], content=5),
    )
    reading = bench.read(tmp_path)
    assert (reading.rejects, reading.notices) == ([], [])


@pytest.mark.parametrize(
    ("time", "reason"),
    [("yesterday", "bad_timestamp"), (1_767_225_600_000, "bad_timestamp"), (None, "missing: timestamp")],
)
def test_that_a_record_that_needs_a_time_and_has_none_is_said(
    bench: Workbench, tmp_path: Path, time: Any, reason: str
) -> None:
    write(
        tmp_path, answer(1, "a", 5), answer(2, "b", 7, timestamp=time), {"type": "mode", "sessionId": SESSION}
    )
    reading = bench.read(tmp_path)
    assert reading.rejects == [(2, reason)]
    assert only(reading, "token_usage")["token_count"] == 5


def test_that_times_of_every_spelling_are_understood_and_alterations_noted(
    bench: Workbench, tmp_path: Path
) -> None:
    times = [
        "2026-03-01T10:00:00Z",
        "2026-03-01T12:00:00.5+02:00",
        "2026-03-01 10:00:01",
        "2026-03-01T10:00:02.123456789Z",
    ]
    write(tmp_path, *(answer(0, str(number), timestamp=time) for number, time in enumerate(times)))
    found = of(bench.read(tmp_path), "token_usage")
    assert [item["timestamp"].strftime("%S.%f") for item in found] == [
        "00.000000",
        "00.500000",
        "01.000000",
        "02.123456",
    ]
    assert [notes_of(item) for item in found] == [set(), set(), {"naive_timestamp"}, {"truncated_timestamp"}]


USAGES: list[tuple[str, Any, list[int]]] = [
    ("absent", None, []),
    ("a text", "none", []),
    ("a list", [1], []),
    ("empty", {}, []),
    ("nulls", {"input_tokens": None, "output_tokens": None}, []),
    ("texts", {"input_tokens": "12", "output_tokens": "3"}, [15]),
    ("one number", {"output_tokens": 3}, [3]),
    ("fractions", {"input_tokens": 1.0, "output_tokens": 3}, [4]),
    ("below nothing", {"input_tokens": -5, "output_tokens": 3}, [3]),
    ("absurd", {"input_tokens": 10**30, "output_tokens": 3}, [3]),
    ("objects", {"input_tokens": {}, "output_tokens": 3, "cache_creation": [], "server_tool_use": 4}, [3]),
]


@pytest.mark.parametrize(("given", "totals"), [case[1:] for case in USAGES], ids=[case[0] for case in USAGES])
def test_that_usage_of_every_shape_is_read(
    bench: Workbench, tmp_path: Path, given: Any, totals: list[int]
) -> None:
    line = answer(1)
    line["message"]["usage"] = given
    write(tmp_path, line)
    assert [item["token_count"] for item in of(bench.read(tmp_path), "token_usage")] == totals


CONTENTS = [
    "text",
    None,
    5,
    {},
    [],
    [None],
    ["text"],
    [5, {"type": "text"}],
    [[]],
    [{"type": "tool_use"}],
    [{"type": 5}],
]


@pytest.mark.parametrize("content", CONTENTS, ids=str)
@pytest.mark.parametrize("kind", ["assistant", "user"])
def test_that_content_of_every_shape_is_read(
    bench: Workbench, tmp_path: Path, kind: str, content: Any
) -> None:
    message = {"id": "m", "role": kind, "model": MODEL, "content": content, "usage": usage(5)}
    write(tmp_path, record(kind, 1, message=message), record(kind, 2, message=content))
    reading = bench.read(tmp_path)
    assert reading.rejects == []
    assert only(reading, "token_usage")["token_count"] == 5


def test_that_numbers_no_total_can_bear_are_left_out(bench: Workbench, tmp_path: Path) -> None:
    strange = compact(answer(1, costUSD=1)).replace('"costUSD": 1', '"costUSD": NaN')
    turn = compact(record("system", 2, subtype="turn_duration", durationMs=1)).replace(
        '"durationMs": 1', '"durationMs": 1e999'
    )
    write(tmp_path, prompt(0), strange, turn)
    reading = bench.read(tmp_path)
    assert only(reading, "performance")["duration_ms"] is None
    for item in reading.events:
        json.loads(item["data"], parse_constant=pytest.fail)


def test_that_a_huge_line_and_half_a_character_are_read(bench: Workbench, tmp_path: Path) -> None:
    image = [{"type": "image", "source": {"type": "base64", "data": "A" * (6 << 20)}}]
    half = compact(prompt(3, "x")).replace('"x"', '"half \\ud83d of one"')
    write(tmp_path, answer(1, "a", 5, use("t1")), result(2, "t1", image), half)
    reading = bench.read(tmp_path)
    assert columns(only(reading, "tool_use"), "success", "duration_ms") == (True, 1000)
    assert counts(bench, tmp_path).understood == 3


def test_that_a_transcript_without_anything_but_answers_is_read(bench: Workbench, tmp_path: Path) -> None:
    message = {"role": "assistant", "id": "m1", "model": MODEL, "usage": usage(5)}
    write(
        tmp_path,
        {"timestamp": at(1), "sessionId": "alpha", "message": message, "requestId": "r", "version": "1.0.0"},
    )
    assert columns(only(bench.read(tmp_path), "token_usage"), "token_count", "session_id") == (5, "alpha")


BEGINNINGS = [
    {"type": "summary", "summary": "x", "leafUuid": "y"},
    {"type": "file-history-snapshot", "messageId": "m", "snapshot": {"trackedFileBackups": {"x" * 9000: 1}}},
    {"parentUuid": None, "content": "x" * 9000},
    {"type": "mode", "mode": "normal", "sessionId": "s"},
    {"type": "queue-operation", "operation": "enqueue", "timestamp": at(1), "sessionId": "s"},
    {"unheard": "of"},
]


@pytest.mark.parametrize("first", BEGINNINGS, ids=lambda line: next(iter(line)) + "-" + str(line.get("type")))
def test_that_a_transcript_is_known_by_its_beginning(
    bench: Workbench, tmp_path: Path, first: dict[str, Any]
) -> None:
    write(tmp_path, first, prompt(1), name="anything.jsonl")
    assert {item["source"] for item in bench.read(tmp_path).events} == {"claude-code"}


def test_that_the_journal_of_a_workflow_is_read_for_what_it_is(bench: Workbench, tmp_path: Path) -> None:
    started = {"type": "started", "key": "v2:0", "agentId": "a1", "label": "ping", "phase": "Ping"}
    write(tmp_path, prompt(1))
    write(
        tmp_path,
        {"type": "launched"},
        started,
        {**started, "type": "result", "result": "x"},
        name=f"{SESSION}/subagents/workflows/wf_1/journal.jsonl",
    )
    reading = bench.read(tmp_path)
    assert (reading.rejects, reading.notices) == ([], [])
    assert sum(found.understood for found in reading.files.values()) == 4


def secretive() -> list[dict[str, Any] | str]:
    """Records with a secret wherever a person, a model or a tool may have written one."""
    blocks = [
        {"type": "thinking", "thinking": "secret thought"},
        {"type": "text", "text": "secret answer"},
        use("t1", "Write", content="secret input", file_path="/secret file"),
        use("t2", "Task", subagent_type="Explore", description="secret title", prompt="secret prompt"),
    ]
    hook = {
        "type": "hook_success",
        "hookEvent": "Stop",
        "hookName": "Stop",
        "toolUseID": "h",
        "command": "secret hook",
    }
    call = "<command-name>/x</command-name><command-args>secret command</command-args>"
    failed = answer(8, "8", 0, {"type": "text", "text": "API Error: secret error"}, isApiErrorMessage=True)
    return [
        prompt(1, "secret prompt"),
        answer(2, "a", 5, *blocks),
        result(3, "t1", "secret output", is_error=True, details={"stdout": "secret output"}),
        result(
            4,
            "t2",
            [{"type": "text", "text": "secret output"}],
            details={"prompt": "secret prompt", "content": "secret"},
        ),
        record("attachment", 5, attachment={**hook, "stdout": "secret output", "content": "secret output"}),
        prompt(6, call),
        {"type": "custom-title", "sessionId": SESSION, "customTitle": "secret title"},
        {"type": "summary", "summary": "secret title", "leafUuid": "x"},
        failed,
        record("system", 9, subtype="api_error", error={"message": "secret error", "status": 500}),
        {
            "type": "file-history-snapshot",
            "messageId": "m",
            "snapshot": {"trackedFileBackups": {"/secret file": {}}, "timestamp": at(9)},
        },
        "secret odd line that is no record",
        b"\xff secret odd bytes",
        record("telepathy", 10, message={"content": "secret thought"}),
    ]


def test_that_no_text_of_people_models_or_tools_is_kept(bench: Workbench, tmp_path: Path) -> None:
    write(tmp_path, *secretive())
    reading = bench.read(tmp_path)
    assert len(reading.events) > 9
    assert len(reading.rejects) == 2
    tables = [name for (name,) in bench.connection.sql("SELECT table_name FROM duckdb_tables()").fetchall()]
    assert {"events", "facts", "rejects", "records"} <= set(tables)
    for table in tables:
        assert "secret" not in str(bench.rows(f"SELECT * FROM {table}"))


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
MEMBERS = [
    *[
        "sessionId",
        "uuid",
        "timestamp",
        "cwd",
        "gitBranch",
        "version",
        "isSidechain",
        "agentId",
        "requestId",
        "costUSD",
    ],
    *[
        "isApiErrorMessage",
        "error",
        "message",
        "toolUseResult",
        "durationMs",
        "hookInfos",
        "toolUseID",
        "data",
        "attachment",
    ],
    *[
        "snapshot",
        "messageId",
        "compactMetadata",
        "retryAttempt",
        "totalCostUSD",
        "content",
        "subtype",
        "forkedFrom",
    ],
]
RECORDS = st.builds(
    lambda kind, changes: {
        **record(kind, 1),
        "message": {"content": [use("t")], "usage": usage(5)},
        **changes,
    },
    st.sampled_from(sorted(CLAUDE_CODE.records)) | st.text(max_size=5),
    st.dictionaries(st.sampled_from(MEMBERS), JSON_VALUES, max_size=4),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=st.lists(RECORDS, min_size=1, max_size=8), glue=st.sampled_from(["\n", "\n", ""]))
def test_that_no_value_of_any_member_stops_the_reading(
    bench: Workbench, tmp_path: Path, records: list[dict[str, Any]], glue: str
) -> None:
    log = write(tmp_path, prompt(0))
    append(log, glue.join(json.dumps(item) for item in records).encode("utf-8", "surrogatepass"))
    for found in bench.read(tmp_path).files.values():
        assert found.lines == found.understood + found.rejected + found.pending
        assert found.lines >= 2
