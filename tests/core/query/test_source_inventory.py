"""The figures of each source, the lines that could not be read as a file, and what changed since."""

import csv
import gzip
import os
from dataclasses import replace
from pathlib import Path

import pytest

from harness.jobs import events_of
from harness.log_files import write_log
from harness.records.shannon import line, lines
from shannon_core import cli
from shannon_core.errors import TargetError
from shannon_core.ingest.disk_changes import SourceChanges
from shannon_core.jobs.progress import ReadingProgress
from shannon_core.query.source_inventory import SourceFigures
from shannon_core.request.selection import Selection
from shannon_core.session import Session

CUT = gzip.compress(lines(range(100)))[:-20]


async def read(*sources: Path | str) -> Session:
    session = await Session.open(tuple(map(str, sources)), keep=False)
    await events_of(session.read())
    return session


async def figures(*sources: Path) -> dict[str, SourceFigures]:
    session = await read(*sources)
    try:
        return {Path(item.source).name: item for item in await session.inventory()}
    finally:
        await session.close()


async def test_that_each_source_has_figures_of_its_own(tmp_path: Path) -> None:
    one = write_log(tmp_path / "one", lines((1, 2)) + b"broken\n" + line(9)[:9], "a.jsonl")
    write_log(tmp_path / "two/deep", lines(range(3, 8)), "b.jsonl")
    cut = write_log(tmp_path / "two", CUT, "c.jsonl.gz")
    found = await figures(tmp_path / "one", tmp_path / "two")
    assert list(found) == ["one", "two"]
    assert found["one"] == SourceFigures(
        str(tmp_path / "one"), ("shannon",), 1, one.stat().st_size, 2, 1, 1, 0
    )
    two = found["two"]
    assert (two.files, two.problems, two.rejected) == (2, 1, 0)
    assert two.events >= 5
    assert two.size == cut.stat().st_size + (tmp_path / "two/deep/b.jsonl").stat().st_size


async def test_that_a_file_in_two_sources_counts_for_the_inner_one(tmp_path: Path) -> None:
    write_log(tmp_path / "all", lines((1,)), "a.jsonl")
    write_log(tmp_path / "all/inner", lines((2, 3)), "b.jsonl")
    write_log(tmp_path / "all-beside", lines((4,)), "c.jsonl")
    found = await figures(tmp_path / "all", tmp_path / "all/inner", tmp_path / "all-beside")
    assert [item.events for item in found.values()] == [1, 2, 1]


async def test_that_a_source_may_be_a_file(tmp_path: Path) -> None:
    log = write_log(tmp_path, lines((1, 2)), "a.jsonl")
    assert (await figures(log))["a.jsonl"].events == 2


async def test_that_rejected_lines_and_cut_files_are_listed_by_source(tmp_path: Path) -> None:
    write_log(tmp_path / "one", lines((1,)) + b"broken\n[]\n", "a.jsonl")
    write_log(tmp_path / "two", lines((2,)) + b'{"id":\n', "b.jsonl")
    write_log(tmp_path / "two", CUT, "a.jsonl.gz")
    session = await read(tmp_path / "one", tmp_path / "two")
    everything = (await session.rejects()).to_pylist()
    assert [(Path(row["path"]).name, row["line"]) for row in everything] == [
        ("a.jsonl", 2),
        ("a.jsonl", 3),
        ("a.jsonl.gz", None),
        ("b.jsonl", 2),
    ]
    of_two = (await session.rejects(str(tmp_path / "two"), limit=1)).to_pylist()
    assert [Path(row["path"]).name for row in of_two] == ["a.jsonl.gz"]
    assert of_two[0]["reason"] == "gzip_cut"
    target = tmp_path / "rejects.csv"
    await session.save_rejects(target, str(tmp_path / "two"))
    assert (
        'a.jsonl.gz,,"ends in the middle of its gzip stream (cut, or still being written)",'
        in target.read_text()
    )
    await session.close()


async def test_that_rejected_lines_are_saved_as_a_table_that_no_spreadsheet_runs(tmp_path: Path) -> None:
    write_log(tmp_path / "logs", lines((1,)) + b'=cmd|" /C calc"!A0\n', "a.jsonl")
    session = await read(tmp_path / "logs")
    target = tmp_path / "rejects.csv"
    assert await session.save_rejects(target) == 1
    with target.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert rows == [
        ["path", "line", "reason", "excerpt"],
        [str(tmp_path / "logs/a.jsonl"), "2", "bad_json", '\'=cmd|" /C calc"!A0'],
    ]
    with pytest.raises(TargetError):
        await session.save_rejects(target)
    assert await session.save_rejects(target, overwrite=True) == 1
    await session.close()


