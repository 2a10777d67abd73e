"""Sources of packages: found, recognised by their signs, read, exported and filtered, as the built-in ones are."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from harness import program
from harness.program import COMMAND_LINE
from harness.workbench import Workbench
from shannon_core.errors import SourceError
from shannon_core.sources.registry import SOURCES

MODEL = "claude-sonnet-4-5"
DOLLARS_IN, DOLLARS_OUT = 3e-6, 15e-6
"""What a token of this model costs by the list of prices."""
RECORDS: list[dict[str, Any]] = [
    {"kind": "call", "at": "2026-05-01T10:00:00Z", "run": "r1", "model": MODEL, "in": 1000, "out": 200},
    {"kind": "tool_start", "at": "2026-05-01T10:00:01Z", "run": "r1", "tool": "grep", "ref": "t1"},
    {"kind": "tool_end", "at": "2026-05-01T10:00:01.25Z", "run": "r1", "ref": "t1", "ok": True},
    {"kind": "news", "at": "2026-05-01T10:00:02Z", "run": "r1", "secret": "of the person"},
    {"kind": "call", "at": "2026-05-01T10:00:03Z", "run": "r1", "model": MODEL, "in": 30, "out": 4},
    {"kind": "call", "at": "never", "run": "r1"},
]
TOKENS = 1000 + 200 + 30 + 4 + 7 + 5
USAGE = {"when": "2026-05-01T11:00:00Z", "model": MODEL, "tokens": {"in": 7, "out": 5}}
BROKEN = (
    "The entry point broken-agent of shannon-plugin-example cannot be used:"
    " ModuleNotFoundError: No module named 'shannon_plugin_example.not_there'"
)

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    """A file of each source that the package adds."""
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / "agent.jsonl").write_text("".join(json.dumps(record) + "\n" for record in RECORDS))
    (folder / "log.jsonl").write_text(json.dumps(USAGE) + "\n")
    return folder


@pytest.fixture
def run(installed_plugin: None) -> Run:
    """Run the real command line, with the package installed."""
    return lambda *words, **variables: program.run((*COMMAND_LINE, *words), **variables)


def test_that_the_events_of_a_packages_sources_are_exported_with_the_right_sums(
    run: Run, logs: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out.parquet"
    done = run(logs, "-o", target, "--no-cache")
    assert done.returncode == 0, done.stderr
    exported = pq.read_table(target).to_pylist()
    assert [(event["source"], event["type"]) for event in exported] == [
        ("example-agent", "token_usage"),
        ("example-agent", "tool_use"),
        ("example-agent", "token_usage"),
        ("example-log", "token_usage"),
    ]
    assert (exported[1]["tool_name"], exported[1]["duration_ms"]) == ("grep", 250)
    assert sum(event["token_count"] or 0 for event in exported) == TOKENS
    summary = json.loads(run(logs, "--summary", "--no-cache").stdout)
    assert summary["tokens"] == TOKENS
    assert summary["cost_usd"] == pytest.approx((1000 + 30 + 7) * DOLLARS_IN + (200 + 4 + 5) * DOLLARS_OUT)


def test_that_a_broken_entry_point_is_named_and_the_rest_is_read(run: Run, logs: Path) -> None:
    done = run(logs, "--count", "--no-cache")
    assert (done.returncode, done.stdout) == (0, "4\n")
    assert f"warning: {BROKEN}" in done.stderr


def test_that_events_of_a_packages_source_are_filtered_by_its_id(run: Run, logs: Path) -> None:
    assert run(logs, "--count", "--no-cache", "--source-type", "example-agent").stdout == "3\n"


def test_that_the_log_folders_of_a_packages_source_are_listed(run: Run, tmp_path: Path) -> None:
    for home, name in ((tmp_path, ".example-agent"), (tmp_path / "other", "agent")):
        folder = home / name / "runs"
        folder.mkdir(parents=True)
        (folder / "a.jsonl").write_text(json.dumps(RECORDS[0]) + "\n")
    listed = run("--sources", HOME=str(tmp_path), EXAMPLE_AGENT_HOME=str(tmp_path / "other/agent"))
    assert listed.returncode == 0
    assert [line.split("  ")[0] for line in listed.stdout.splitlines()] == ["Kind", *["Example Agent"] * 2]
    assert listed.stderr == f"warning: {BROKEN}\n"


def test_that_every_line_of_a_packages_source_is_accounted_for(
    bench: Workbench, logs: Path, installed_plugin: None
) -> None:
    read = bench.read(logs)
    counts = read.files[str(logs / "agent.jsonl")]
    assert (counts.lines, counts.understood, counts.rejected) == (6, 5, 1)
    assert read.reasons == ["bad_timestamp"]
    assert "Records of unknown types were counted and passed over: news (1)." in read.notices


def test_that_no_text_of_a_packages_source_is_kept_that_its_sql_does_not_keep(
    bench: Workbench, logs: Path, installed_plugin: None
) -> None:
    bench.read(logs)
    assert bench.rows("SELECT excerpt FROM rejects") == [{"excerpt": ""}]
    assert "of the person" not in str(bench.rows("FROM facts"))


def test_that_files_of_a_source_that_is_not_installed_any_more_are_read_again(
    bench: Workbench, logs: Path, plugin_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as installed:
        installed.syspath_prepend(str(plugin_folder))
        assert len(bench.read(logs).events) == 4
    read = bench.read(logs)
    assert read.events == []
    assert len(read.rejects) == 7
    assert [notice for notice in read.notices if "no longer installed" in notice] == [
        "The source example-agent is no longer installed: its files are read again.",
        "The source example-log is no longer installed: its files are read again.",
    ]


def test_that_files_that_nothing_could_read_are_read_when_a_package_knows_them(
    bench: Workbench, logs: Path, plugin_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bench.read(logs).events == []
    monkeypatch.syspath_prepend(str(plugin_folder))
    assert len(bench.read(logs).events) == 4
    assert bench.read(logs).summary.files_read == 0


def test_that_costs_of_a_packages_source_follow_the_prices(run: Run, logs: Path, tmp_path: Path) -> None:
    (logs / "agent.jsonl").unlink()
    own = tmp_path / "prices.toml"
    own.write_text(f"[prices]\n{MODEL} = {{ input = 1, output = 2 }}\n")
    assert json.loads(run(logs, "--summary").stdout)["cost_usd"] == pytest.approx(
        7 * DOLLARS_IN + 5 * DOLLARS_OUT
    )
    changed = json.loads(run(logs, "--summary", "--prices", own).stdout)["cost_usd"]
    assert changed == pytest.approx(7 * 1e-6 + 5 * 2e-6)


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Install a package with one source, of this id and these facts, and these scripts; its name."""

    def _install(id_: str, facts: str, **scripts: str) -> str:
        name = f"of_package_{id_.replace('-', '_')}"
        folder = tmp_path / name
        folder.mkdir()
        (folder / "__init__.py").write_text(
            "from shannon_core.sources.registry import SourceSpec, any_of\n"
            f'SPEC = SourceSpec("{id_}", "Of a package", __name__, "events", any_of("mine"){facts})\n'
        )
        for script, text in scripts.items():
            (folder / f"{script}.sql").write_text(text)
        info = tmp_path / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[{SOURCES.group}]\n{id_} = {name}:SPEC\n")
        monkeypatch.syspath_prepend(str(tmp_path))
        return name

    return _install


