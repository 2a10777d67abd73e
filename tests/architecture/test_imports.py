"""Who may import whom."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("module", ["shannon_core", "shannon_core.cli"])
def test_that_the_core_is_imported_without_qt(module: str) -> None:
    script = f"import sys, {module}; print(*sys.modules, sep='\\n')"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.splitlines())
    assert module in loaded
    assert loaded.isdisjoint({"PySide6", "shiboken6", "qasync", "shannon_gui"})


def test_that_the_import_contracts_hold(project_root: Path) -> None:
    script = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    lint = [sys.executable, "-c", script]
    run = subprocess.run(lint, cwd=project_root, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
