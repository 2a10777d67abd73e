"""Tests of the whole program: the real window over real folders with the real core."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "gui"))

from window_fixtures import *  # noqa: F403 – fixtures are shared with tests/gui, which is no package either


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An empty folder for what is exported."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder
