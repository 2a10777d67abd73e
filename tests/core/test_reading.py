"""What a line becomes: an event, a rejected line with a reason, or a pending one (events.md §1–2, bad-input.md B and G)."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shannon_core.progress import Failed, Notice, SourcesRead

from .support import Reading, event, terminal_of, write_log

GOOD = event()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the logs lie."""
    return tmp_path / "logs"


async def read(folder: Path, *lines: dict[str, Any] | str | bytes) -> Reading:
    """A reading of one log of these lines and one good one before them."""
    write_log(folder, [GOOD, *lines])
    return await Reading.of(folder)


def text(**members: Any) -> str:
    return json.dumps(event(2, **members))


REJECTED = {
    "cut": ('{"id":"a","timesta', "bad_json"),
    "array": ("[1]", "not_object"),
    "scalar": ("12", "not_object"),
    "null": ("null", "not_object"),
    "two objects": ("{} {}", "trailing_data"),
    "object and garbage": ("{} x", "trailing_data"),
    "trailing comma": (text(data={"a": 1}).replace('{"a": 1}', '{"a":1,}'), "bad_json"),
    "single quotes": ("{'id':'a'}", "bad_json"),
    "empty object": ("{}", "missing: id"),
    "no timestamp": ('{"id":"a","type":"tool_use"}', "missing: timestamp"),
    "no type": ('{"id":"a","timestamp":"2026-01-01T00:00:00Z"}', "missing: type"),
    "null id": (text(id=None), "missing: id"),
    "number as id": (text(id=5), "bad_type: id"),
    "number as type": (text(type=5), "bad_type: type"),
    "epoch seconds": (text(timestamp=1767225600), "bad_timestamp"),
    "1e999": (text(data={"a": 7}).replace("7", "1e999"), "number_range"),
    "5,000 digits": (text(data={"a": 7}).replace("7", "9" * 5000), "number_range"),
    "depth 1,000": (text(data={"a": 7}).replace("7", "[" * 1000 + "]" * 1000), "too_deep"),
    "raw tab": (text(data={"a": "x"}).replace('"x"', '"\t"'), "control_char"),
    "raw NUL": (text(data={"a": "x"}).replace('"x"', '"\0"'), "control_char"),
    "block of NULs": ("\0" * 4096, "nul_block"),
    "old Mac line ends": ("{}\r{}\r{}", "trailing_data"),
    "not UTF-8": (b'{"id":"\xff"}', "invalid_utf8"),
}


@pytest.mark.parametrize(("line", "reason"), REJECTED.values(), ids=REJECTED.keys())
async def test_a_line_that_is_no_event_is_rejected_with_its_reason(
    folder: Path, line: str | bytes, reason: str
) -> None:
    reading = await read(folder, line)
    assert await reading.reasons() == {2: reason}
    assert [row["id"] for row in await reading.rows()] == ["e1"]


KEPT = {
    "CRLF": (json.dumps(event(2)) + "\r", 0),
    "blank lines": ("\n   \n" + json.dumps(event(2)), 0),
    "byte order mark": ("\ufeff" + json.dumps(event(2)), 1),
    "NaN": (text(data={"a": 7}).replace("7", "NaN"), 1),
    "-Infinity": (text(data={"a": 7}).replace("7", "-Infinity"), 1),
    "half a surrogate pair": (text(data={"a": "x"}).replace('"x"', '"\\ud800"'), 1),
    "equal keys": (text(data={"a": 7}).replace('"a": 7', '"a": 1, "a": 7'), 1),
    "numeric string": (text(data={"duration_ms": "12"}), 1),
    "boolean as duration": (text(data={"duration_ms": True}), 1),
    "array as data": (text(data=[1]), 1),
    "naive timestamp": (text(timestamp="2026-03-01T10:00:00"), 1),
    "nanoseconds": (text(timestamp="2026-03-01T10:00:00.123456789Z"), 1),
    "a word in a text that looks like NaN": (text(data={"a": ", nan ,] Infinity: -inf 1e999"}), 0),
    "U+2028 in a text": (text(data={"a": "x"}).replace('"x"', '"\u2028\u0085"'), 0),
    "empty key": (text(data={"": 1}), 0),
    "unknown type": (text(type="surprise"), 0),
}


