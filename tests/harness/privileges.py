"""Running a part of a test without the privileges of root, which may read and write everything."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

UNPRIVILEGED_USER = 65534
"""The user id of ``nobody`` on Linux."""


@contextmanager
def without_privileges() -> Iterator[None]:
    """Run the block with the rights of an unprivileged user; changes nothing where the tests have no more."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(UNPRIVILEGED_USER)
    try:
        yield
    finally:
        os.seteuid(0)


def grant_access(folder: Path) -> None:
    """Let unprivileged users reach a folder of pytest, which only the user of the tests may enter."""
    for item in (folder, *folder.parents):
        if item.stat().st_uid == os.getuid() and item.stat().st_mode & 0o005 != 0o005:
            item.chmod(item.stat().st_mode | 0o055)


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
"""For tests that take rights away or mount a small disk."""
