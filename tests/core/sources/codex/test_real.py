"""Codex: real rollouts beside the checkout come to the figures that an independent reader (ccusage) gave."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness.readings import by_id
from harness.workbench import Workbench

TOKENS = ("input_tokens", "output_tokens", "cache_read_tokens", "token_count")
SUMS = ", ".join(f"sum({name})::BIGINT AS {name}" for name in TOKENS) + ", sum(cost_usd) AS cost_usd"


@pytest.fixture
def rollouts(real_logs: Path) -> Path:
    """The folder of Codex."""
    return real_logs / "codex"


@pytest.fixture
def expected(rollouts: Path) -> dict[str, list[dict[str, Any]]]:
    """What they come to."""
    totals: dict[str, Any] = json.loads((rollouts.parent / "expected-totals.json").read_text())
    return totals["codex"]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("session", r"regexp_extract(source_file, 'sessions/(.*)\.jsonl$', 1)"),
        ("daily", "strftime(timestamp, '%Y-%m-%d')"),
    ],
)
def test_that_tokens_and_cost_are_those_of_another_reader(
    bench: Workbench, rollouts: Path, expected: dict[str, list[dict[str, Any]]], name: str, key: str
) -> None:
    bench.read(rollouts)
    found = {
        row["key"]: row
        for row in bench.rows(
            f"SELECT {key} AS key, {SUMS} FROM events WHERE type = 'token_usage' GROUP BY 1"
        )
    }
    assert len(found) == len(expected[name])
    for row in expected[name]:
        mine = found[row.get("session") or row["date"]]
        assert [mine[column] for column in TOKENS] == [
            row[column] for column in ("input", "output", "cache_read", "total")
        ]
        assert mine["cost_usd"] == pytest.approx(row["cost_usd"], abs=0.005)


def test_that_every_line_is_accounted_for_and_read_the_same_again(bench: Workbench, rollouts: Path) -> None:
    first = bench.read(rollouts)
    for counts in first.files.values():
        assert counts.lines == counts.understood + counts.rejected + counts.pending
        assert counts.rejected == 0
    with Workbench.open() as other:
        assert by_id(other.read(rollouts)) == by_id(first)
