"""The n-th file that an export opens cannot be opened, for every n until a run is clean: the target is old or
complete."""

from __future__ import annotations

import errno
import itertools
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from harness.jobs import Recorder
from harness.log_files import write_log
from harness.records.shannon import event
from harness.workbench import ALL_FORMATS, Workbench
from shannon_core.errors import ShannonError
from shannon_core.jobs.progress import Notice
from shannon_core.request.export_request import ExportFormat
from shannon_core.request.format_specs import format_spec

OLD = b"what stood there before"


class _Refusal:
    """Refuses the n-th opening below a folder; Python announces each before it happens (PEP 578), and a hook cannot be
    removed."""

    def __init__(self) -> None:
        self.folder = ""
        self.left = 0
        sys.addaudithook(self._on_event)

    def _on_event(self, name: str, arguments: tuple[object, ...]) -> None:
        if self.left and name == "open" and self._is_below(arguments[0]):
            self.left -= 1
            if not self.left:
                raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    def _is_below(self, path: object) -> bool:
        return isinstance(path, str | bytes | os.PathLike) and os.fsdecode(path).startswith(self.folder)


_REFUSAL = _Refusal()


@contextmanager
def refused(number: int, folder: Path) -> Iterator[None]:
    """Let the n-th opening of a file of this folder, or of the folder itself, fail."""
    _REFUSAL.folder, _REFUSAL.left = str(folder), number
    try:
        yield
    finally:
        _REFUSAL.left = 0


def error_of(work: Callable[[], object]) -> str:
    """The message of the error that the work raises; empty where it raises none."""
    try:
        work()
    except ShannonError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("wanted", ALL_FORMATS, ids=str)
def test_that_the_target_is_old_or_whole_whichever_file_cannot_be_opened(
    bench: Workbench, tmp_path: Path, wanted: ExportFormat
) -> None:
    write_log(tmp_path / "logs", [event(n) for n in range(20)])
    bench.read(tmp_path / "logs")
    target = tmp_path / "target" / f"out{format_spec(wanted).suffix}"
    target.parent.mkdir()
    errors = []
    for number in itertools.count(1):
        target.write_bytes(OLD)
        with refused(number, target.parent):
            error = error_of(lambda: bench.export(target, wanted))
            was_reached = not _REFUSAL.left
        errors.append(error)
        assert (target.read_bytes() == OLD) == bool(error)
        assert [path.name for path in target.parent.iterdir()] == [target.name]
        if not was_reached:
            break
    assert any(os.strerror(errno.EMFILE) in error for error in errors)
    assert not errors[-1]


def test_that_a_file_whose_name_may_not_be_durable_is_written_with_a_notice(
    bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fsync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    bench.read(write_log(tmp_path / "logs", [event()]))
    monkeypatch.setattr("shannon_core.files.atomic_file.os.fsync", fsync)
    recorder = Recorder()
    (path,) = bench.export(tmp_path / "out.jsonl", ExportFormat.JSONL, recorder=recorder)
    assert len(path.read_bytes().splitlines()) == 2
    (notice,) = recorder.of(Notice)
    assert notice.level == "warning"
    assert notice.text.endswith("could still undo its name (Input/output error).")
