"""Claude Code: a store that follows changing transcripts holds what a new store would read."""

from __future__ import annotations

import json
import os
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from harness.followed_logs import FollowedFolder
from harness.records.claude_code import answer, append, prompt, result, use, write
from harness.workbench import Workbench


class FollowedTranscripts(FollowedFolder):
    """Sessions that go on, are forked, copied, cut and deleted, whose subagents appear, and two stores that look at
    them."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on("s0.jsonl")

    @property
    def logs(self) -> list[str]:
        """The transcripts that are there."""
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*.jsonl"))

    def go_on(self, name: str, **members: Any) -> None:
        """A turn with a tool at the end of a transcript."""
        self.number += 1
        second, tool = self.number * 700, f"t{self.number}"
        session = {"sessionId": name.split("/")[0].removesuffix(".jsonl"), **members}
        path = self.folder / name
        path.parent.mkdir(exist_ok=True, parents=True)
        lines = [
            prompt(second, **session),
            answer(second + 1, str(self.number), self.number + 2, use(tool, "Task"), **session),
            answer(second + 2, str(self.number), self.number + 9, **session),
            {**result(second + 3, tool, details={"agentId": f"a{self.number}"}), **session},
        ]
        append(path, *lines)

    @rule(data=st.data())
    def turn(self, data: st.DataObject) -> None:
        names = [name for name in self.logs if "/" not in name] or ["s0.jsonl"]
        self.go_on(data.draw(st.sampled_from(names)))

    @precondition(lambda self: self.logs)
    @rule(data=st.data(), number=st.integers(1, 4))
    def start_a_subagent(self, data: st.DataObject, number: int) -> None:
        parent = data.draw(st.sampled_from(self.logs)).split("/")[0].removesuffix(".jsonl")
        self.go_on(f"{parent}/subagents/agent-a{number}.jsonl", isSidechain=True, agentId=f"a{number}")

    @precondition(lambda self: self.logs)
    @rule(data=st.data(), name=st.sampled_from(["f1", "f2"]))
    def fork(self, data: st.DataObject, name: str) -> None:
        source = self.folder / data.draw(st.sampled_from(self.logs))
        lines = [json.loads(line) for line in source.read_text().splitlines() if line.endswith("}")]
        write(
            self.folder,
            *({**line, "sessionId": name, "forkedFrom": {}} for line in lines),
            name=f"{name}.jsonl",
        )
        self.go_on(f"{name}.jsonl")

    @precondition(lambda self: self.logs)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        (self.folder / data.draw(st.sampled_from(self.logs))).unlink()

    @precondition(lambda self: self.logs)
    @rule(data=st.data(), share=st.floats(0.2, 0.9))
    def cut(self, data: st.DataObject, share: float) -> None:
        path = self.folder / data.draw(st.sampled_from(self.logs))
        os.truncate(path, int(path.stat().st_size * share))

    @precondition(lambda self: self.logs)
    @rule(data=st.data())
    def copy(self, data: st.DataObject) -> None:
        path = self.folder / data.draw(st.sampled_from(self.logs))
        path.with_name(f"copy-of-{path.name}").write_bytes(path.read_bytes())

    @invariant()
    def the_store_holds_what_a_new_one_would_read(self) -> None:
        followed = self.bench.read(self.folder)
        with Workbench.open() as other:
            new = other.read(self.folder)
        assert followed.events == new.events
        assert followed.files == new.files


FollowedTranscripts.TestCase.settings = settings(max_examples=4, stateful_step_count=7, deadline=None)
TestFollowedTranscripts = FollowedTranscripts.TestCase
