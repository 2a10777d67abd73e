"""The files of an export are planned once, and these very files are written."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.jobs import events_of
from harness.log_files import write_log
from harness.read_session import ReadSession
from harness.records.shannon import event
from shannon_core.jobs.progress import FileWritten
from shannon_core.request import output_files
from shannon_core.request.export_request import ExportRequest
from shannon_core.request.output_files import plan_output


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the formats whose file was planned, each time that it was."""
    found: list[str] = []
    plan: Callable[..., Path] = output_files._path_of

    def counting(spec: Any, *more: Any) -> Path:
        found.append(spec.id)
        return plan(spec, *more)

    monkeypatch.setattr(output_files, "_path_of", counting)
    return found


async def test_that_an_export_plans_each_file_once(tmp_path: Path, planned: list[str]) -> None:
    reading = await ReadSession.of(write_log(tmp_path / "logs", [event()]))
    request = ExportRequest(reading.session.sources, str(tmp_path / "out"), ("json", "csv"))
    try:
        said = await events_of(reading.session.export(request))
        assert planned == ["json", "csv"]
        planned.clear()
        await events_of(reading.session.export(plan_output(replace(request, overwrite=True))))
        assert planned == ["json", "csv"]
        planned.clear()
        await reading.session.preflight(request)
        assert planned == ["json", "csv"]
    finally:
        await reading.session.close()
    assert len([item for item in said if isinstance(item, FileWritten)]) == 2


async def test_that_an_export_writes_the_files_of_its_plan(tmp_path: Path) -> None:
    reading = await ReadSession.of(write_log(tmp_path / "logs", [event()]))
    plan = plan_output(ExportRequest(reading.session.sources, str(tmp_path / "out"), ("jsonl",)))
    elsewhere = replace(plan, files=(replace(plan.files[0], path=tmp_path / "other.jsonl"),))
    try:
        await events_of(reading.session.export(elsewhere))
    finally:
        await reading.session.close()
    assert {path.name for path in tmp_path.glob("*.jsonl")} == {"other.jsonl"}
