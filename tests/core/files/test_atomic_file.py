"""Whatever happens to an export, its target is absent, as it was, or complete, and nothing else in the folder changed."""

from __future__ import annotations

import errno
import itertools
import json
import os
import resource
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from harness.disks import mounted_disk
from harness.faults import OLD, by_format, target_in
from harness.jobs import Recorder, error_of
from harness.log_files import write_log
from harness.privileges import grant_access, needs_root, without_privileges
from harness.records.shannon import event
from harness.workbench import Workbench
from shannon_core.errors import JobCancelled, TargetError
from shannon_core.files import abandoned_parts
from shannon_core.files.app_paths import part_notes_folder
from shannon_core.files.atomic_file import AtomicFile
from shannon_core.jobs.progress import FileFailed, FileWritten
from shannon_core.request.export_request import ExportFormat


@pytest.fixture(autouse=True)
def rendered_ahead(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Several slices, so that a thread renders them ahead, which must not outlive the export."""
    monkeypatch.setattr("shannon_core.export.snapshot.SLICE_ROWS", 100)
    yield
    assert all(thread.name != "shannon-read" for thread in threading.enumerate())


@pytest.fixture
def filled(bench: Workbench, tmp_path: Path) -> Workbench:
    """Some events to export."""
    write_log(tmp_path / "logs", [event(n, data={"pad": f"{n}" * 50}) for n in range(300)])
    bench.read(tmp_path / "logs")
    return bench


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A target folder that holds other files."""
    folder = tmp_path / "target"
    folder.mkdir()
    (folder / "tmp_out.csv").write_bytes(b"another program's")
    (folder / ".out.json.0123456789ab.part").write_bytes(b"a stranger's part")
    return folder


def content(folder: Path) -> dict[str, bytes]:
    """Every file of the folder with what it holds."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


class CancelledAt(Recorder):
    """A job that is cancelled when the work looks for the n-th time whether it should go on."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.looks = 0
        check = self.control.check

        def counted() -> None:
            self.looks += 1
            if self.looks >= number:
                self.control.cancel()
            check()

        self.control.check = counted  # type: ignore[method-assign]


@by_format
def test_that_a_cancel_at_any_step_leaves_everything_as_it_was(
    filled: Workbench, folder: Path, wanted: ExportFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shannon_core.export.snapshot.BATCH_ROWS", 100)
    target = target_in(folder, wanted)
    before = content(folder)
    for step in itertools.count(1):
        assert step < 100, "the export ends"
        try:
            filled.export(target, wanted, recorder=CancelledAt(step))
        except JobCancelled:
            assert content(folder) == before
            assert not any(part_notes_folder().glob("*"))
        else:
            break
    assert step > 3
    assert content(folder)[target.name] != OLD


@by_format
@pytest.mark.parametrize("error", [RuntimeError("a bug"), KeyboardInterrupt(), MemoryError()], ids=repr)
def test_that_whatever_goes_wrong_in_a_writer_leaves_everything_as_it_was(
    filled: Workbench,
    folder: Path,
    wanted: ExportFormat,
    error: BaseException,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise error

    target = target_in(folder, wanted)
    before = content(folder)
    monkeypatch.setattr("shannon_core.export.run._RowProgress.add", fail)
    with pytest.raises(type(error)):
        filled.export(target, wanted)
    assert content(folder) == before


@contextmanager
def file_size_limit(size: int) -> Iterator[None]:
    """No file may grow beyond this size, for the time of the block."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)


@by_format
def test_that_a_limit_of_file_sizes_is_a_clear_error(
    filled: Workbench, folder: Path, wanted: ExportFormat
) -> None:
    target = target_in(folder, wanted)
    before = content(folder)
    with file_size_limit(2_000), pytest.raises(TargetError, match="There is no room to write"):
        filled.export(target, wanted)
    assert content(folder) == before


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 kB with an old file on it."""
    with mounted_disk(tmp_path, "64k") as disk:
        yield disk


@by_format
def test_that_a_full_disk_is_a_clear_error_and_keeps_the_old_file(
    bench: Workbench, tmp_path: Path, small_disk: Path, wanted: ExportFormat
) -> None:
    write_log(tmp_path / "logs", [event(n, data={"pad": os.urandom(100).hex()}) for n in range(2_000)])
    bench.read(tmp_path / "logs")
    target = target_in(small_disk, wanted)
    error = error_of(TargetError, lambda: bench.export(target, wanted))
    assert error.title == f"There is no room to write {target}."
    assert error.hint == "Free some space, or choose another disk."
    assert content(small_disk) == {target.name: OLD}


def test_that_a_file_that_does_not_fit_after_all_keeps_no_other_from_being_written(
    bench: Workbench, tmp_path: Path, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "shannon_core.export.run.require_room", lambda *_asked: None
    )  # as if the disk filled since
    write_log(tmp_path / "logs", [event(n, data={"pad": "x" * 100}) for n in range(1_000)])
    bench.read(tmp_path / "logs")
    recorder = Recorder()
    bench.export(small_disk, ExportFormat.JSON, ExportFormat.PARQUET, recorder=recorder)
    assert [item.format for item in recorder.of(FileFailed)] == [ExportFormat.JSON]
    assert [item.format for item in recorder.of(FileWritten)] == [ExportFormat.PARQUET]
    assert list(content(small_disk)) == ["export.parquet"]


@by_format
def test_that_an_existing_file_is_kept_unless_replacing_was_allowed(
    filled: Workbench, folder: Path, wanted: ExportFormat
) -> None:
    target = target_in(folder, wanted)
    before = content(folder)
    error = error_of(TargetError, lambda: filled.export(target, wanted, overwrite=False))
    assert str(target) in error.message
    assert content(folder) == before


@by_format
def test_that_a_file_that_appears_meanwhile_is_kept(
    filled: Workbench, folder: Path, wanted: ExportFormat
) -> None:
    target = target_in(folder, wanted, standing=False)
    recorder = Recorder()
    recorder.control.emit = lambda event: target.write_bytes(OLD) and None
    with pytest.raises(TargetError, match="already"):
        filled.export(target, wanted, overwrite=False, recorder=recorder)
    assert content(folder)[target.name] == OLD
    assert len(content(folder)) == 3


def test_that_nothing_is_written_when_one_of_several_targets_stands(filled: Workbench, folder: Path) -> None:
    target_in(folder, ExportFormat.JSONL)
    before = content(folder)
    with pytest.raises(TargetError, match="already"):
        filled.export(folder / "out", ExportFormat.JSON, ExportFormat.JSONL, overwrite=False)
    assert content(folder) == before


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
def test_that_a_link_stays_a_link_and_its_file_gets_the_content(
    filled: Workbench, folder: Path, tmp_path: Path, standing: bool
) -> None:
    elsewhere = tmp_path / "elsewhere.csv"
    if standing:
        elsewhere.write_bytes(OLD)
    (folder / "out.csv").symlink_to(elsewhere)
    filled.export(folder / "out.csv", ExportFormat.CSV)
    assert (folder / "out.csv").is_symlink()
    assert elsewhere.read_bytes().startswith(b"id,timestamp")


def test_that_a_hard_link_keeps_the_old_content(filled: Workbench, folder: Path) -> None:
    target = target_in(folder, ExportFormat.CSV)
    (folder / "linked").hardlink_to(target)
    filled.export(target, ExportFormat.CSV)
    assert (folder / "linked").read_bytes() == OLD


@needs_root()
def test_that_a_folder_that_cannot_be_written_is_a_clear_error(filled: Workbench, folder: Path) -> None:
    grant_access(folder)
    before = content(folder)
    with without_privileges():
        error = error_of(TargetError, lambda: filled.export(folder / "out.csv", ExportFormat.CSV))
    assert error.message == "Permission denied"
    assert content(folder) == before


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


@needs_root()
def test_that_a_cache_without_room_for_notes_does_not_prevent_writing(
    own_cache: Path, tmp_path: Path
) -> None:
    grant_access(tmp_path)
    tmp_path.chmod(0o777)
    own_cache.chmod(0o555)
    grant_access(own_cache)
    with without_privileges(), AtomicFile(tmp_path / "out", overwrite=False) as file:
        file.write(b"x")
    assert (tmp_path / "out").read_bytes() == b"x"


@pytest.mark.parametrize(
    "pieces", [[b""], [b"a", b"bc"], [b"x" * 100_000] * 3, [memoryview(b"view"), bytearray(b"array")]]
)
def test_that_every_byte_is_written(tmp_path: Path, pieces: list[bytes]) -> None:
    with AtomicFile(tmp_path / "out", overwrite=False) as file:
        assert [file.write(piece) for piece in pieces] == [len(piece) for piece in pieces]
    assert (tmp_path / "out").read_bytes() == b"".join(pieces)


def test_that_a_system_that_takes_few_bytes_at_a_time_gets_all_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr("shannon_core.files.atomic_file.os.write", lambda fd, view: write(fd, view[:7]))
    with AtomicFile(tmp_path / "out", overwrite=False) as file:
        file.write(b"0123456789" * 10)
    assert (tmp_path / "out").read_bytes() == b"0123456789" * 10


def test_that_patched_and_truncated_bytes_are_as_they_should(tmp_path: Path) -> None:
    with AtomicFile(tmp_path / "out", overwrite=False) as file:
        file.write(b"????content")
        file.patch(0, b"HEAD")
        file.write(b" and a tail")
        file.truncate(len(b"HEADcontent"))
        file.write(b"!")
        assert file.tell() == len(b"HEADcontent!")
    assert (tmp_path / "out").read_bytes() == b"HEADcontent!"


def test_that_a_file_that_is_not_what_was_written_never_takes_its_place(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.write_bytes(OLD)
    with (
        pytest.raises(TargetError, match="not written correctly"),
        AtomicFile(target, overwrite=True) as file,
    ):
        file.write(b"new")
        (part,) = tmp_path.glob(".*.part")
        part.write_bytes(b"nex")
    assert content(tmp_path) == {"out": OLD}
