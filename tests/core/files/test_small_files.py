"""Small files, written whole or not at all and read up to a limit."""

from pathlib import Path

import pytest

from shannon_core.errors import TargetError
from shannon_core.files.small_files import read_small, write_whole


async def test_that_a_small_file_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    await write_whole(tmp_path / "job.json", b"first")
    await write_whole(tmp_path / "job.json", "\N{SNOWMAN}\r\n".encode())
    assert await read_small(tmp_path / "job.json", 100) == "\N{SNOWMAN}\r\n".encode()
    assert [path.name for path in tmp_path.iterdir()] == ["job.json"]


async def test_that_no_more_than_the_limit_is_read(tmp_path: Path) -> None:
    await write_whole(tmp_path / "job.json", b"0123456789")
    assert await read_small(tmp_path / "job.json", 4) == b"0123"


async def test_that_a_file_that_may_not_be_replaced_stays(tmp_path: Path) -> None:
    await write_whole(tmp_path / "job.json", b"first")
    with pytest.raises(TargetError):
        await write_whole(tmp_path / "job.json", b"second", overwrite=False)
    assert (tmp_path / "job.json").read_bytes() == b"first"
