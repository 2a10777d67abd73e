"""A filtered export is the filter of the whole export; order, slices and sheets change nothing about it (events.md
§2–3)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness import oracle
from harness.log_files import write_log
from harness.records.shannon import event
from harness.workbench import ALL_FORMATS, Workbench
from shannon_core.export.read_back import event_ids
from shannon_core.query import statements
from shannon_core.request.export_request import ExportFormat
from shannon_core.request.format_specs import format_spec
from shannon_core.request.selection import EventFilter, Selection
from shannon_core.request.time_range import TimeRange
from shannon_core.store.relations import fetch

START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
PROPERTY = settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])

USERS = st.sampled_from([None, "ann", "Ann", "bob", "", "!bob", "x' OR 1=1 --", "%", "_", "null"])
SESSIONS = st.sampled_from([None, "s1", "s2"])
TOOLS = st.sampled_from(["Bash", "bash", "Read", "", "=1+1"])
ITEMS = st.one_of(
    st.builds(
        lambda tool, success: ("tool_use", {"tool_name": tool, "success": success, "note": "Say Hello"}),
        TOOLS,
        st.sampled_from([True, False, None]),
    ),
    st.builds(lambda agent: ("agent_execution", {"agent_id": agent}), st.sampled_from(["a1", "a2"])),
    st.builds(
        lambda model, project: ("session_start", {"model": model, "project_path": project}),
        st.sampled_from(["opus", "haiku"]),
        st.sampled_from(["/p", "/q", None]),
    ),
    st.just(("surprise", {"note": "hello World 100% \\ _ ünï"})),
)
EVENTS = st.lists(st.tuples(ITEMS, USERS, SESSIONS, st.integers(0, 20)), min_size=1, max_size=12).map(
    lambda drawn: [
        event(
            number,
            type=kind,
            data=data,
            user_id=user,
            session_id=session,
            timestamp=(START + timedelta(seconds=second)).isoformat(),
        )
        for number, ((kind, data), user, session, second) in enumerate(drawn)
    ]
)
VALUES = {
    "user_id": USERS.filter(lambda value: value is not None),
    "session_id": SESSIONS.filter(bool),
    "type": st.sampled_from(["tool_use", "agent_execution", "session_start", "surprise", "error_occurred"]),
    "tool_name": TOOLS,
    "agent_id": st.sampled_from(["a1", "a2", "none"]),
    "model": st.sampled_from(["opus", "haiku", "none"]),
    "success": st.sampled_from(["true", "false", "unknown"]),
    "project_path": st.sampled_from(["/p", "/q"]),
    "source": st.sampled_from(["shannon", "codex"]),
}
FILTERS = st.lists(
    st.sampled_from(sorted(VALUES)).flatmap(
        lambda name: st.builds(
            EventFilter,
            st.just(name),
            st.lists(VALUES[name], min_size=1, max_size=3).map(tuple),
            st.booleans(),
        )
    ),
    max_size=3,
).map(tuple)
TEXT = st.sampled_from(["", "hello", "HELLO world", "100%", "_", "\\", "ÜNÏ", "nothing", "say  hello"])
RANGES = st.tuples(st.none() | st.integers(-1, 21), st.none() | st.integers(-1, 21)).map(
    lambda ends: TimeRange(*_in_order(ends))
)


def _in_order(ends: tuple[int | None, int | None]) -> tuple[datetime | None, datetime | None]:
    first, last = ends
    if first is not None and last is not None and first > last:
        first, last = last, first
    return tuple(None if end is None else START + timedelta(seconds=end) for end in (first, last))  # type: ignore[return-value]


def value_of(item: dict[str, Any], name: str, projects: dict[str, str]) -> str | None:
    """The value by which an event is filtered, by the words of the specification."""
    data, kind = item["data"], item["type"]
    match name:
        case "user_id" | "session_id" | "type":
            return item[name]
        case "tool_name":
            return data["tool_name"] if kind == "tool_use" else None
        case "agent_id":
            return data["agent_id"] if kind == "agent_execution" else None
        case "model":
            return data["model"] if kind == "session_start" else None
        case "success":
            outcome = data.get("success") if kind == "tool_use" else None
            return {True: "true", False: "false", None: "unknown"}[outcome]
        case "project_path":
            own = data.get("project_path") if kind == "session_start" else None
            return own if own is not None else projects.get(item["session_id"] or "")
    return "shannon"


def chosen(events: list[dict[str, Any]], selection: Selection) -> list[dict[str, Any]]:
    """The selected events in the order of every export, by plain Python."""
    ordered = oracle.in_order(events)
    projects: dict[str, str] = {}
    for item in ordered:
        project = item["data"].get("project_path")
        if item["session_id"] and project is not None:
            projects.setdefault(item["session_id"], project)
    start, end = selection.time_range.start, selection.time_range.end
    words = selection.text.lower().split()
    return [
        item
        for item in ordered
        if (start is None or oracle.instant(item["timestamp"]) >= start)
        and (end is None or oracle.instant(item["timestamp"]) <= end)
        and all((value_of(item, f.field, projects) in f.values) != f.negated for f in selection.filters)
        and all(word in json.dumps(item["data"], ensure_ascii=False).lower() for word in words)
    ]


@PROPERTY
@given(events=EVENTS, selection=st.builds(Selection, RANGES, FILTERS, TEXT))
def test_that_a_filtered_export_is_the_filter_of_the_events(
    bench: Workbench, tmp_path: Path, events: list[dict[str, Any]], selection: Selection
) -> None:
    bench.read(write_log(tmp_path, events))
    (path,) = bench.export(tmp_path / "out.json", ExportFormat.JSON, selection=selection)
    expected = [item["id"] for item in chosen(events, selection)]
    assert [item["id"] for item in oracle.json_events(path)] == expected
    ((count, *_),) = fetch(bench.connection, statements.totals(selection))
    assert count == len(expected)


@PROPERTY
@given(seconds=st.lists(st.integers(0, 6), min_size=1, max_size=30), slice_rows=st.integers(1, 8))
def test_that_slices_of_any_size_give_the_same_order(
    bench: Workbench, tmp_path: Path, seconds: list[int], slice_rows: int
) -> None:
    events = [
        event(number, timestamp=(START + timedelta(days=second)).isoformat())
        for number, second in enumerate(seconds)
    ]
    bench.read(write_log(tmp_path, events))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("shannon_core.export.snapshot.SLICE_ROWS", slice_rows)
        (path,) = bench.export(tmp_path / "out.jsonl", ExportFormat.JSONL)
    found = [item["id"] for item in oracle.jsonl_events(path)]
    assert found == [item["id"] for item in oracle.in_order(events)]


@pytest.mark.parametrize("wanted", ALL_FORMATS)
def test_that_every_format_has_the_order_of_instant_file_and_line(
    bench: Workbench, tmp_path: Path, wanted: str
) -> None:
    same = START.isoformat()
    logs = tmp_path / "logs"
    write_log(logs, [event(5, timestamp=same), event(4, timestamp=same)], "b.jsonl")
    write_log(logs, [event(9, timestamp=same), event(3, timestamp="2025-01-01T00:00:00Z")], "a.jsonl")
    bench.read(logs)
    (path,) = bench.export(tmp_path / "out", wanted)
    assert event_ids(format_spec(wanted), path) == ["e3", "e9", "e5", "e4"]


@pytest.mark.parametrize("wanted", ALL_FORMATS)
def test_that_every_format_can_hold_no_events_at_all(bench: Workbench, tmp_path: Path, wanted: str) -> None:
    bench.read(write_log(tmp_path / "logs", [event()]))
    nothing = Selection(filters=(EventFilter("user_id", ("nobody",)),))
    (path,) = bench.export(tmp_path / "out", wanted, selection=nothing)
    assert event_ids(format_spec(wanted), path) == []


@pytest.mark.parametrize(
    ("start", "end", "ids"),
    [
        (0, 0, ["e1"]),
        (0, 2, ["e1", "e2", "e3"]),
        (1, 1, ["e2"]),
        (1, None, ["e2", "e3"]),
        (None, 1, ["e1", "e2"]),
        (3, 9, []),
    ],
)
def test_that_a_range_includes_both_of_its_ends_to_the_microsecond(
    bench: Workbench, tmp_path: Path, start: int | None, end: int | None, ids: list[str]
) -> None:
    moments = [START, START + MICROSECOND, START + 2 * MICROSECOND]
    bench.read(write_log(tmp_path, [event(n, timestamp=at.isoformat()) for n, at in enumerate(moments, 1)]))
    first, last = (None if side is None else START + side * MICROSECOND for side in (start, end))
    (path,) = bench.export(
        tmp_path / "o.json", ExportFormat.JSON, selection=Selection(TimeRange(first, last))
    )
    assert [item["id"] for item in oracle.json_events(path)] == ids


def test_that_extreme_instants_can_be_chosen_and_exported_together(bench: Workbench, tmp_path: Path) -> None:
    ends = ["0001-01-01T00:00:00Z", "1969-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"]
    bench.read(write_log(tmp_path / "logs", [event(n, timestamp=at) for n, at in enumerate(ends)]))
    everything = Selection(TimeRange(datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)))
    for wanted in ALL_FORMATS:
        (path,) = bench.export(tmp_path / f"out-{wanted}", wanted, selection=everything)
        assert event_ids(format_spec(wanted), path) == ["e0", "e1", "e2"]
