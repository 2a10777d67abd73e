"""A transcript that several statements parse has the same events as one that is parsed at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.log_files import write_log
from harness.records.claude_code import answer, prompt, record, result, use, write
from harness.records.codex import Rollout, counts, rollout_name
from harness.workbench import Workbench


def claude_code(folder: Path) -> None:
    progress = {"type": "agent_progress", "agentId": "a1", "message": answer(4, "inner", 7)}
    write(
        folder,
        prompt(1),
        answer(2, "a", 5, use("t1", "Task", subagent_type="scout")),
        answer(2, "a", 9, use("t2")),
        record("progress", 4, data=progress, toolUseID="p", parentToolUseID="t1"),
        result(5, "t2"),
        result(6, "t1"),
        "not json",
        answer(7, "b", 11),
        name="resumed.jsonl",
    )


def codex(folder: Path) -> None:
    rollout = Rollout().meta().turn()
    for number in range(1, 6):
        rollout.call(call_id=f"c{number}").output("Process exited with code 0\nOutput:\n", f"c{number}")
        rollout.tokens(counts(100, 40, 10), counts(100 * number, 40 * number, 10 * number))
    write_log(folder, rollout.text(), rollout_name().replace(rollout.session, "of-another-name"))


@pytest.mark.parametrize("make", [claude_code, codex])
def test_that_statements_may_cut_a_file_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], None]
) -> None:
    make(tmp_path)
    with Workbench.open(tmp_path) as bench:
        at_once = bench.read(tmp_path)
    monkeypatch.setattr("shannon_core.sources.line_reader.BLOCK_BYTES", 500)
    monkeypatch.setattr("shannon_core.ingest.refresh.RECORDS_STATEMENT_BYTES", 1)
    monkeypatch.setattr("shannon_core.ingest.refresh.FIRST_STATEMENT_BYTES", 1)
    with Workbench.open(tmp_path) as bench:
        in_pieces = bench.read(tmp_path)
    assert len(at_once.events) > 5
    assert [json.dumps(item, default=str) for item in in_pieces.events] == [
        json.dumps(item, default=str) for item in at_once.events
    ]
