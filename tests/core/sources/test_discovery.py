"""Odd files and folders (limits.md §4): each is read once, or passed over with the reason; the others are read."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import pytest

from harness.jobs import Recorder
from harness.log_files import write_log
from harness.privileges import grant_access, needs_root, without_privileges
from harness.records.shannon import line, lines
from harness.workbench import Workbench
from shannon_core.errors import SourceError
from shannon_core.files.path_text import printable
from shannon_core.messages.rendering import Phrase
from shannon_core.request.export_request import ExportFormat
from shannon_core.sources.discovery import discover
from shannon_core.sources.line_reader import LogFile

GLOBBY = [
    *("a[1].jsonl", "a*.jsonl", "q?.jsonl", "{c,d}.jsonl", "it's.jsonl", 'quo"te.jsonl', "back\\slash.jsonl"),
    *(
        "-leading.jsonl",
        " space .jsonl",
        "new\nline.jsonl",
        "percent%20.jsonl",
        "semi;colon.jsonl",
        "$HOME.jsonl",
    ),
    *(
        "~.jsonl",
        "日本語.jsonl",
        "e\u0301.jsonl",
        "CON.jsonl",
        "\u202egnp.jsonl",
        "UPPER.JSONL",
        ".hidden.jsonl",
    ),
]


@pytest.mark.parametrize("name", GLOBBY)
def test_that_a_name_means_that_very_file(bench: Workbench, tmp_path: Path, name: str) -> None:
    for decoy, number in (("a1.jsonl", 91), ("aX.jsonl", 92), ("q1.jsonl", 93), ("c.jsonl", 94)):
        write_log(tmp_path, line(number) + b"\n", decoy)
    reading = bench.read(write_log(tmp_path, line(1) + b"\n", name))
    assert reading.ids == ["e1"]


def test_that_a_folder_with_odd_names_gives_every_file_once(bench: Workbench, tmp_path: Path) -> None:
    for number, name in enumerate(GLOBBY):
        write_log(tmp_path, line(number) + b"\n", name)
    assert sorted(bench.read(tmp_path).ids) == sorted(f"e{number}" for number in range(len(GLOBBY)))


def test_that_a_name_that_is_no_utf_8_is_read_and_shown_escaped(bench: Workbench, tmp_path: Path) -> None:
    log = Path(os.fsdecode(os.fsencode(tmp_path) + b"/n\xff.jsonl"))
    log.write_bytes(line(1) + b"\n")
    (found,) = bench.read(tmp_path).events
    assert found["source_file"] == f"{tmp_path}/n\\xff.jsonl"


def test_that_two_names_that_are_shown_alike_are_two_files(bench: Workbench, tmp_path: Path) -> None:
    write_log(tmp_path, line(1) + b"\n", "n\\xff.jsonl")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/n\xff.jsonl")).write_bytes(line(2) + b"\n")
    assert bench.read(tmp_path).ids == ["e1", "e2"]


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (b"n\xff", r"n\xff"),
        (rb"n\xff", r"n\\xff"),
        (b"a\nb", r"a\nb"),
        (b"a\x1b[31m", r"a\x1b[31m"),
        ("a\u202eb".encode(), r"a\u202eb"),
    ],
)
def test_that_a_path_is_printable(raw: bytes, shown: str) -> None:
    assert printable(os.fsdecode(raw)) == shown


def test_that_a_fifo_is_passed_over_without_waiting(bench: Workbench, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")
    write_log(tmp_path, line(1) + b"\n")
    reading = bench.read(tmp_path)
    assert reading.ids == ["e1"]
    assert reading.notices == [f"{tmp_path}/pipe.jsonl was passed over: not a regular file."]


def test_that_opening_a_fifo_itself_does_not_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")
    with pytest.raises(ValueError, match="not a regular file"):
        LogFile(tmp_path / "pipe.jsonl")


def test_that_a_socket_and_a_device_are_passed_over(bench: Workbench, tmp_path: Path) -> None:
    write_log(tmp_path, line(1) + b"\n")
    (tmp_path / "zero.jsonl").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s.jsonl"))
        reading = bench.read(tmp_path)
    assert reading.ids == ["e1"]
    assert len(reading.notices) == 2


@pytest.mark.parametrize("source", ["pipe.jsonl", "missing.jsonl"])
def test_that_a_source_without_a_single_file_to_read_is_an_error(
    tmp_path: Path, bench: Workbench, source: str
) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")
    if source == "missing.jsonl":
        with pytest.raises(SourceError, match=r"missing\.jsonl cannot be read"):
            bench.read(tmp_path / source)
    else:
        assert bench.read(tmp_path / source).summary is None


def test_that_links_that_loop_are_walked_once(bench: Workbench, tmp_path: Path) -> None:
    logs = tmp_path / "logs"
    write_log(logs, line(1) + b"\n")
    (logs / "self.jsonl").symlink_to("self.jsonl")
    (logs / "up").symlink_to("..")
    (logs / "here").symlink_to(".")
    assert bench.read(tmp_path).ids == ["e1"]


def test_that_a_dangling_link_is_passed_over_with_a_notice(bench: Workbench, tmp_path: Path) -> None:
    write_log(tmp_path, line(1) + b"\n")
    (tmp_path / "gone.jsonl").symlink_to("nowhere")
    reading = bench.read(tmp_path)
    assert reading.ids == ["e1"]
    assert reading.notices == [f"{tmp_path}/gone.jsonl was passed over: No such file or directory."]


def test_that_a_folder_named_like_a_log_is_a_folder(bench: Workbench, tmp_path: Path) -> None:
    write_log(tmp_path / "d.jsonl", line(1) + b"\n")
    reading = bench.read(tmp_path)
    assert (reading.ids, reading.notices) == (["e1"], [])


def test_that_folders_invent_no_columns(bench: Workbench, tmp_path: Path) -> None:
    write_log(tmp_path / "year=2024" / "user_id=mallory", line(1) + b"\n")
    (found,) = bench.read(tmp_path).events
    assert found["user_id"] is None


@pytest.mark.parametrize("how", ["hard link", "link", "overlapping sources", "the same source twice"])
def test_that_a_file_reachable_twice_is_counted_once(bench: Workbench, tmp_path: Path, how: str) -> None:
    log = write_log(tmp_path / "logs", line(1) + b"\n")
    if how == "hard link":
        (log.parent / "again.jsonl").hardlink_to(log)
    elif how == "link":
        (log.parent / "again.jsonl").symlink_to(log)
    further = {"overlapping sources": [log.parent], "the same source twice": [tmp_path, log]}.get(how, [])
    assert bench.read(tmp_path, *further).ids == ["e1"]


@needs_root
def test_that_an_unreadable_file_is_said_and_the_others_are_read(bench: Workbench, tmp_path: Path) -> None:
    grant_access(tmp_path)
    secret = write_log(tmp_path, line(1) + b"\n", "secret.jsonl")
    secret.chmod(0)
    write_log(tmp_path, line(2) + b"\n", "open.jsonl").chmod(0o644)
    with without_privileges():
        reading = bench.read(tmp_path)
    assert reading.ids == ["e2"]
    assert reading.notices == [f"{secret} cannot be read: Permission denied."]


@needs_root
def test_that_an_unreadable_folder_is_said_and_the_others_are_read(bench: Workbench, tmp_path: Path) -> None:
    grant_access(tmp_path)
    write_log(tmp_path / "closed", line(1) + b"\n")
    (tmp_path / "closed").chmod(0)
    write_log(tmp_path, line(2) + b"\n").chmod(0o644)
    with without_privileges():
        reading = bench.read(tmp_path)
    assert reading.ids == ["e2"]
    assert reading.notices == [f"{tmp_path}/closed was passed over: Permission denied."]


@pytest.mark.parametrize(
    "name", ["notes.txt", "log.json", "log.jsonl.bak", "log.jsonl.part", "jsonl", "log.jsonl.gz.part"]
)
def test_that_only_logs_of_a_folder_are_read(bench: Workbench, tmp_path: Path, name: str) -> None:
    write_log(tmp_path, line(2) + b"\n", name)
    write_log(tmp_path, line(1) + b"\n")
    assert bench.read(tmp_path).ids == ["e1"]


def test_that_a_file_that_is_named_is_read_whatever_its_ending(bench: Workbench, tmp_path: Path) -> None:
    assert bench.read(write_log(tmp_path, line(1) + b"\n", "log.txt")).ids == ["e1"]


@pytest.mark.parametrize("compress", [False, True])
def test_that_own_exports_and_parts_are_never_read(bench: Workbench, tmp_path: Path, compress: bool) -> None:
    write_log(tmp_path, lines(range(3)))
    bench.read(tmp_path)
    for wanted in ExportFormat:
        bench.export(tmp_path / "export", wanted, compress=compress)
    (tmp_path / ".export.jsonl.0a1b2c3d4e5f.part").write_bytes(lines(range(50, 60)))
    again = bench.read(tmp_path)
    assert len(again.events) == 3
    assert [notice for notice in again.notices if "is an export of this program" in notice]


def test_that_a_source_folder_that_is_walked_deep_is_read(bench: Workbench, tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * 200)
    write_log(deep, line(1) + b"\n")
    assert bench.read(tmp_path).ids == ["e1"]


def test_that_a_name_longer_than_the_system_allows_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        discover([str(tmp_path / ("n" * 300))])
    assert caught.value.message == "File name too long"


def test_that_a_tilde_is_the_home_folder(bench: Workbench, home: Path) -> None:
    write_log(home / "tilde-logs", line(1) + b"\n")
    assert bench.read("~/tilde-logs").ids == ["e1"]


def test_that_files_are_in_the_order_of_their_paths(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.jsonl", "c/a.jsonl", "B.jsonl"):
        write_log((tmp_path / name).parent, b"", Path(name).name)
    found = [path.relative_to(tmp_path).as_posix() for path in discover([str(tmp_path)]).files]
    assert found == ["B.jsonl", "a.jsonl", "b.jsonl", "c/a.jsonl"]


def test_that_a_file_is_read_to_the_size_it_had_when_it_was_opened(tmp_path: Path) -> None:
    log = write_log(tmp_path, lines(range(3)))
    with LogFile(log) as file:
        with log.open("ab") as more:
            more.write(lines(range(3, 9)))
        read = sum(batch.num_rows for block in file for batch in block.batches)
    assert (read, file.problem) == (3, None)


def test_that_a_file_that_is_cut_while_it_is_read_keeps_what_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shannon_core.sources.line_reader.BLOCK_BYTES", 256)
    log = write_log(tmp_path, lines(range(100)))
    with LogFile(log) as file:
        blocks = iter(file)
        rows = sum(batch.num_rows for batch in next(blocks).batches)
        os.truncate(log, 300)
        rows += sum(batch.num_rows for block in blocks for batch in block.batches)
    assert 0 < rows < 100
    assert file.problem == Phrase("cut_while_read", {"position": 300})


def test_that_a_file_that_is_deleted_while_it_is_read_is_read_to_its_end(tmp_path: Path) -> None:
    log = write_log(tmp_path, lines(range(100)))
    with LogFile(log) as file:
        log.unlink()
        assert sum(batch.num_rows for block in file for batch in block.batches) == 100


def test_that_a_file_that_vanishes_before_it_is_read_is_said(
    bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_log(tmp_path, line(1) + b"\n", "a.jsonl")
    gone = write_log(tmp_path, line(2) + b"\n", "b.jsonl")
    found = discover([str(tmp_path)])
    monkeypatch.setattr("shannon_core.ingest.refresh.discover", lambda _: found)
    gone.unlink()
    reading = bench.read(tmp_path)
    assert reading.ids == ["e1"]
    assert reading.notices == [f"{gone} cannot be read: No such file or directory."]


def test_that_a_folder_without_events_says_what_was_found(bench: Workbench, tmp_path: Path) -> None:
    from shannon_core.ingest.refresh import refresh
    from shannon_core.pricing.price_table import PriceTable

    write_log(tmp_path, json.dumps({"hello": 1}).encode() + b"\n")
    with pytest.raises(SourceError) as caught:
        refresh(bench.connection, [str(tmp_path)], Recorder().control, PriceTable.load())
    assert caught.value.title == f"There are no events in {tmp_path}."
    assert caught.value.message == "1 line could not be read as events."
