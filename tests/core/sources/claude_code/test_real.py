"""Real transcripts beside the checkout: the figures that another program counts on them, and every line accounted
for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness.workbench import Workbench

COLUMNS = {
    "input": "input_tokens",
    "output": "output_tokens",
    "cache_creation": "cache_creation_tokens",
    "cache_read": "cache_read_tokens",
    "total": "token_count",
}


def counted(bench: Workbench, key: str) -> dict[str, dict[str, Any]]:
    """The tokens of all requests by this key."""
    sums = ", ".join(f"sum({column})::BIGINT AS {name}" for name, column in COLUMNS.items())
    rows = bench.rows(
        f"SELECT {key} AS key, {sums}, sum(cost_usd) AS cost_usd FROM events WHERE type = 'token_usage' GROUP BY 1"
    )
    return {row.pop("key"): row for row in rows}


@pytest.mark.parametrize(
    ("table", "member", "key"),
    [("session", "session_id", "session_id"), ("daily", "date", "strftime(timestamp, '%Y-%m-%d')")],
)
def test_that_claude_code_used_the_tokens_that_ccusage_counts_at_the_same_cost(
    bench: Workbench, real_logs: Path, table: str, member: str, key: str
) -> None:
    expected = json.loads((real_logs / "expected-totals.json").read_text())["claude_code"][table]
    bench.read(real_logs / "claude-code")
    assert counted(bench, key) == {
        row[member]: {name: row[name] for name in COLUMNS}
        | {"cost_usd": pytest.approx(row["cost_usd"], abs=0.005)}
        for row in expected
    }


@pytest.mark.parametrize("folder", ["claude-code", "fixtures"])
def test_that_every_line_of_real_transcripts_is_accounted_for(
    bench: Workbench, real_logs: Path, folder: str
) -> None:
    for name, counts in bench.read(real_logs / folder).files.items():
        lines = Path(name).read_bytes().split(b"\n")
        assert counts.lines == sum(bool(line.strip()) for line in lines)
        assert counts.lines == counts.understood + counts.rejected + counts.pending