@pytest.mark.parametrize(("line", "altered"), KEPT.values(), ids=KEPT.keys())
async def test_a_usable_line_is_kept_and_its_alteration_is_counted(
    folder: Path, line: str, altered: int
) -> None:
    reading = await read(folder, line)
    assert await reading.reasons() == {}
    assert {row["id"] for row in await reading.rows()} == {"e1", "e2"}
    path = await reading.export(folder.parent / "out.json", "json")  # type: ignore[arg-type]
    assert sum(json.loads(path.read_text())["metadata"]["altered_values"].values()) == altered


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00"),
        ("2026-01-01 00:00:00.5+05:30", "2025-12-31T18:30:00.500000"),
        ("2026-01-01T00:00:00-00:30", "2026-01-01T00:30:00"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00"),
    ],
)
async def test_a_timestamp_is_the_instant_in_utc(folder: Path, written: str, utc: str) -> None:
    rows = await (await read(folder, event(2, timestamp=written))).rows()
    assert next(row["timestamp"] for row in rows if row["id"] == "e2").replace(tzinfo=None).isoformat() == utc


@pytest.mark.parametrize(
    "written",
    [
        "2026-01-01T00:00:00+25:00",
        "2026-01-01T24:00:00Z",
        "2026-01-01T23:59:60Z",
        "2026-02-30T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "infinity",
        "now",
        "2026-W01-1",
        "20260101T000000Z",
        "2026-01-01",
        "２０２６-01-01T00:00:00Z",
        "2026-01-01T00:00:00.1234567890Z",
    ],
)
async def test_a_timestamp_outside_the_grammar_rejects_the_line(folder: Path, written: str) -> None:
    assert await (await read(folder, event(2, timestamp=written))).reasons() == {2: "bad_timestamp"}


MAPPED = [
    (
        "tool_use",
        {"tool_name": "Bash", "duration_ms": 0, "success": False},
        {"tool_name": "Bash", "duration_ms": 0.0, "success": False},
    ),
    (
        "agent_execution",
        {"agent_name": "a", "duration_seconds": 1.5},
        {"agent_id": "a", "duration_ms": 1500.0, "success": None},
    ),
    (
        "agent_execution",
        {"agent_id": "a", "agent_name": "b", "success": True},
        {"agent_id": "a", "success": True},
    ),
    ("command_executed", {"command_name": "/init"}, {"command_name": "/init", "success": True}),
    ("error_occurred", {"error_type": "E"}, {"error_type": "E", "success": False}),
    (
        "performance",
        {"metric_name": "m", "duration_ms": 1, "success": True},
        {"operation": "m", "duration_ms": 1.0, "success": True},
    ),
    (
        "session_start",
        {"project_path": "/p", "model": "m"},
        {"project_path": "/p", "model": "m", "duration_ms": None},
    ),
    ("session_end", {"duration_seconds": 2, "total_tokens": 9}, {"duration_ms": 2000.0, "token_count": 9}),
    (
        "token_usage",
        {"prompt_tokens": 3, "completion_tokens": 4},
        {"input_tokens": 3, "output_tokens": 4, "token_count": 7},
    ),
    ("token_usage", {"total_tokens": 5, "token_count": 6, "cost": 0.5}, {"token_count": 5, "cost_usd": 0.5}),
    (
        "token_usage",
        {"input_tokens": 2**62, "cache_read_tokens": 1},
        {"input_tokens": 2**62, "cache_read_tokens": 1},
    ),
    ("hook_triggered", {"tool_name": "Bash", "duration_ms": 3}, {"tool_name": None, "duration_ms": None}),
]


@pytest.mark.parametrize(("kind", "data", "expected"), MAPPED)
async def test_fields_come_from_data_by_type(
    folder: Path, kind: str, data: dict[str, Any], expected: dict[str, Any]
) -> None:
    rows = await (await read(folder, event(2, type=kind, data=data))).rows()
    row = next(row for row in rows if row["id"] == "e2")
    assert {name: row[name] for name in expected} == expected


async def test_an_unfinished_last_line_is_pending_and_a_whole_one_is_an_event(folder: Path) -> None:
    path = write_log(folder, [GOOD])
    whole = write_log(folder, [event(2)], "metrics_2.jsonl")
    path.write_bytes(path.read_bytes() + b'{"id":"cut')
    whole.write_bytes(whole.read_bytes().rstrip(b"\n"))
    reading = await Reading.of(folder)
    found = next(item for item in reading.said if isinstance(item, SourcesRead))
    assert (found.events, found.pending, found.rejected) == (2, 1, 0)


