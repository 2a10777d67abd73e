"""Every non-blank line, of any bytes, is counted once: as an event, as rejected, or as pending."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness.records.shannon import event
from harness.workbench import Workbench

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
MEMBERS = st.fixed_dictionaries(
    {},
    optional={
        "id": JSON_VALUES,
        "timestamp": st.sampled_from(["2026-01-02T03:04:05Z", "2026-01-02", 5, None]),
        "type": st.sampled_from(["tool_use", "token_usage", "session_end", "x", None]) | JSON_VALUES,
        "session_id": JSON_VALUES,
        "data": JSON_VALUES,
        "metadata": JSON_VALUES,
        "more": JSON_VALUES,
    },
)


def encoded(members: dict[str, Any], ascii_only: bool) -> bytes:
    return json.dumps({**event(), **members}, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")


OBJECTS = st.builds(encoded, MEMBERS, st.booleans())
SPOILT = st.builds(
    lambda line, at, new: line[: at % len(line)] + new + line[at % len(line) + 1 :],
    OBJECTS,
    st.integers(0, 500),
    st.binary(max_size=3),
).filter(lambda line: b"\n" not in line)
BOM = b"\xef\xbb\xbf"
ODD = st.sampled_from(
    [
        b"",
        b" ",
        b"\t\r",
        b"\r",
        b"{}",
        b"null",
        BOM,
        BOM + b" ",
        b"\0",
        bytes(100),
        b"\xc2\xa0",
        b"\xff",
        b"[" * 300,
    ]
)
LINES = st.lists(
    OBJECTS | SPOILT | ODD | st.binary(max_size=40).filter(lambda raw: b"\n" not in raw), max_size=12
)
ANY_FOLDER = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def is_blank(line: bytes) -> bool:
    """White space of JSON, or a byte order mark and nothing else."""
    return not line.strip(b" \t\r\n").removeprefix(BOM).strip(b" \t\r\n")


@ANY_FOLDER
@given(lines=LINES, ended=st.booleans(), packed=st.booleans())
def test_that_every_non_blank_line_is_an_event_rejected_or_pending(
    bench: Workbench, tmp_path: Path, lines: list[bytes], ended: bool, packed: bool
) -> None:
    content = b"\n".join(lines) + (b"\n" if ended else b"")
    log = tmp_path / "log.jsonl"
    log.write_bytes(gzip.compress(content) if packed else content)
    counts = bench.read(log).files[str(log)]
    if packed or not content.startswith((b"\x1f\x8b", b"\xff\xfe", b"\xfe\xff")):
        assert counts.lines == sum(not is_blank(line) for line in content.split(b"\n"))
    assert counts.lines == counts.understood + counts.rejected + counts.pending
    assert counts.pending <= 1


@ANY_FOLDER
@given(lines=LINES)
def test_that_events_and_rejects_have_the_numbers_of_their_lines(
    bench: Workbench, tmp_path: Path, lines: list[bytes]
) -> None:
    content = b"".join(line + b"\n" for line in [b"", *lines])
    log = tmp_path / "log.jsonl"
    log.write_bytes(content)
    reading = bench.read(log)
    numbers = [item["source_line"] for item in reading.events] + [number for number, _ in reading.rejects]
    assert sorted(numbers) == [
        number for number, line in enumerate(content.split(b"\n"), 1) if not is_blank(line)
    ]


@ANY_FOLDER
@given(lines=LINES, block=st.integers(1, 200))
def test_that_the_size_of_a_block_changes_nothing(
    bench: Workbench, tmp_path: Path, lines: list[bytes], block: int
) -> None:
    log = tmp_path / "log.jsonl"
    log.write_bytes(b"\n".join(lines))
    whole = bench.read(log)
    log.unlink()
    bench.read(log.parent)
    log.write_bytes(b"\n".join(lines))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("shannon_core.sources.line_reader.BLOCK_BYTES", block)
        again = bench.read(log)
    assert (again.events, again.rejects, again.problems) == (whole.events, whole.rejects, whole.problems)


@ANY_FOLDER
@given(data=st.dictionaries(st.text(max_size=6), JSON_VALUES, max_size=5), ascii_only=st.booleans())
def test_that_data_is_stored_value_for_value_but_for_what_json_forbids(
    bench: Workbench, tmp_path: Path, data: dict[str, Any], ascii_only: bool
) -> None:
    log = tmp_path / "log.jsonl"
    log.write_bytes(encoded({"data": data, "metadata": data}, ascii_only) + b"\n")
    (found,) = bench.read(log).events
    expected = json.loads(json.dumps(data), parse_constant=lambda _: None)
    assert json.loads(found["data"]) == expected
    assert json.loads(found["metadata"]) == expected
    assert list(json.loads(found["data"])) == list(expected)
