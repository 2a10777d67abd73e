"""An export that is cancelled or fails leaves its target absent, as it was, or complete, and changes no other file."""

from __future__ import annotations

import itertools
import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from harness.disks import mounted_disk
from harness.faults import OLD, by_format, content_of, target_in
from harness.jobs import Recorder, error_of
from harness.log_files import write_log
from harness.records.shannon import event
from harness.workbench import Workbench
from shannon_core.errors import JobCancelled, TargetError
from shannon_core.files.app_paths import part_notes_folder
from shannon_core.jobs.progress import FileFailed, FileWritten
from shannon_core.request.export_request import ExportFormat

pytestmark = pytest.mark.usefixtures("rendered_ahead")


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
    monkeypatch.setattr("shannon_core.export.snapshot.RENDERED_BATCH_ROWS", 100)
    target = target_in(folder, wanted)
    before = content_of(folder)
    for step in itertools.count(1):
        assert step < 100, "the export ends"
        try:
            filled.export(target, wanted, recorder=CancelledAt(step))
        except JobCancelled:
            assert content_of(folder) == before
            assert not any(part_notes_folder().glob("*"))
        else:
            break
    assert step > 3
    assert content_of(folder)[target.name] != OLD


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
    before = content_of(folder)
    monkeypatch.setattr("shannon_core.export.run._RowProgress.add", fail)
    with pytest.raises(type(error)):
        filled.export(target, wanted)
    assert content_of(folder) == before


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
    before = content_of(folder)
    with file_size_limit(2_000), pytest.raises(TargetError, match="There is no room to write"):
        filled.export(target, wanted)
    assert content_of(folder) == before


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
    assert error.code in ("room_missing", "target_full"), "beforehand, or by the system"
    assert content_of(small_disk) == {target.name: OLD}


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
    assert list(content_of(small_disk)) == ["export.parquet"]
