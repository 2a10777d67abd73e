"""The program as a process: it starts, shows its window, walks through it, and ends with a clean exit code."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.program import WALKTHROUGH, WINDOW, python, python_path, run
from shannon_gui.selftest.check import SelfTestFailed, check
from shannon_gui.selftest.walkthrough import Walked


def test_that_the_walk_writes_six_files_and_its_pictures(tmp_path: Path) -> None:
    done = run([*WALKTHROUGH, tmp_path])
    assert done.returncode == 0, done.stdout + done.stderr
    written = {path.name for path in tmp_path.iterdir() if path.is_file() and path.stat().st_size}
    assert written == {
        "usage.json",
        "usage_csv.zip",
        "usage.jsonl",
        "usage.parquet",
        "usage.xlsx",
        "usage.zip",
    }
    assert len(list((tmp_path / "pictures").glob("*.png"))) == 10


def test_that_the_program_tells_its_version() -> None:
    done = run([*WINDOW, "--version"])
    assert done.returncode == 0
    assert done.stdout.startswith("shannon-exporter ")


def test_that_the_window_opens_its_sources_and_closes_with_exit_code_zero(tmp_path: Path) -> None:
    script = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from shannon_gui import app
from shannon_gui.windows.main_window import MainWindow

def look():
    for window in QApplication.topLevelWidgets():
        if isinstance(window, MainWindow) and window.isVisible() and window.panels.preview.overall():
            print(window.panels.preview.figures())
            window.close()

make = app.make_application
def with_timer(*language):
    made = make(*language)
    made.timer = QTimer(interval=20)
    made.timer.timeout.connect(look)
    made.timer.start()
    return made
app.make_application = with_timer
sys.exit(app.main(["--sample"]))
"""
    done = run(python(script))
    assert done.returncode == 0, done.stderr
    assert " events · " in done.stdout


@pytest.fixture(scope="module")
def self_tested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a self-test that went well."""
    folder = tmp_path_factory.mktemp("self-test")
    done = run([*WINDOW, "--self-test", folder])
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture
def walked(self_tested: Path, tmp_path: Path) -> Walked:
    """A copy of what the self-test walked over, to be spoilt."""
    names = ("usage.json", "usage_csv.zip", "usage.jsonl", "usage.parquet", "usage.xlsx", "usage.zip")
    paths = tuple(str(shutil.copy(self_tested / name, tmp_path)) for name in names)
    formats = ("json", "csv", "jsonl", "parquet", "excel", "zip")
    return Walked(formats, paths, len((tmp_path / "usage.jsonl").read_bytes().splitlines()) - 1)


def cut_last_line(path: Path) -> None:
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


def swap_two_lines(path: Path) -> None:
    first, second, third, *rest = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([first, third, second, *rest]))


def cut_in_half(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def flip_a_byte_of_the_content(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[200] ^= 0xFF
    path.write_bytes(content)


def test_that_the_self_test_reads_back_six_formats_and_leaves_a_report(self_tested: Path) -> None:
    first, *formats, last = (self_tested / "self-test.txt").read_text(encoding="utf-8").splitlines()
    assert first.startswith("shannon-exporter ")
    assert {line.split(":")[0] for line in formats} == {"json", "csv", "jsonl", "parquet", "excel", "zip"}
    assert last == "All is well."


def test_that_the_self_test_checks_the_formats_of_packages_too(tmp_path: Path, plugin_folder: Path) -> None:
    done = run([*WINDOW, "--self-test", tmp_path], PYTHONPATH=python_path(plugin_folder))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "tsv: " in done.stdout
    assert (tmp_path / "usage.tsv").is_file()


def test_that_the_self_test_accepts_what_the_walk_left(walked: Walked) -> None:
    assert check(walked) == [
        f"{kind}: {walked.events:,} events" for kind in ("json", "csv", "jsonl", "parquet", "excel", "zip")
    ]


@pytest.mark.parametrize(
    ("name", "spoil", "reason"),
    [
        ("usage.json", cut_in_half, "usage.json cannot be read back"),
        ("usage_csv.zip", flip_a_byte_of_the_content, "usage_csv.zip cannot be read back"),
        ("usage.jsonl", cut_last_line, "jsonl holds .* events; the window showed"),
        ("usage.jsonl", swap_two_lines, "jsonl holds other events than json, or in another order"),
        ("usage.parquet", cut_in_half, "usage.parquet cannot be read back"),
        ("usage.xlsx", cut_in_half, "usage.xlsx cannot be read back"),
        ("usage.zip", Path.unlink, "usage.zip cannot be read back"),
    ],
)
def test_that_the_self_test_names_what_is_wrong(
    walked: Walked, name: str, spoil: Callable[[Path], None], reason: str
) -> None:
    spoil(Path(walked.paths[0]).with_name(name))
    with pytest.raises(SelfTestFailed, match=reason):
        check(walked)


def test_that_a_self_test_without_its_sample_fails_and_says_so(tmp_path: Path) -> None:
    script = f"""
import sys
from pathlib import Path
from shannon_gui import app, composition
from shannon_gui.selftest import walkthrough
walkthrough.PATIENCE_SECONDS = 3
composition.sample_folder = lambda: Path({str(tmp_path / "gone")!r})
sys.exit(app.main(["--self-test", {str(tmp_path / "out")!r}]))
"""
    done = run(python(script))
    assert done.returncode == 1
    assert "failed its test" in done.stderr
    assert "failed its test" in (tmp_path / "out" / "self-test.txt").read_text(encoding="utf-8")