@pytest.mark.parametrize(
    ("id_", "facts", "reason"),
    [
        ("aside", 'set_aside=(".old",)', "Only built-in sources may have set_aside."),
        ("copies", 'discard_copies="a:b"', "Only built-in sources may have discard_copies."),
        ("early", "decides_early=True", "Only built-in sources may have decides_early."),
        ("rest", "is_fallback=True", "Only built-in sources may have is_fallback."),
        ("lost", 'macros=("functions",)', "of_package_lost has no events.sql, functions.sql."),
    ],
)
def test_that_an_entry_that_a_package_cannot_have_is_refused(
    install: Callable[..., str], id_: str, facts: str, reason: str
) -> None:
    package = install(id_, f", {facts}")
    assert SOURCES.get(id_) is None
    (problem,) = (problem for problem in SOURCES.problems() if problem.package == package)
    assert problem.reason == reason


@pytest.mark.parametrize("sql", ["SELECT", "FROM not_there", "SELECT 1 AS id FROM clean"])
def test_that_a_failure_of_a_packages_sql_is_named_as_its_own(
    bench: Workbench, install: Callable[..., str], tmp_path: Path, sql: str
) -> None:
    install(f"sql-{len(sql)}", "", events=sql)
    (tmp_path / "a.jsonl").write_text('{"mine": 1}\n')
    with pytest.raises(SourceError) as failed:
        bench.read(tmp_path / "a.jsonl")
    assert failed.value.code == "package_source_failed"
    assert failed.value.title == "The source Of a package, which an installed package adds, failed."
    assert failed.value.message


def test_that_files_are_read_again_when_the_sql_of_a_package_has_changed(
    install: Callable[..., str], run: Run, plugin_folder: Path, tmp_path: Path
) -> None:
    sql = (plugin_folder / "shannon_plugin_example/log/events.sql").read_text()
    package = install("changing", "", events=sql)
    log = tmp_path / "a.jsonl"
    log.write_text(json.dumps({"mine": 1, **USAGE}) + "\n")
    files_read, tokens = [], []
    for factor in (1, 2, 2):
        (tmp_path / package / "events.sql").write_text(
            f"SELECT * REPLACE (token_count * {factor} AS token_count) FROM ({sql})"
        )
        done = run(log, "--summary", "--progress", "json")
        tokens.append(json.loads(done.stdout)["tokens"])
        events = map(json.loads, done.stderr.splitlines())
        files_read += [event["files_read"] for event in events if event["event"] == "SourcesRead"]
    assert (tokens, files_read) == ([12, 24, 24], [1, 1, 0])
