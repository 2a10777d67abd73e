"""Reads and writes small files (jobs, presets, the history, reports, pictures) without blocking the event loop."""

from __future__ import annotations

import asyncio
from pathlib import Path

from shannon_core.files.atomic_file import AtomicFile

MAX_JOB_BYTES = 16 << 20
"""Bytes that are read of a job file: room for some 400,000 event ids, and a limit for a file chosen by mistake."""


async def read_small(path: Path, max_bytes: int) -> bytes:
    """At most the first ``max_bytes`` of the file; OSError where it cannot be read."""
    import aiofiles  # takes 10 ms, and most runs read no job

    async with aiofiles.open(path, "rb") as file:
        return await file.read(max_bytes)


async def write_whole(path: Path, content: bytes, *, overwrite: bool = True) -> None:
    """Write a file with this content atomically. TargetError where that fails; the path is unchanged then.

    In a thread of its own: aiofiles has no atomic file.
    """
    await asyncio.to_thread(_write, path, content, overwrite)


def _write(path: Path, content: bytes, overwrite: bool) -> None:
    with AtomicFile(path, overwrite=overwrite) as file:
        file.write(content)
