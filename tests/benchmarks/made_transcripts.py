"""Makes transcripts in the form of Claude Code: sessions of a megabyte, their records in the numbers and sizes of real
ones."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

TURNS = 40
MODEL = "claude-opus-4-5-20251101"
_BEGIN = datetime(2026, 1, 5, 8, tzinfo=UTC)
_WORDS = re.findall(
    "[a-z]+", "the file that was read has a function which returns every line and an error when none is there"
)
_PROSE = " ".join(random.Random(1).choices(_WORDS, k=6_000))
_CODE = '\t"indented": [1, 2.5, null],\n' * 300
_PROGRESS: tuple[dict[str, Any] | None, ...] = (
    {
        "type": "hook_progress",
        "hookEvent": "PreToolUse",
        "hookName": "PreToolUse:Bash",
        "command": "check.sh",
    },
    {"type": "bash_progress", "output": _PROSE[:300], "fullOutput": _PROSE[:300], "elapsedTimeSeconds": 3},
    None,
)

Record = dict[str, Any]


def make_transcripts(folder: Path, sessions: int) -> Path:
    """A folder as Claude Code keeps it, with this number of sessions; the same bytes each time."""
    for number in range(sessions):
        project = folder / "projects" / f"-home-ada-project-{number % 20}"
        project.mkdir(parents=True, exist_ok=True)
        name = f"00000000-0000-4000-8000-{number:012}"
        lines = (
            json.dumps(record, ensure_ascii=False, separators=(",", ":")) for record in _session(name, number)
        )
        (project / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _session(name: str, number: int) -> Iterator[Record]:
    chance = random.Random(number)
    clock = _BEGIN + timedelta(hours=5 * number)
    serial = 0

    def record(type_: str, **members: Any) -> Record:
        nonlocal clock, serial
        clock += timedelta(milliseconds=chance.randrange(20, 4_000))
        serial += 1
        return {
            "parentUuid": f"{name[:-12]}{serial - 1:012}",
            "isSidechain": False,
            "userType": "external",
            "cwd": f"/home/ada/project-{number % 20}",
            "sessionId": name,
            "version": "2.1.50",
            "gitBranch": "main",
            "type": type_,
            **members,
            "uuid": f"{name[:-12]}{number:06}{serial:06}",
            "timestamp": clock.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        }

    for turn in range(TURNS):
        yield from _turn(record, chance, f"{number:06}{turn:03}")


def _turn(record: Any, chance: random.Random, key: str) -> Iterator[Record]:
    def text(mean: int) -> str:
        start, size = chance.randrange(len(_PROSE) // 2), int(chance.expovariate(1 / mean))
        return (_PROSE[start:] + _CODE)[:size]

    state = {"messageId": f"snap{key}", "trackedFileBackups": {}, "timestamp": "2026-01-05T08:00:00.000Z"}
    yield {
        "type": "file-history-snapshot",
        "messageId": f"snap{key}",
        "snapshot": state,
        "isSnapshotUpdate": False,
    }
    yield record("user", message={"role": "user", "content": text(300)})
    for step in range(4):
        request = f"{key}{step}"
        if step % 2 == 0:
            yield record(
                "assistant",
                **_answer(request, 5, {"type": "thinking", "thinking": text(900), "signature": "s" * 700}),
            )
        if step % 2:
            yield record("assistant", **_answer(request, 90, {"type": "text", "text": text(600)}))
        tool = {
            "type": "tool_use",
            "id": f"toolu_{request}",
            "name": chance.choice(("Bash", "Read", "Edit", "Grep")),
        }
        yield record("assistant", **_answer(request, 400, {**tool, "input": {"command": text(500)}}))
        status = chance.choice(_PROGRESS)
        if status:
            yield record(
                "progress", data=status, toolUseID=f"toolu_{request}", parentToolUseID=f"toolu_{request}"
            )
        output = text(2_300)
        block = {
            "type": "tool_result",
            "tool_use_id": f"toolu_{request}",
            "content": output,
            "is_error": step == 3,
        }
        details = {"stdout": output, "stderr": "", "interrupted": False, "isImage": False}
        yield record("user", message={"role": "user", "content": [block]}, toolUseResult=details)
    yield record("system", subtype="turn_duration", durationMs=chance.randrange(9_000, 90_000), isMeta=False)


def _answer(request: str, output: int, block: Record) -> Record:
    usage = {
        "input_tokens": 6,
        "cache_creation_input_tokens": 1_273,
        "cache_read_input_tokens": 40_596,
        "cache_creation": {"ephemeral_5m_input_tokens": 1_273, "ephemeral_1h_input_tokens": 0},
        "output_tokens": output,
        "service_tier": "standard",
    }
    message = {
        "model": MODEL,
        "id": f"msg_{request}",
        "type": "message",
        "role": "assistant",
        "content": [block],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": usage,
    }
    return {"message": message, "requestId": f"req_{request}"}
