"""Records of Claude Code transcripts as a test writes them: small, one second apart, with the members that every
version has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from harness.log_files import append_lines, as_lines, write_log

SESSION = "5e55101a-0000-4000-8000-000000000001"
MODEL = "claude-opus-4-5-20251101"
Record = dict[str, Any]


def at(second: float) -> str:
    """The time that is this number of seconds after the begin of every test."""
    minutes, rest = divmod(second, 60)
    hours, minutes = divmod(int(minutes), 60)
    return f"2026-03-{1 + hours // 24:02}T{hours % 24:02}:{minutes:02}:{rest:06.3f}Z"


def record(type: str, second: float, **members: Any) -> Record:  # noqa: A002 – the member's name
    """A record of that type; ``members`` replace or add."""
    return {
        "parentUuid": None,
        "isSidechain": False,
        "userType": "external",
        "cwd": "/home/ada/engine",
        "sessionId": SESSION,
        "version": "2.1.50",
        "gitBranch": "main",
        "type": type,
        "uuid": f"{type}-{second}",
        "timestamp": at(second),
        **members,
    }


def usage(total: int = 100, **members: Any) -> Record:
    """The usage of an answer: one token in, the rest out, or as ``members`` say."""
    return {
        "input_tokens": 1,
        "output_tokens": total - 1,
        "cache_creation_input_tokens": 0,
        "cache_read_input_tokens": 0,
        "service_tier": "standard",
        **members,
    }


def answer(second: float, name: str = "1", total: int = 100, *blocks: Record, **members: Any) -> Record:
    """A line of the answer ``name``."""
    message = {
        "id": f"msg_{name}",
        "type": "message",
        "role": "assistant",
        "model": MODEL,
        "content": list(blocks) or [{"type": "text", "text": "A secret answer."}],
        "stop_reason": None,
        "usage": usage(total),
    }
    return record("assistant", second, **{"message": message, "requestId": f"req_{name}", **members})


def use(identifier: str, name: str = "Bash", **tool_input: Any) -> Record:
    """A block that uses a tool."""
    return {"type": "tool_use", "id": identifier, "name": name, "input": tool_input or {"command": "ls"}}


def result(
    second: float, identifier: str, content: Any = "done", *, details: Any = None, **members: Any
) -> Record:
    """The line with the result of a tool; ``members`` go into the block, ``details`` are its toolUseResult."""
    block = {"type": "tool_result", "tool_use_id": identifier, "content": content, **members}
    more = {} if details is None else {"toolUseResult": details}
    return record("user", second, message={"role": "user", "content": [block]}, **more)


def prompt(second: float, text: str = "A secret prompt.", **members: Any) -> Record:
    """What a person typed."""
    return record("user", second, message={"role": "user", "content": text}, **members)


def write(folder: Path, *records: Record | str | bytes, name: str = f"{SESSION}.jsonl") -> Path:
    """A transcript of these records, or of lines as they are."""
    return write_log(folder, as_lines(records, compact=True), name)


def append(path: Path, *records: Record | str | bytes) -> None:
    """Add records at the end of a transcript."""
    append_lines(path, *records, compact=True)
