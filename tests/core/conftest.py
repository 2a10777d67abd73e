"""Tests of the core: real files in, a real store, real files out."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.log_files import write_log
from harness.records.shannon import event
from harness.workbench import Workbench


@pytest.fixture(scope="module")
def bench() -> Iterator[Workbench]:
    """A store of its own for the tests of a module; each reading forgets the files of the one before."""
    with Workbench.open() as workbench:
        yield workbench


@pytest.fixture
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own, for tests of kept stores and of part files."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


@pytest.fixture
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


@pytest.fixture(scope="session")
def real_logs(project_root: Path) -> Path:
    """Real logs, and totals that others counted on them, beside the checkout; without them the tests that want them are
    skipped."""
    folder = project_root.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("there are no real logs beside the checkout (../shared/data)")
    return folder


@pytest.fixture(scope="session")
def corpora(real_logs: Path) -> Path:
    """Public test corpora that lie beside the checkout."""
    return real_logs / "corpora"
