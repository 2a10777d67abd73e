"""Where tools keep their logs: homes of every system, injected, and what is found in them without reading."""

import json
import os
from pathlib import Path

import pytest

from harness.log_files import write_log
from harness.records.shannon import line
from shannon_core import cli
from shannon_core.messages.rendering import Phrase
from shannon_core.sources.discovery import discover
from shannon_core.sources.log_locations import (
    Environment,
    FoundFolder,
    found_on_this_computer,
    known_folders,
)

LOG = line(1) + b"\n"


def found(home: Path, **environment: str) -> dict[Path, FoundFolder]:
    return {item.folder: item for item in found_on_this_computer(Environment(home, environment))}


@pytest.fixture
def full_home(tmp_path: Path) -> Path:
    """A home in which three tools keep logs."""
    home = tmp_path / "home"
    write_log(home / ".claude/projects/-work", LOG, "a.jsonl")
    write_log(home / ".claude/projects/-work/a/subagents", LOG, "agent-1.jsonl")
    write_log(home / ".claude", LOG, "history.jsonl")
    write_log(home / ".codex/sessions/2026/01/02", LOG, "rollout-1.jsonl")
    write_log(home / ".codex/archived_sessions", LOG, "rollout-0.jsonl.zst")
    write_log(home / ".shannon-mcp/analytics/metrics", LOG, "metrics_1.jsonl.gz")
    return home


def test_that_each_tools_folders_are_found_with_files_and_bytes(full_home: Path) -> None:
    assert {
        str(folder.relative_to(full_home)): (item.kind, item.files, item.size)
        for folder, item in found(full_home).items()
    } == {
        ".claude/projects": ("claude-code", 2, 2 * len(LOG)),
        ".codex/sessions": ("codex", 1, len(LOG)),
        ".codex/archived_sessions": ("codex", 1, len(LOG)),
        ".shannon-mcp/analytics": ("shannon", 1, len(LOG)),
    }


def test_that_the_last_change_is_that_of_the_youngest_file(full_home: Path) -> None:
    folder = full_home / ".claude/projects"
    os.utime(folder / "-work/a.jsonl", (1000, 2000))
    os.utime(folder / "-work/a/subagents/agent-1.jsonl", (1000, 3000))
    assert found(full_home)[folder].newest == 3000


def test_that_a_computer_without_logs_has_none(tmp_path: Path) -> None:
    (tmp_path / ".claude/projects/-empty").mkdir(parents=True)
    assert found(tmp_path) == {}


@pytest.mark.parametrize(
    ("names", "folders"),
    [
        ("{tmp}/one", ["one/projects"]),
        ("{tmp}/one , {tmp}/two,", ["one/projects", "two"]),
        ("~/three", ["home/three/projects"]),
        ("{tmp}/gone", []),
    ],
)
def test_that_claude_homes_that_the_environment_names_come_before_the_usual_one(
    full_home: Path, names: str, folders: list[str]
) -> None:
    tmp = full_home.parent
    write_log(tmp / "one/projects/-x", LOG)
    write_log(tmp / "two/-x", LOG)  # names the projects themselves
    write_log(full_home / "three/projects/-x", LOG)
    here = Environment(full_home, {"CLAUDE_CONFIG_DIR": names.replace("{tmp}", str(tmp))})
    claude = [item.folder for item in known_folders(here) if item.kind == "claude-code"]
    assert claude == [*(tmp / folder for folder in folders), full_home / ".claude/projects"]


@pytest.mark.parametrize("config", ["", "{tmp}/settings"])
def test_that_claude_is_looked_for_where_settings_lie(tmp_path: Path, config: str) -> None:
    config = config.replace("{tmp}", str(tmp_path))
    expected = (Path(config) if config else tmp_path / ".config") / "claude/projects"
    write_log(expected / "-x", LOG)
    assert list(found(tmp_path, **({"XDG_CONFIG_HOME": config} if config else {}))) == [expected]


def test_that_a_codex_home_of_the_environment_is_found(full_home: Path) -> None:
    write_log(full_home.parent / "codex/sessions", LOG, "rollout-7.jsonl")
    named = str(full_home.parent / "codex")
    assert full_home.parent / "codex/sessions" in found(full_home, CODEX_HOME=named)


def test_that_a_windows_home_is_searched_like_any_other(full_home: Path) -> None:
    here = {"USERPROFILE": str(full_home), "CODEX_HOME": "~\\.codex"}
    assert len(found(full_home, **here)) == 4


def test_that_a_folder_with_two_names_is_found_once(full_home: Path) -> None:
    (full_home.parent / "link").symlink_to(full_home / ".claude")
    named = found(full_home, CLAUDE_CONFIG_DIR=str(full_home.parent / "link"))
    assert [str(folder) for folder, item in named.items() if item.kind == "claude-code"] == [
        str(full_home.parent / "link/projects")
    ]


def test_that_transcripts_which_their_tool_set_aside_are_passed_over_with_the_reason(tmp_path: Path) -> None:
    kept = write_log(tmp_path, LOG, "a.jsonl")
    aside = [write_log(tmp_path, LOG, f"a.{mark}.jsonl") for mark in ("orphaned", "superseded")]
    seen = discover([str(tmp_path)])
    assert seen.files == [kept]
    assert sorted(seen.skipped) == [(path, Phrase("set_aside")) for path in aside]


def test_that_a_transcript_that_was_set_aside_is_read_where_it_is_named(tmp_path: Path) -> None:
    aside = write_log(tmp_path, LOG, "a.orphaned.jsonl")
    assert discover([str(aside)]).files == [aside]


def test_that_of_the_copies_of_a_rollout_the_active_and_unpacked_one_counts(tmp_path: Path) -> None:
    active = write_log(tmp_path / "sessions/2026/01/02", LOG, "rollout-1.jsonl")
    copies = [
        write_log(tmp_path / "archived_sessions", LOG, "rollout-1.jsonl"),
        write_log(tmp_path / "archived_sessions", LOG, "rollout-1.jsonl.zst"),
    ]
    only_packed = write_log(tmp_path / "archived_sessions", LOG, "rollout-2.jsonl.zst")
    of_another_home = write_log(tmp_path / "other/sessions", LOG, "rollout-1.jsonl")
    seen = discover([str(tmp_path)])
    assert seen.files == sorted([active, only_packed, of_another_home])
    assert seen.skipped == [(path, Phrase("same_rollout", {"path": str(active)})) for path in copies]
    assert seen.size == 3 * len(LOG)


def test_that_the_command_line_lists_the_folders_in_columns(
    full_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", str(full_home))
    assert cli.main(["--sources"]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split() == ["Kind", "Folder", "Files", "Size", "Last", "change"]
    assert [row[: head.index("Folder")].strip() for row in rows] == [
        "Claude Code",
        "Codex",
        "Codex",
        "Shannon MCP",
    ]
    assert {row.index(str(full_home)) for row in rows} == {head.index("Folder")}
    assert rows[0].split()[3:6] == ["2", f"{2 * len(LOG)}", "B"]


def test_that_the_command_line_lists_the_folders_for_programs(
    full_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", str(full_home))
    assert cli.main(["--sources", "--progress", "json"]) == 0
    first = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (first["kind"], first["folder"], first["files"]) == (
        "claude-code",
        f"{full_home}/.claude/projects",
        2,
    )


def test_that_a_computer_without_logs_is_said_and_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    assert cli.main(["--sources"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("No log folder of a known tool")
