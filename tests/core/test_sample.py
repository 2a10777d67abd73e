"""The sample events are what their generator makes, and hold what the program has to show."""

import gzip
import json
from collections import Counter
from datetime import datetime

import make_sample
from shannon_resources import sample_folder

EVENT_TYPES = {
    "session_start",
    "session_end",
    "tool_use",
    "agent_execution",
    "checkpoint_created",
    "hook_triggered",
    "command_executed",
    "error_occurred",
    "token_usage",
    "performance",
}


def plain(name: str, content: bytes) -> bytes:
    """The lines of a file; a gzip member's own bytes depend on the zlib that made it."""
    return gzip.decompress(content) if name.endswith(".gz") else content


def shipped() -> dict[str, bytes]:
    """The files of the sample as they are shipped."""
    folder = sample_folder()
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): plain(path.name, path.read_bytes()) for path in files}


def test_that_the_generator_makes_the_shipped_files_byte_for_byte() -> None:
    assert shipped() == {name: plain(name, content) for name, content in make_sample.sample_files().items()}


def test_that_the_compressed_file_has_no_time_of_its_own() -> None:
    (packed,) = sample_folder().rglob("*.gz")
    assert packed.read_bytes()[4:8] == bytes(4)


def test_that_exactly_two_lines_cannot_be_read() -> None:
    unreadable = []
    for line in b"".join(shipped().values()).decode().splitlines():
        try:
            datetime.fromisoformat(json.loads(line)["timestamp"])
        except ValueError as error:
            unreadable.append(type(error))
    assert Counter(unreadable) == {json.JSONDecodeError: 1, ValueError: 1}


def test_that_every_type_of_event_occurs() -> None:
    assert {event["type"] for event in make_sample.all_events()} == EVENT_TYPES
