"""The one grammar of timestamps (events.md §2): an instant in UTC, or a rejected line."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from harness.log_files import write_log
from harness.readings import notes_of
from harness.records.shannon import MINUTE, event
from harness.workbench import Workbench

NAIVE, CUT = {"naive_timestamp"}, {"truncated_timestamp"}

INSTANTS: list[tuple[str, str, set[str]]] = [
    ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05", set()),
    ("2026-01-02t03:04:05z", "2026-01-02T03:04:05", set()),
    ("2026-01-02 03:04:05Z", "2026-01-02T03:04:05", set()),
    ("2026-01-02T03:04:05+00:00", "2026-01-02T03:04:05", set()),
    ("2026-01-02T03:04:05-00:00", "2026-01-02T03:04:05", set()),
    ("2026-01-02T03:04:05+05:30", "2026-01-01T21:34:05", set()),
    ("2026-01-02T03:04:05-05:30", "2026-01-02T08:34:05", set()),
    ("2026-01-02T03:04:05+23:59", "2026-01-01T03:05:05", set()),
    ("2026-01-02T03:04:05-09:08", "2026-01-02T12:12:05", set()),
    ("2026-01-02T03:04:05.1Z", "2026-01-02T03:04:05.100000", set()),
    ("2026-01-02T03:04:05.000001Z", "2026-01-02T03:04:05.000001", set()),
    ("2026-01-02T03:04:05.123456+02:00", "2026-01-02T01:04:05.123456", set()),
    ("2026-01-02T03:04:05.1234567Z", "2026-01-02T03:04:05.123456", CUT),
    ("2026-01-02T03:04:05.999999999Z", "2026-01-02T03:04:05.999999", CUT),
    ("2026-01-02T03:04:05", "2026-01-02T03:04:05", NAIVE),
    ("2026-01-02 03:04:05.5", "2026-01-02T03:04:05.500000", NAIVE),
    ("2026-01-02T03:04:05.123456789", "2026-01-02T03:04:05.123456", NAIVE | CUT),
    ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00", set()),
    ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00", set()),
    ("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999", set()),
    ("0001-01-01T14:00:00+14:00", "0001-01-01T00:00:00", set()),
    ("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999", set()),
]

REFUSED = [
    *("", " ", "2026-01-02", "03:04:05", "2026-01-02T03:04Z", "2026-01-02T3:04:05Z", "2026-1-2T03:04:05Z"),
    *("2026-01-02T03:04:05+25:00", "2026-01-02T03:04:05+24:00", "2026-01-02T03:04:05+05:60"),
    "2026-01-02T03:04:05+0530",
    *("2026-01-02T03:04:05+05", "2026-01-02T03:04:05 +05:30", "2026-01-02T03:04:05ZZ", "2026-01-02T03:04:05 UTC"),
    *("2026-01-02T24:00:00Z", "2026-01-02T23:60:00Z", "2026-01-02T23:59:60Z"),
    *("2026-02-30T00:00:00Z", "2025-02-29T00:00:00Z"),
    *("2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-04-31T00:00:00Z"),
    *("0000-01-01T00:00:00Z", "99999-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"),
    *("-2026-01-02T03:04:05Z", "+2026-01-02T03:04:05Z", "2026-01-02T03:04:05.Z", "2026-01-02T03:04:05,5Z"),
    *("2026-01-02T03:04:05.1234567890Z", "20260102T030405Z", "2026-W01-1"),
    *("2026-W01-1T00:00:00Z", "2026-002T00:00:00Z"),
    *("epoch", "infinity", "-infinity", "now", "today", "1767225600", "1767225600.5", "1767225600000"),
    *("２０２６-01-02T03:04:05Z", "2026-01-02T０３:04:05Z", "٢٠٢٦-01-02T03:04:05Z", "2026-01-02T03:04:05Z\n"),
    *(" 2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z\0", "2026/01/02 03:04:05", "02.01.2026 03:04:05"),
    *("Fri, 02 Jan 2026 03:04:05 GMT", "2026-01-02T03:04:05Z; DROP TABLE events"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "utc", "notes"), INSTANTS, ids=[case[0] for case in INSTANTS])
def test_that_a_timestamp_is_the_instant_in_utc(
    bench: Workbench, tmp_path: Path, written: str, utc: str, notes: set[str]
) -> None:
    (found,) = bench.read(write_log(tmp_path, [event(timestamp=written)])).events
    assert found["timestamp"] == datetime.fromisoformat(utc)
    assert notes_of(found) == notes


def test_that_each_timestamp_outside_the_grammar_rejects_its_line(bench: Workbench, tmp_path: Path) -> None:
    reading = bench.read(write_log(tmp_path, [event(timestamp=written) for written in REFUSED]))
    kept = [REFUSED[item["source_line"] - 1] for item in reading.events]
    assert kept == []
    assert set(reading.reasons) == {"bad_timestamp"}


@pytest.mark.parametrize("value", [1767225600, 1767225600.5, True, ["2026-01-02T03:04:05Z"], {"$date": 0}])
def test_that_a_timestamp_that_is_no_text_rejects_the_line(
    bench: Workbench, tmp_path: Path, value: object
) -> None:
    assert bench.read(write_log(tmp_path, [event(timestamp=value)])).reasons == ["bad_timestamp"]


def test_that_events_are_in_the_order_of_their_instants_then_file_then_line(
    bench: Workbench, tmp_path: Path
) -> None:
    same = MINUTE.format(0)
    write_log(tmp_path, [event(3), event(1, timestamp=same), event(2, timestamp=same)], "b.jsonl")
    write_log(
        tmp_path, [event(9, timestamp=same), event(8, timestamp="2026-01-02T05:04:00+02:00")], "a.jsonl"
    )
    assert bench.read(tmp_path).ids == ["e9", "e8", "e1", "e2", "e3"]


def test_that_the_original_spelling_of_a_timestamp_stays_in_no_column_but_its_instant(
    bench: Workbench, tmp_path: Path
) -> None:
    (found,) = bench.read(write_log(tmp_path, [event(timestamp="2026-01-02T03:04:05+05:30", data={})])).events
    assert "05:30" not in json.dumps(found, default=str)
