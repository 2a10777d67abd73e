"""Golden files: the content that an export or a report must have, byte for byte."""

from __future__ import annotations

import os
from pathlib import Path


def assert_golden(found: str, golden: Path) -> None:
    """Compare with the golden file; ``UPDATE_GOLDEN=1`` writes it first, so that the difference shows in version
    control."""
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_bytes(found.encode())
    assert found == golden.read_bytes().decode()
