"""The program as a process of its own: its command line, its window without a screen, or a script that imports it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from shannon_core.request.export_request import ExportFormat

COMMAND_LINE = (sys.executable, "-m", "shannon_core.cli")
WINDOW = (sys.executable, "-m", "shannon_gui.app")
WALKTHROUGH = (sys.executable, "-m", "shannon_gui.selftest.walkthrough")


def python(code: str, *arguments: object) -> tuple[str, ...]:
    """The command that runs this code."""
    return (sys.executable, "-c", code, *map(str, arguments))


def export_command(logs: Path, target: Path, wanted: ExportFormat, *words: str) -> tuple[str, ...]:
    """The command that exports the logs' events only, and replaces the target."""
    files = (str(logs), f"--output={target}", f"--format={wanted}")
    return (*COMMAND_LINE, *files, "--force", "--no-aggregations", "--no-reports", *words)


def python_path(*first: Path) -> str:
    """PYTHONPATH of a process that imports what the tests import; these folders come before all others."""
    return os.pathsep.join(filter(None, [*map(str, first), *sys.path]))


def environment(**changes: str) -> dict[str, str]:
    """The environment of a process that imports what the tests import; it has no screen, and writes no byte code."""
    own = {"PYTHONPATH": python_path(), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONWARNINGS": "error"}
    return {**os.environ, **own, "QT_QPA_PLATFORM": "offscreen", **changes}


def run(
    words: Sequence[object], *, timeout: float = 100, check: bool = False, **changes: str
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; ``changes`` are further variables of its environment."""
    return subprocess.run(
        [*map(str, words)],
        capture_output=True,
        text=True,
        timeout=timeout,
        check=check,
        env=environment(**changes),
    )


def start(words: Sequence[object], **options: Any) -> subprocess.Popen[str]:
    """Start a command with pipes to its input and from its outputs; use it as a context, or end it."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([*map(str, words)], text=True, env=environment(), **{**pipes, **options})
