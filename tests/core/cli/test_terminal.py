"""What the terminal says at the end of a job is true of the files that are there."""

from __future__ import annotations

import logging

import pytest

from shannon_core import cli
from shannon_core.cli.terminal import Reporter
from shannon_core.jobs.progress import Cancelled, Failed, FileWritten, Notice

WRITTEN = FileWritten("json", "/out/usage.json", 1, 2, 0.1)
UNTOUCHED = "No file was left behind, and none was changed."


@pytest.mark.parametrize(
    "end", [Cancelled(), Failed("target_full", {"path": "/out/usage.csv", "reason": "full"})]
)
def test_that_files_that_are_complete_are_named_at_an_early_end(
    capsys: pytest.CaptureFixture[str], end: Cancelled | Failed
) -> None:
    for before, said in (
        ([], UNTOUCHED),
        ([WRITTEN], "Complete and kept: /out/usage.json."),
        (
            [Notice("rejects_saved", {"n": 1, "path": "/out/rejects.csv"})],
            "Complete and kept: /out/rejects.csv.",
        ),
    ):
        reporter = Reporter("plain")
        for event in (*before, end):
            reporter.show(event)
        printed = capsys.readouterr().err
        assert said in printed
        assert (UNTOUCHED in printed) == (said == UNTOUCHED)


def test_that_a_bug_is_an_internal_error_with_its_traceback_in_the_log(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("shannon_core.cli.run.task_of", lambda *_: 1 / 0)
    with caplog.at_level(logging.ERROR):
        assert cli.main(["/logs", "--count"]) == 3
    assert "Internal error.\nZeroDivisionError: division by zero" in capsys.readouterr().err
    assert "Traceback" in caplog.text
