"""Part files of killed processes: removed at the next export, and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from harness.faults import OLD
from harness.jobs import Recorder
from harness.workbench import Workbench
from shannon_core.files import abandoned_parts
from shannon_core.files.app_paths import part_notes_folder
from shannon_core.request.export_request import ExportFormat

pytestmark = pytest.mark.usefixtures("rendered_ahead")


def dead_process() -> int:
    """The number of a process that is gone."""
    with subprocess.Popen(["true"]) as process:
        process.wait()
    return process.pid


def note_of(process: int, part: Path) -> Path:
    """A note as a process leaves it that is killed."""
    status = part.lstat()
    note = part_notes_folder() / f"{process}-{part.name.encode().hex()[:12]}.json"
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(json.dumps({"part": str(part), "device": status.st_dev, "inode": status.st_ino}))
    return note


@pytest.fixture
def part(folder: Path, own_cache: Path) -> Path:
    """A part file."""
    part = folder / ".out.csv.aaaaaaaaaaaa.part"
    part.write_bytes(b"half")
    return part


def test_that_the_part_of_a_killed_process_is_removed_at_the_next_export(
    filled: Workbench, folder: Path, part: Path
) -> None:
    note = note_of(dead_process(), part)
    recorder = Recorder()
    filled.export(folder / "other.csv", ExportFormat.CSV, recorder=recorder)
    assert not part.exists()
    assert not note.exists()
    assert (folder / ".out.json.0123456789ab.part").exists()


def test_that_the_part_of_a_running_process_is_kept(part: Path) -> None:
    note = note_of(os.getppid(), part)
    assert abandoned_parts.remove_abandoned() == []
    assert part.exists()
    assert note.exists()


@pytest.mark.parametrize("change", ["replaced", "a link", "another name"])
def test_that_only_the_very_part_that_was_noted_is_removed(folder: Path, part: Path, change: str) -> None:
    precious = folder / "precious"
    precious.write_bytes(OLD)
    note = note_of(dead_process(), part)
    match change:
        case "replaced":
            (folder / "new").write_bytes(OLD)
            (folder / "new").replace(part)
        case "a link":
            part.unlink()
            part.symlink_to(precious)
        case _:
            status = precious.lstat()
            note.write_text(
                json.dumps({"part": str(precious), "device": status.st_dev, "inode": status.st_ino})
            )
    assert abandoned_parts.remove_abandoned() == []
    assert precious.read_bytes() == OLD
    assert not note.exists()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"part": 5, "device": 1, "inode": 1}', '{"part": "\\u0000"}']
)
def test_that_a_damaged_note_is_dropped(own_cache: Path, text: str) -> None:
    note = part_notes_folder() / f"{dead_process()}-000000000000.json"
    note.parent.mkdir(parents=True)
    note.write_text(text)
    assert abandoned_parts.remove_abandoned() == []
    assert not note.exists()


def test_that_a_file_that_is_no_note_is_left_alone(own_cache: Path) -> None:
    stray = part_notes_folder() / "my-own.json"
    stray.parent.mkdir(parents=True)
    stray.write_text("{}")
    assert abandoned_parts.remove_abandoned() == []
    assert stray.exists()
