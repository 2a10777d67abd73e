"""The targets of exports: existing files, modes, links, folders and names of every kind."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.faults import OLD, by_format, content_of, target_in
from harness.jobs import Recorder, error_of
from harness.privileges import grant_access, needs_root, without_privileges
from harness.workbench import Workbench
from shannon_core.errors import TargetError
from shannon_core.request.export_request import ExportFormat

pytestmark = pytest.mark.usefixtures("rendered_ahead")


@by_format
def test_that_an_existing_file_is_kept_unless_replacing_was_allowed(
    filled: Workbench, folder: Path, wanted: ExportFormat
) -> None:
    target = target_in(folder, wanted)
    before = content_of(folder)
    error = error_of(TargetError, lambda: filled.export(target, wanted, overwrite=False))
    assert str(target) in error.message
    assert content_of(folder) == before


@by_format
def test_that_a_file_that_appears_meanwhile_is_kept(
    filled: Workbench, folder: Path, wanted: ExportFormat
) -> None:
    target = target_in(folder, wanted, standing=False)
    recorder = Recorder()
    recorder.control.emit = lambda event: target.write_bytes(OLD) and None
    with pytest.raises(TargetError, match="already"):
        filled.export(target, wanted, overwrite=False, recorder=recorder)
    assert content_of(folder)[target.name] == OLD
    assert len(content_of(folder)) == 3


def test_that_nothing_is_written_when_one_of_several_targets_stands(filled: Workbench, folder: Path) -> None:
    target_in(folder, ExportFormat.JSONL)
    before = content_of(folder)
    with pytest.raises(TargetError, match="already"):
        filled.export(folder / "out", ExportFormat.JSON, ExportFormat.JSONL, overwrite=False)
    assert content_of(folder) == before


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o664])
def test_that_a_replaced_file_keeps_its_mode(filled: Workbench, folder: Path, mode: int) -> None:
    target = target_in(folder, ExportFormat.CSV)
    target.chmod(mode)
    filled.export(target, ExportFormat.CSV)
    assert target.stat().st_mode & 0o777 == mode


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_that_a_new_file_is_private_whatever_the_umask(filled: Workbench, folder: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        (path,) = filled.export(folder / "new.csv", ExportFormat.CSV)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600


def a_folder(target: Path) -> None:
    target.mkdir()
    (target / "kept").write_bytes(b"")


def a_link_to(name: str) -> Callable[[Path], None]:
    return lambda target: target.symlink_to(name)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(os.mkfifo, id="a pipe"),
        pytest.param(a_link_to("/dev/null"), id="a link to a device"),
        pytest.param(a_link_to("out.csv"), id="a link to itself"),
        pytest.param(a_link_to("/nowhere/at/all"), id="a link into a folder that is not there"),
    ],
)
def test_that_what_is_no_file_is_never_replaced(
    filled: Workbench, folder: Path, make: Callable[[Path], None]
) -> None:
    target = folder / "out.csv"
    make(target)
    before = target.lstat()
    with pytest.raises(TargetError, match="cannot be written"):
        filled.export(target, ExportFormat.CSV)
    assert target.lstat() == before
    assert len(list(folder.iterdir())) == 3


def test_that_a_folder_as_target_takes_the_file_under_its_own_name(filled: Workbench, folder: Path) -> None:
    a_folder(folder / "sub.csv")
    assert filled.export(folder / "sub.csv", ExportFormat.CSV) == [folder / "sub.csv" / "export.csv"]


@pytest.mark.parametrize("standing", [True, False], ids=["a file", "a file to be"])
def test_that_a_link_stays_a_link_and_its_file_gets_the_content_of(
    filled: Workbench, folder: Path, tmp_path: Path, standing: bool
) -> None:
    elsewhere = tmp_path / "elsewhere.csv"
    if standing:
        elsewhere.write_bytes(OLD)
    (folder / "out.csv").symlink_to(elsewhere)
    filled.export(folder / "out.csv", ExportFormat.CSV)
    assert (folder / "out.csv").is_symlink()
    assert elsewhere.read_bytes().startswith(b"id,timestamp")


def test_that_a_hard_link_keeps_the_old_content_of(filled: Workbench, folder: Path) -> None:
    target = target_in(folder, ExportFormat.CSV)
    (folder / "linked").hardlink_to(target)
    filled.export(target, ExportFormat.CSV)
    assert (folder / "linked").read_bytes() == OLD


@needs_root
def test_that_a_folder_that_cannot_be_written_is_a_clear_error(filled: Workbench, folder: Path) -> None:
    grant_access(folder)
    before = content_of(folder)
    with without_privileges():
        error = error_of(TargetError, lambda: filled.export(folder / "out.csv", ExportFormat.CSV))
    assert error.message == "Permission denied"
    assert content_of(folder) == before


def test_that_a_file_where_a_folder_should_be_is_a_clear_error(filled: Workbench, folder: Path) -> None:
    with pytest.raises(TargetError, match="cannot be written"):
        filled.export(folder / "tmp_out.csv" / "out.csv", ExportFormat.CSV)


def test_that_a_folder_that_is_not_there_is_made(filled: Workbench, folder: Path) -> None:
    (path,) = filled.export(folder / "new" / "deep" / "out.csv", ExportFormat.CSV)
    assert path.read_bytes().startswith(b"id,timestamp")


def test_that_a_folder_that_vanishes_meanwhile_is_a_clear_error(filled: Workbench, folder: Path) -> None:
    recorder = Recorder()
    recorder.control.emit = lambda _: shutil.rmtree(folder, ignore_errors=True)
    with pytest.raises(TargetError, match="cannot be written"):
        filled.export(folder / "out.csv", ExportFormat.CSV, recorder=recorder)


@pytest.mark.parametrize(
    "stem",
    ["n" * 251, "é" * 125, "日" * 83, "😀" * 62, "-rf", "a b\nc", "'quoted'", ".hidden", "%s", "CON", "{}"],
    ids=repr,
)
def test_that_any_name_that_the_system_takes_can_be_written(
    filled: Workbench, folder: Path, stem: str
) -> None:
    (path,) = filled.export(folder / f"{stem}.csv", ExportFormat.CSV)
    assert path.name == f"{stem}.csv"
    assert len(list(folder.iterdir())) == 3


def test_that_a_name_that_is_no_utf_8_can_be_written(filled: Workbench, folder: Path) -> None:
    (path,) = filled.export(folder / os.fsdecode(b"n\xff.jsonl"), ExportFormat.JSONL)
    assert path.read_bytes().startswith(b'{"_metadata"')


def test_that_a_name_longer_than_the_system_takes_is_a_clear_error(filled: Workbench, folder: Path) -> None:
    error = error_of(TargetError, lambda: filled.export(folder / ("n" * 300 + ".csv"), ExportFormat.CSV))
    assert error.message == os.strerror(errno.ENAMETOOLONG)


def test_that_a_link_planted_at_a_part_s_name_is_not_followed(
    filled: Workbench, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.token_hex", lambda _: "0" * 12)
    victim = folder / "victim"
    victim.write_bytes(OLD)
    (folder / ".out.csv.000000000000.part").symlink_to(victim)
    with pytest.raises(TargetError):
        filled.export(folder / "out.csv", ExportFormat.CSV)
    assert victim.read_bytes() == OLD
