"""Tests of the whole program: the real window over real folders with the real core."""

from pathlib import Path

import pytest

from harness.window import *  # noqa: F403 – its fixtures, of which some are used by every test


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An empty folder for what is exported."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder
