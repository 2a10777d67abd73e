"""The temporary folder of a store goes with its process, however that ends."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from harness.program import python, start
from shannon_core.files.temp_folder import TempFolder, remove_abandoned
from shannon_core.store.database import Store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such locks there")

HOLDER = """
import sys
from shannon_core.store.database import Store
store = Store.open(["x"], keep=False)
print(store.path.parent, flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def own_temporary_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Nothing else is in it."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def holding() -> tuple[subprocess.Popen[str], Path]:
    """Another process with a temporary store, and its folder."""
    process = start(python(HOLDER))
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_that_the_folder_of_a_killed_process_goes_at_the_next_start_and_not_before() -> None:
    process, folder = holding()
    try:
        Store.open(["y"], keep=False).close()
        assert (folder / "events.duckdb").exists()
    finally:
        end(process)
    assert (folder / "events.duckdb").exists()
    Store.open(["y"], keep=False).close()
    assert not folder.exists()


def test_that_a_store_of_this_process_is_not_swept(tmp_path: Path) -> None:
    store = Store.open(["x"], keep=False)
    remove_abandoned()
    assert store.connection().sql("SELECT count(*) FROM events").fetchall() == [(0,)]
    store.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("change", ["no lock", "others may look", "another name", "a link"])
def test_that_what_is_not_surely_a_dead_store_of_ours_is_left_alone(tmp_path: Path, change: str) -> None:
    process, folder = holding()
    end(process)
    match change:
        case "no lock":
            (folder / "alive.lock").unlink()
        case "others may look":
            folder.chmod(0o755)
        case "another name":
            folder = folder.rename(tmp_path / "something-else")
        case _:
            target = folder.rename(tmp_path / "something-else")
            folder.symlink_to(target)
    remove_abandoned()
    assert (folder / "events.duckdb").exists()


def test_that_a_folder_is_private_and_removed_whole(tmp_path: Path) -> None:
    scratch = TempFolder()
    assert stat.S_IMODE(scratch.path.stat().st_mode) == 0o700
    (scratch.path / "spill").mkdir()
    scratch.remove()
    assert list(tmp_path.iterdir()) == []
