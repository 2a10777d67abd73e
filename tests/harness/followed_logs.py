"""A logger that appends, rotates, packs, cuts, deletes and replaces, and a store that follows it: a model of both."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterable
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from harness.records.shannon import line, lines
from harness.workbench import Workbench

LOG = "a.jsonl"


class FollowedFolder(RuleBasedStateMachine):
    """A folder of logs that changes, and a store that follows it."""

    def __init__(self) -> None:
        super().__init__()
        self._open = Workbench.open()
        self.bench = self._open.__enter__()
        self.folder = self.bench.store.path.parent / "logs"
        self.folder.mkdir()
        self.number = 0

    def teardown(self) -> None:
        """Close the store."""
        self._open.__exit__(None, None, None)


class FollowedLogs(FollowedFolder):
    """After every step the store holds exactly what whole lines of the files hold; a line that is half written is
    pending."""

    def __init__(self) -> None:
        super().__init__()
        self.half = b""
        self.whole: dict[str, list[str]] = {}
        self.append(1)

    def path(self, name: str = LOG) -> Path:
        """The file of that name."""
        return self.folder / name

    def write(self, content: bytes) -> None:
        """Append to the log, as a logger does."""
        with self.path().open("ab") as file:
            file.write(content)

    def next_numbers(self, count: int) -> Iterable[int]:
        """Numbers that no event had yet."""
        self.number += count
        return range(self.number - count, self.number)

    @rule(count=st.integers(1, 3))
    def append(self, count: int) -> None:
        """Whole lines come; the first may end a half one."""
        self.finish_line()
        numbers = self.next_numbers(count)
        self.whole.setdefault(LOG, []).extend(f"e{number}" for number in numbers)
        self.write(lines(numbers))

    @precondition(lambda self: not self.half)
    @rule(kept=st.integers(1, 20))
    def begin_line(self, kept: int) -> None:
        """A writer is stopped within a line."""
        (number,) = self.next_numbers(1)
        whole = line(number) + b"\n"
        self.half = whole[kept:]
        self.whole.setdefault(LOG, [])
        self.write(whole[:kept])

    @precondition(lambda self: self.half)
    @rule()
    def finish_line(self) -> None:
        """The rest of the line comes."""
        if self.half:
            self.write(self.half)
            self.whole[LOG].append(f"e{self.number - 1}")
            self.half = b""

    @precondition(lambda self: LOG in self.whole and not self.half)
    @rule(packed=st.booleans())
    def rotate(self, packed: bool) -> None:
        """The log gets another name, and may be packed there."""
        name = f"{self.number}-{len(self.whole)}.jsonl{'.gz' if packed else ''}"
        content = self.path().read_bytes()
        if packed:
            self.path(name).write_bytes(gzip.compress(content))
            self.path().unlink()
        else:
            self.path().rename(self.path(name))
        self.whole[name] = self.whole.pop(LOG)

    @precondition(lambda self: LOG in self.whole)
    @rule()
    def cut(self) -> None:
        """The log is emptied in its place."""
        self.whole[LOG], self.half = [], b""
        os.truncate(self.path(), 0)

    @precondition(lambda self: self.whole)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        """A file is removed."""
        name = data.draw(st.sampled_from(sorted(self.whole)))
        del self.whole[name]
        self.path(name).unlink()
        if name == LOG:
            self.half = b""

    @rule()
    def replace_at_once(self) -> None:
        """Another file takes the log's name."""
        (number,) = self.next_numbers(1)
        self.whole[LOG], self.half = [f"e{number}"], b""
        self.path("new").write_bytes(lines([number]))
        self.path("new").replace(self.path())

    @invariant()
    def the_store_holds_what_the_files_hold(self) -> None:
        """Every complete line once, and nothing else; an incomplete one is pending."""
        reading = self.bench.read(self.folder)
        assert sorted(reading.ids) == sorted(identifier for ids in self.whole.values() for identifier in ids)
        assert sum(counts.pending for counts in reading.files.values()) == bool(self.half)