def _gz(lines: int) -> bytes:
    return gzip.compress(b"".join(json.dumps(event(n)).encode() + b"\n" for n in range(lines)), mtime=0)


PACKED = {
    "whole": (_gz(50), 50, ""),
    "two members": (_gz(50) + _gz(50), 100, ""),
    "zero padding": (_gz(50) + b"\0" * 512, 50, ""),
    "garbage after the end": (_gz(50) + b"garbage", 50, "not gzip"),
    "trailer cut": (_gz(50)[:-6], 50, "middle of its gzip stream"),
    "wrong checksum": (_gz(50)[:-8] + b"\1\2\3\4" + _gz(50)[-4:], 50, "damaged"),
}


@pytest.mark.parametrize(("raw", "events", "said"), PACKED.values(), ids=PACKED.keys())
async def test_gzip_gives_what_is_readable_and_says_what_is_not(
    folder: Path, raw: bytes, events: int, said: str
) -> None:
    folder.mkdir()
    (folder / "metrics_1.jsonl.gz").write_bytes(raw)
    reading = await Reading.of(folder)
    notices = " ".join(item.text for item in reading.said if isinstance(item, Notice))
    assert len(await reading.rows()) == events
    assert said in notices
    assert bool(notices) == bool(said)


async def test_compression_is_told_by_the_bytes_and_not_by_the_name(folder: Path) -> None:
    folder.mkdir()
    (folder / "packed.jsonl").write_bytes(_gz(3))
    (folder / "plain.jsonl.gz").write_bytes(json.dumps(event(9)).encode())
    assert len(await (await Reading.of(folder)).rows()) == 4


async def test_odd_files_are_passed_over_and_never_hang(folder: Path) -> None:
    write_log(folder, [GOOD], "a[1]*?{b}.jsonl")
    os.mkfifo(folder / "fifo.jsonl")
    (folder / "loop.jsonl").symlink_to("loop.jsonl")
    (folder / "dangling.jsonl").symlink_to("nothing")
    (folder / "folder.jsonl").mkdir()
    os.link(folder / "a[1]*?{b}.jsonl", folder / "twice.jsonl")
    (folder / "up").symlink_to(folder)
    reading = await Reading.of(folder)
    assert len(await reading.rows()) == 1
    assert sum(isinstance(item, Notice) for item in reading.said) == 3


async def test_a_name_that_is_not_utf8_is_read_and_shown_escaped(folder: Path) -> None:
    folder.mkdir()
    (folder / os.fsdecode(b"n\xff.jsonl")).write_text(json.dumps(GOOD))
    (row,) = await (await Reading.of(folder)).rows()
    assert row["source_file"].endswith(r"n\xff.jsonl")


async def test_a_folder_without_events_is_a_clear_error(folder: Path) -> None:
    write_log(folder, ['{"some":"thing else"}'])
    end = terminal_of((await Reading.of(folder)).said)
    assert isinstance(end, Failed)
    assert "no events" in end.title


async def test_own_exports_are_never_read_as_input(folder: Path) -> None:
    reading = await read(folder, event(2))
    for name, compress in (("a.jsonl", False), ("b.jsonl.gz", True)):
        from shannon_core.request import Encoding

        await reading.export(folder / name, "jsonl", encoding=Encoding(compress))  # type: ignore[arg-type]
    assert len(await (await Reading.of(folder)).rows()) == 2


LINES = st.lists(
    st.one_of(
        st.just(json.dumps(GOOD).encode()),
        st.binary(max_size=60).filter(lambda raw: b"\n" not in raw),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
            lambda inner: (
                st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
            ),
            max_leaves=6,
        ).map(lambda value: json.dumps({**GOOD, "data": value}).encode("utf-8", "replace")),
        st.sampled_from([b"", b"  ", b"\r", b"{}", b"\xef\xbb\xbf{}"]),
    ),
    max_size=12,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=LINES, ended=st.booleans())
async def test_every_non_blank_line_is_an_event_rejected_or_pending(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], ended: bool
) -> None:
    folder = tmp_path_factory.mktemp("lines")
    raw = b"\n".join([json.dumps(GOOD).encode(), *lines]) + (b"\n" if ended else b"")
    (folder / "metrics_1.jsonl").write_bytes(raw)
    reading = await Reading.of(folder)
    found = next(item for item in reading.said if isinstance(item, SourcesRead))
    assert found.events + found.rejected + found.pending == sum(
        bool(line.strip(b" \t\r\n")) for line in raw.split(b"\n")
    )
    await reading.session.close()
