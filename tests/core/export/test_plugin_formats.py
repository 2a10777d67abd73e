"""Formats that an installed package adds: exported through the real command line, read back, and named where broken."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.program import COMMAND_LINE, python_path, run
from shannon_core.errors import RequestError
from shannon_core.export.read_back import event_ids
from shannon_core.request.export_request import ExportRequest
from shannon_core.request.format_specs import FORMATS, format_spec
from shannon_core.request.output_files import plan_output

Command = Callable[..., subprocess.CompletedProcess[str]]
IDS = [f"e{number}" for number in range(5)]


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    folder = tmp_path / "logs"
    folder.mkdir()
    lines = [
        json.dumps(
            {"id": id_, "timestamp": f"2026-01-02T03:04:0{number}Z", "type": "tool_use", "user_id": "a\tb"}
        )
        for number, id_ in enumerate(IDS)
    ]
    (folder / "log.jsonl").write_text("\n".join(lines) + "\n")
    return folder


@pytest.fixture
def command(plugin_folder: Path) -> Command:
    """Runs the command line where the example package is installed."""

    def _run(*words: str | Path) -> subprocess.CompletedProcess[str]:
        more = ("--no-cache", "--progress=plain")
        return run([*COMMAND_LINE, *words, *more], PYTHONPATH=python_path(plugin_folder))

    return _run


@pytest.mark.usefixtures("installed_plugin")
def test_that_a_format_of_a_package_is_exported_by_the_ending_of_the_target(
    command: Command, logs: Path, tmp_path: Path
) -> None:
    done = command(logs, "-o", tmp_path / "out.tsv")
    assert done.returncode == 0, done.stderr
    assert event_ids(format_spec("tsv"), tmp_path / "out.tsv") == IDS
    assert "altered: 5 × separator" in done.stdout


@pytest.mark.usefixtures("installed_plugin")
def test_that_a_format_of_a_package_is_exported_beside_a_built_in_one(
    command: Command, logs: Path, tmp_path: Path
) -> None:
    done = command(logs, "-o", tmp_path / "out", "--format", "tsv", "--format", "jsonl", "--compress")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in tmp_path.glob("out*")) == ["out.jsonl.gz", "out.tsv.gz"]


def test_that_a_broken_format_is_named_and_the_others_are_used(
    command: Command, logs: Path, tmp_path: Path
) -> None:
    done = command(logs, "-o", tmp_path / "out.tsv")
    assert done.returncode == 0
    assert "The entry point broken-format of shannon-plugin-example cannot be used" in done.stderr


def test_that_choosing_a_broken_format_is_a_wrong_argument_that_says_why(
    command: Command, logs: Path, tmp_path: Path
) -> None:
    done = command(logs, "-o", tmp_path / "out", "--format", "broken-format")
    assert done.returncode == 2
    assert "broken-format" in done.stderr
    assert "ModuleNotFoundError" in done.stderr


def test_that_help_names_the_built_in_formats_only(command: Command) -> None:
    done = command("--help")
    assert "tsv" not in done.stdout
    assert "{json,csv,jsonl,parquet,excel,zip}" in done.stdout.replace("\n", "").replace(" ", "")


@pytest.mark.usefixtures("installed_plugin")
def test_that_a_request_takes_the_id_of_a_format_of_a_package_and_survives_a_job_file() -> None:
    request = ExportRequest(("logs",), "out", ("tsv",))
    assert ExportRequest.from_json(request.to_json()) == request
    assert [path.name for path in plan_output(request).paths] == ["out.tsv"]


def test_that_an_unknown_id_is_refused_with_the_known_ones() -> None:
    with pytest.raises(RequestError) as caught:
        ExportRequest(("logs",), "out", ("nothing",))
    assert all(id_ in str(caught.value) for id_ in FORMATS.built_in_ids)
