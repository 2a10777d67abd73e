"""Which modules may import which, and what is imported at the start."""

from pathlib import Path

import pytest

from harness.program import python, run


@pytest.mark.parametrize("module", ["shannon_core", "shannon_core.cli"])
def test_that_the_core_is_imported_without_qt(module: str) -> None:
    script = f"import sys, {module}; print(*sys.modules, sep='\\n')"
    loaded = set(run(python(script), check=True).stdout.splitlines())
    assert module in loaded
    assert loaded.isdisjoint({"PySide6", "shiboken6", "qasync", "shannon_gui"})


def test_that_the_import_contracts_hold(project_root: Path) -> None:
    script = """
import os, sys
from importlinter.cli import lint_imports
os.chdir(sys.argv[1])
sys.exit(lint_imports(no_cache=True))
"""
    done = run(python(script, project_root))
    assert done.returncode == 0, done.stdout + done.stderr


WINDOW = """
import sys
from PySide6.QtCore import QSettings
from shannon_gui import composition as app, eventloop
from shannon_gui.storage.settings import Settings
from shannon_gui.appearance.theme import Theme

application = app.make_application()
settings = Settings(QSettings(sys.argv[1], QSettings.Format.IniFormat))

async def live():
    window, owner = app.make_window(Theme(application), settings, zone="UTC")
    window.show()
    window.grab()
    print(*sys.modules, sep="\\n")
    window.close()
    await owner.close()
    return 0

sys.exit(eventloop.run(application, live))
"""


def test_that_the_window_is_painted_without_the_engine(tmp_path: Path) -> None:
    loaded = set(run(python(WINDOW, tmp_path / "settings.ini"), check=True).stdout.splitlines())
    assert "shannon_gui.windows.main_window" in loaded
    assert loaded.isdisjoint({"duckdb", "pyarrow", "numpy", "openpyxl", "jinja2", "pyqtgraph"})


def test_that_a_preview_imports_no_writer_of_workbooks_and_no_report(tmp_path: Path) -> None:
    event = '{"id":"1","timestamp":"2026-01-01T00:00:00Z","type":"tool_use","data":{}}\n'
    (tmp_path / "events.jsonl").write_text(event)
    arguments = [str(tmp_path), "--preview", "1", "--no-cache"]
    script = (
        f"import sys; from shannon_core.cli import main; main({arguments!r}); print(*sys.modules, sep='\\n')"
    )
    loaded = set(run(python(script), check=True).stdout.splitlines())
    assert "duckdb" in loaded
    assert loaded.isdisjoint(
        {"openpyxl", "jinja2", "shannon_core.export.size_estimate", "shannon_core.export.run"}
    )
