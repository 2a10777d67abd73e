"""Small files as a whole: jobs, presets, the history, reports, pictures.

Coroutines leave the event loop free meanwhile.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from shannon_core.files.atomic_file import AtomicFile

LARGEST_JOB = 16 << 20
"""Bytes that are read of a job file: room for some 400,000 event ids, and an end for a file chosen by mistake."""


async def read_small(path: Path, most_bytes: int) -> bytes:
    """The file's first ``most_bytes``; OSError where it cannot be read."""
    import aiofiles  # takes 10 ms, and most runs read no job

    async with aiofiles.open(path, "rb") as file:
        return await file.read(most_bytes)


async def write_whole(path: Path, content: bytes, *, overwrite: bool = True) -> None:
    """Put a file with this content in place, or leave the place as it was; TargetError says why.

    In a thread of its own: aiofiles has no file that appears whole or not at all.
    """
    await asyncio.to_thread(_write, path, content, overwrite)


def _write(path: Path, content: bytes, overwrite: bool) -> None:
    with AtomicFile(path, overwrite=overwrite) as file:
        file.write(content)