def test_that_the_command_line_saves_rejected_lines(tmp_path: Path) -> None:
    write_log(tmp_path / "logs", lines((1,)) + b"broken\n", "a.jsonl")
    target = tmp_path / "rejects.csv"
    arguments = [str(tmp_path / "logs"), "--no-cache", "--rejects", str(target)]
    assert cli.main(arguments) == 0
    assert len(target.read_text().splitlines()) == 2
    assert cli.main(arguments) == 3
    assert cli.main([*arguments, "--force", "--count"]) == 0


async def test_that_nothing_has_changed_after_reading(tmp_path: Path) -> None:
    write_log(tmp_path, lines((1,)), "a.jsonl")
    session = await Session.open((str(tmp_path),), keep=False)
    assert not await session.changes()
    await events_of(session.read())
    assert not await session.changes()
    await session.close()


async def test_that_what_changes_on_the_disk_is_counted(tmp_path: Path) -> None:
    grown, gone = (write_log(tmp_path, lines((n,)), f"{n}.jsonl") for n in (1, 2))
    session = await read(tmp_path)
    with grown.open("ab") as file:
        file.write(line(3) + b"\n")
    gone.unlink()
    write_log(tmp_path / "deep", lines((4,)), "new.jsonl")
    added = len(line(3)) + len(line(4)) + 2
    assert await session.changes() == SourceChanges(new=1, changed=1, gone=1, grown=added)
    await events_of(session.read())
    assert not await session.changes()
    await session.close()


async def test_that_what_was_passed_over_is_not_taken_for_new(tmp_path: Path) -> None:
    write_log(tmp_path, lines((1,)), "a.jsonl")
    export = write_log(tmp_path, b'{"_metadata": true}\n', "export.jsonl")
    os.utime(export, (1000, 1000))
    session = await read(tmp_path)
    assert session._read_state is not None
    session._read_state = replace(session._read_state, began_ns=session._read_state.began_ns + 5_000_000_000)
    assert not await session.changes()
    await session.close()


async def test_that_a_source_that_went_away_is_said_to_be_missing(tmp_path: Path) -> None:
    write_log(tmp_path / "a", lines((1,)))
    write_log(tmp_path / "b", lines((2,)))
    session = await read(tmp_path / "a", tmp_path / "b")
    (tmp_path / "b").rename(tmp_path / "elsewhere")
    assert (await session.changes()).missing == (str(tmp_path / "b"),)
    await session.close()


async def test_that_what_is_in_already_can_be_looked_at_while_reading_and_stays_after_a_cancel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shannon_core.ingest.refresh.COMMIT_BYTES", 1)
    monkeypatch.setattr("shannon_core.ingest.refresh.FIRST_COMMIT_BYTES", 1)
    monkeypatch.setattr("shannon_core.ingest.refresh.STATEMENT_BYTES", 1)
    monkeypatch.setattr("shannon_core.ingest.refresh.FIRST_STATEMENT_BYTES", 1)
    for number in range(30):
        usage = line(number, type="token_usage", session_id="s", data={"total_tokens": 5})
        write_log(tmp_path, usage + b"\n", f"{number:02}.jsonl")
    end = line(99, type="session_end", session_id="s", data={"total_tokens": 300})
    write_log(tmp_path, end + b"\n", "00-end.jsonl")
    session = await Session.open((str(tmp_path),), keep=False)
    job, looked = session.read(), []
    async for event in job:
        if isinstance(event, ReadingProgress) and event.committed > 2 and not looked:
            looked.append(await session.totals(Selection()))
            job.cancel()
    monkeypatch.undo()
    kept = await session.totals(Selection())
    assert 2 < looked[0].events <= kept.events < 31
    assert looked[0].tokens == 5 * (looked[0].events - 1)
    assert (await session.preview(Selection(), 0, 100)).num_rows == kept.events
    assert (await session.inventory())[0].files == kept.events
    await events_of(session.read())
    assert (await session.totals(Selection())).events == 31
    await session.close()
