"""Writes Codex rollouts for tests: one call a record, a second between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self

from harness.log_files import as_lines, write_log
from harness.readings import Reading
from harness.workbench import Workbench

START = datetime(2026, 3, 1, 10)  # noqa: DTZ001 – the store holds UTC
SESSION = "019d78fc-c449-7300-92a1-1e92604a4f6a"
CHILD = "019d78fc-ffff-7300-92a1-1e92604a4f6a"
SECRET = "never in the store"


def counts(given: int, cached: int, output: int, reasoning: int = 0) -> dict[str, int]:
    """A token count as Codex writes it: input with what was cached, output with the reasoning."""
    return {
        "input_tokens": given,
        "cached_input_tokens": cached,
        "output_tokens": output,
        "reasoning_output_tokens": reasoning,
        "total_tokens": given + output,
    }


def rollout_name(session: str = SESSION) -> str:
    """The name that Codex gives the file of a session."""
    return f"rollout-2026-03-01T11-00-00-{session}.jsonl"


@dataclass
class Rollout:
    """Records of one session, ``step`` apart."""

    session: str = SESSION
    step: timedelta = timedelta(seconds=1)
    now: datetime = START
    records: list[dict[str, Any]] = field(default_factory=list)

    def add(self, envelope: str, **payload: Any) -> Self:
        """A record of this envelope."""
        time = f"{self.now:%Y-%m-%dT%H:%M:%S}.{self.now.microsecond // 1000:03}Z"
        self.records.append({"timestamp": time, "type": envelope, "payload": payload})
        self.now += self.step
        return self

    def meta(self, **more: Any) -> Self:
        """The record at the head of a file."""
        git = {"branch": "main", "commit_hash": "abc"}
        common = {
            "id": self.session,
            "cwd": "/home/me/app",
            "cli_version": "0.118.0",
            "source": "cli",
            "git": git,
        }
        return self.add("session_meta", **{**common, "base_instructions": {"text": SECRET}, **more})

    def turn(self, model: str = "gpt-5.4", **more: Any) -> Self:
        """The context of a turn."""
        return self.add("turn_context", turn_id="t1", model=model, cwd="/home/me/app", **more)

    def event(self, kind: str, **members: Any) -> Self:
        """A message of an event."""
        return self.add("event_msg", type=kind, **members)

    def item(self, kind: str, **members: Any) -> Self:
        """An item of a response."""
        return self.add("response_item", type=kind, **members)

    def tokens(self, last: dict[str, int] | None, total: dict[str, int] | None = None) -> Self:
        """A count of tokens."""
        info = {"last_token_usage": last, "total_token_usage": total}
        return self.event("token_count", info={name: count for name, count in info.items() if count})

    def call(self, name: str = "exec_command", call_id: str = "c1", **more: Any) -> Self:
        """A tool is called."""
        return self.item("function_call", name=name, call_id=call_id, arguments=SECRET, **more)

    def output(self, text: object, call_id: str = "c1") -> Self:
        """The tool answers."""
        return self.item("function_call_output", call_id=call_id, output=text)

    def text(self) -> bytes:
        """The records as lines."""
        return as_lines(self.records)

    def write(self, folder: Path, name: str | None = None) -> Path:
        """The records as a file, under the name that Codex gives it."""
        return write_log(folder, self.text(), name or rollout_name(self.session))


def read_rollout(bench: Workbench, folder: Path, rollout: Rollout) -> Reading:
    """What becomes of a folder with this rollout."""
    rollout.write(folder)
    return bench.read(folder)
