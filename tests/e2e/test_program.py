"""The program as a process: it starts, shows its window, walks through it, and ends with a clean exit code."""

import os
import subprocess
import sys
from pathlib import Path

ENVIRONMENT = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONWARNINGS": "error"}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        timeout=100,
        check=False,
    )


def test_that_the_walk_writes_six_files_and_its_pictures(tmp_path: Path) -> None:
    done = run("-m", "shannon_gui.demo", str(tmp_path))
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
    done = run("-m", "shannon_gui.app", "--version")
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
def with_timer():
    made = make()
    made.timer = QTimer(interval=20)
    made.timer.timeout.connect(look)
    made.timer.start()
    return made
app.make_application = with_timer
sys.exit(app.main(["--sample"]))
"""
    done = run("-c", script)
    assert done.returncode == 0, done.stderr
    assert " events · " in done.stdout
