"""JSONTestSuite through the whole reader: what RFC 8259 demands is read, what it forbids is rejected, nothing else is
harmed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.log_files import write_log
from harness.records.shannon import line
from harness.workbench import Workbench


def cases(corpora: Path, verdict: str) -> dict[str, bytes]:
    """The cases of one verdict by name. A case with a line end is not a line of JSONL, so that it is left out."""
    found = {
        path.name: path.read_bytes()
        for path in sorted((corpora / "JSONTestSuite" / "test_parsing").glob(f"{verdict}_*"))
    }
    return {name: content for name, content in found.items() if b"\n" not in content.strip(b"\r\n")}


def as_value(content: bytes) -> bytes:
    """An event that has the case as a value of its data."""
    return b'{"id":"case","timestamp":"2026-01-02T03:04:05Z","type":"x","data":{"v":%s}}' % content.strip(
        b"\n"
    )


@pytest.fixture
def accepted(bench: Workbench, tmp_path: Path) -> object:
    """A function that returns the cases that become an event, all cases being the lines of one log."""

    def read(named: dict[str, bytes]) -> set[str]:
        content = b"".join(as_value(item) + b"\n" for item in named.values()) + line(1) + b"\n"
        reading = bench.read(write_log(tmp_path, content))
        assert "e1" in reading.ids
        assert len(reading.events) + len(reading.rejects) == len(named) + 1
        names = list(named)
        return {names[item["source_line"] - 1] for item in reading.events if item["id"] == "case"}

    return read


def test_that_every_value_that_must_be_read_is_read(corpora: Path, accepted: object) -> None:
    must = cases(corpora, "y")
    assert len(must) > 80
    assert accepted(must) == set(must)  # type: ignore[operator]


def test_that_nothing_that_must_be_refused_is_read(corpora: Path, accepted: object) -> None:
    mustnt = cases(corpora, "n")
    assert len(mustnt) > 170
    read = accepted(mustnt)  # type: ignore[operator]
    kept_by_decision = {"n_number_NaN.json", "n_number_infinity.json", "n_number_minus_infinity.json"}
    assert read - kept_by_decision == set()


def test_that_python_s_nan_is_read_as_null(corpora: Path, accepted: object) -> None:
    names = {"n_number_NaN.json", "n_number_infinity.json", "n_number_minus_infinity.json"}
    mustnt = cases(corpora, "n")
    assert accepted({name: mustnt[name] for name in names}) == names  # type: ignore[operator]


def test_that_what_may_go_either_way_leaves_the_other_lines_alone(corpora: Path, accepted: object) -> None:
    accepted(cases(corpora, "i"))  # type: ignore[operator]


def test_that_values_that_must_be_read_are_stored_value_for_value(
    corpora: Path, bench: Workbench, tmp_path: Path
) -> None:
    must = {name: item for name, item in cases(corpora, "y").items() if "duplicated" not in name}
    reading = bench.read(write_log(tmp_path, b"".join(as_value(item) + b"\n" for item in must.values())))
    values = [
        json.loads(item["data"])["v"] for item in sorted(reading.events, key=lambda item: item["source_line"])
    ]
    assert values == [json.loads(item) for item in must.values()]
