"""The store is a cache of one process: locked, private, rebuilt when it is damaged, and closed to everything
outside."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import duckdb
import pytest

from harness.log_files import write_log
from harness.privileges import grant_access, needs_root, without_privileges
from harness.program import python, start
from harness.records.shannon import line
from harness.workbench import Workbench
from shannon_core.errors import StoreError
from shannon_core.jobs.progress import Failed, Finished
from shannon_core.messages.notice import Notice
from shannon_core.session import Session
from shannon_core.store import tables as schema
from shannon_core.store.database import Store, is_failure, store_error

HOLDER = """
import sys
from shannon_core.store.database import Store
store = Store.open([sys.argv[1]], keep=True)
print("open", flush=True)
sys.stdin.read()
store.close()
"""


@pytest.fixture
def logs(tmp_path: Path, own_cache: Path) -> Path:
    """A folder with one event, and a cache of its own."""
    write_log(tmp_path / "logs", line(1) + b"\n")
    return tmp_path / "logs"


@pytest.fixture
def holder(logs: Path) -> Iterator[None]:
    """Another process that has the store of the logs open."""
    with start(python(HOLDER, logs)) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield
        process.communicate()
    assert process.returncode == 0


def kept_store(logs: Path) -> Path:
    """The file of the kept store, after a first reading."""
    with Workbench.open(logs, keep=True) as bench:
        bench.read(logs)
        return bench.store.path


def test_that_a_kept_store_is_private_and_in_the_cache(logs: Path, own_cache: Path) -> None:
    path = kept_store(logs)
    assert path.is_relative_to(own_cache)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_that_the_folder_of_the_cache_may_have_any_name(
    logs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / 'Ada\'s; DROP "x" *'
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    assert kept_store(logs).is_relative_to(folder)
    assert kept_store(logs).is_file()


def test_that_a_kept_store_is_not_read_again(logs: Path) -> None:
    kept_store(logs)
    with Workbench.open(logs, keep=True) as bench:
        reading = bench.read(logs)
    assert reading.ids == ["e1"]
    assert reading.summary is not None
    assert reading.summary.files_read == 0
    assert bench.store.notice is None


def test_that_a_store_belongs_to_its_set_of_sources_in_any_order(logs: Path, tmp_path: Path) -> None:
    paths = []
    for sources in ((logs, tmp_path), (tmp_path, logs), (logs,)):
        with Workbench.open(*sources, keep=True) as bench:
            paths.append(bench.store.path)
    assert paths[0] == paths[1] != paths[2]


def test_that_a_store_that_is_not_kept_leaves_nothing(logs: Path, own_cache: Path) -> None:
    with Workbench.open(logs) as bench:
        bench.read(logs)
        assert bench.store.path.exists()
    assert not bench.store.path.parent.exists()
    assert list(own_cache.rglob("*.duckdb")) == []


def test_that_a_store_held_by_another_process_is_replaced_by_a_temporary_one(
    logs: Path, holder: None
) -> None:
    with Workbench.open(logs, keep=True) as bench:
        assert bench.read(logs).ids == ["e1"]
        assert bench.store.notice == Notice("store_held")
    assert not bench.store.path.exists()


def test_that_a_store_that_this_process_has_open_is_replaced_by_a_temporary_one_and_stays(logs: Path) -> None:
    with Workbench.open(logs, keep=True) as first:
        first.read(logs)
        with Workbench.open(logs, keep=True) as second:
            assert second.read(logs).ids == ["e1"]
            assert second.store.path != first.store.path
    with Workbench.open(logs, keep=True) as third:
        assert third.store.path == first.store.path
        assert third.read(logs).summary.files_read == 0


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda path: path.write_bytes(b"not a database" * 1_000), id="overwritten"),
        pytest.param(lambda path: path.write_bytes(b""), id="emptied"),
        pytest.param(lambda path: os.truncate(path, path.stat().st_size // 2), id="cut"),
        pytest.param(lambda path: os.truncate(path, 4_096), id="cut to its header"),
        pytest.param(
            lambda path: path.write_bytes(path.read_bytes()[:12_288] + bytes(800_000)),
            id="its blocks are gone",
        ),
        pytest.param(lambda path: path.write_bytes(bytes(path.stat().st_size)), id="all zeros"),
    ],
)
def test_that_a_damaged_store_is_rebuilt_at_the_latest_by_the_next_start(logs: Path, damage: object) -> None:
    damage(kept_store(logs))  # type: ignore[operator]
    # a store whose damage shows when it is read, as a session reports it
    with Workbench.open(logs, keep=True) as bench, suppress(StoreError), bench.store.failures():
        bench.read(logs)
    for _ in range(2):
        with Workbench.open(logs, keep=True) as bench:
            assert bench.read(logs).ids == ["e1"]
    assert bench.store.notice is None


async def test_that_a_session_whose_store_fails_says_so_and_the_next_one_is_whole(logs: Path) -> None:
    os.truncate(path := kept_store(logs), path.stat().st_size // 2)
    session = await Session.open((str(logs),))
    end = await session.read().wait()
    await session.close()
    assert isinstance(end, Failed | Finished)
    session = await Session.open((str(logs),))
    assert isinstance(await session.read().wait(), Finished)
    await session.close()


@pytest.mark.parametrize(
    "text", ["Could not read block 7", "wrong checksum of block 3", "Corrupt database file"]
)
def test_that_damage_is_not_taken_for_a_lock(logs: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    kept_store(logs)
    real, failing = duckdb.connect, [duckdb.IOException(text)]

    def connect() -> duckdb.DuckDBPyConnection:
        if failing:
            raise failing.pop()
        return real()

    monkeypatch.setattr("shannon_core.store.database.duckdb.connect", connect)
    with Workbench.open(logs, keep=True) as bench:
        assert bench.store.notice == Notice("store_damaged")


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE store_facts SET schema_version = 0", id="older"),
        pytest.param(f"UPDATE store_facts SET schema_version = {schema.SCHEMA_VERSION + 1}", id="newer"),
        pytest.param("DROP TABLE store_facts", id="no version"),
        pytest.param("DELETE FROM store_facts", id="empty version"),
    ],
)
def test_that_a_store_of_another_version_is_rebuilt(logs: Path, statement: str) -> None:
    path = kept_store(logs)
    with duckdb.connect(str(path)) as connection:
        connection.execute(statement)
    with Workbench.open(logs, keep=True) as bench:
        assert bench.store.notice == Notice("store_outdated")
        assert bench.read(logs).ids == ["e1"]


def test_that_a_store_that_was_killed_half_way_is_usable(logs: Path) -> None:
    path = kept_store(logs)
    path.with_name(path.name + ".wal").write_bytes(os.urandom(500))
    with Workbench.open(logs, keep=True) as bench:
        assert bench.read(logs).ids == ["e1"]


@needs_root
def test_that_a_cache_that_cannot_be_written_is_said_and_does_without(logs: Path, own_cache: Path) -> None:
    grant_access(logs)
    (logs / "log.jsonl").chmod(0o644)
    own_cache.chmod(0o555)
    grant_access(own_cache)
    with without_privileges(), Workbench.open(logs, keep=True) as bench:
        assert bench.read(logs).ids == ["e1"]
        assert bench.store.notice is not None
        assert bench.store.notice.code == "store_unwritable"


@needs_root
def test_that_a_kept_store_that_cannot_be_opened_is_said_and_left_alone(logs: Path, own_cache: Path) -> None:
    path = kept_store(logs)
    for item in (logs, own_cache, path.parent):
        item.chmod(0o755)
        grant_access(item)
    (logs / "log.jsonl").chmod(0o644)
    before = path.read_bytes()
    with without_privileges(), Workbench.open(logs, keep=True) as bench:
        assert bench.read(logs).ids == ["e1"]
        assert bench.store.notice
    assert path.read_bytes() == before


REFUSED = [
    "COPY (SELECT 42) TO '{folder}/made.csv'",
    "COPY events TO '{folder}/made.parquet' (FORMAT parquet)",
    "COPY events FROM '{folder}/secret.csv'",
    "EXPORT DATABASE '{folder}/made'",
    "IMPORT DATABASE '{folder}'",
    "ATTACH '{folder}/made.duckdb'",
    "ATTACH '{folder}/secret.duckdb' AS s (READ_ONLY)",
    "INSTALL httpfs",
    "LOAD httpfs",
    "LOAD '{folder}/evil.duckdb_extension'",
    "FORCE INSTALL json FROM 'http://127.0.0.1:9'",
    "SELECT * FROM read_csv('{folder}/secret.csv')",
    "SELECT * FROM read_json('{folder}/secret.csv')",
    "SELECT * FROM read_text('{folder}/secret.csv')",
    "SELECT * FROM read_blob('/etc/passwd')",
    "SELECT * FROM read_parquet('{folder}/*.parquet')",
    "SELECT * FROM '{folder}/secret.csv'",
    "SELECT * FROM glob('{folder}/*')",
    "SELECT * FROM read_csv('http://127.0.0.1:9/x.csv')",
    "SELECT * FROM read_csv('/dev/stdin')",
    "SELECT * FROM python_variable",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "SET GLOBAL memory_limit = '100GB'",
    "SET temp_directory = '{folder}'",
    "SET allowed_directories = ['{folder}']",
    "SET allowed_paths = ['{folder}/secret.csv']",
    "SET autoinstall_known_extensions = true",
    "SET python_enable_replacements = true",
    "SET log_query_path = '{folder}/made.log'",
    "SET profiling_output = '{folder}/made.json'",
    "SET secret_directory = '{folder}'",
    "SET home_directory = '{folder}'",
    "SET custom_extension_repository = 'http://127.0.0.1:9'",
    "RESET lock_configuration",
    "PRAGMA enable_profiling='json'; PRAGMA profiling_output='{folder}/made.json'",
    "CREATE PERSISTENT SECRET s (TYPE http, BEARER_TOKEN 't')",
    "CALL enable_logging(storage = 'file', storage_config = {{'path': '{folder}/made'}})",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_that_a_statement_that_reaches_outside_is_refused(
    bench: Workbench, tmp_path: Path, statement: str
) -> None:
    python_variable = duckdb.sql("SELECT 1")
    (tmp_path / "secret.csv").write_text("id\n1\n")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(duckdb.Error):
        bench.connection.execute(statement.format(folder=tmp_path)).fetchall()
    assert sorted(tmp_path.iterdir()) == before
    assert python_variable is not None


def test_that_every_connection_of_a_store_is_closed_to_the_outside(bench: Workbench, tmp_path: Path) -> None:
    further = bench.store.connection()
    with pytest.raises(duckdb.PermissionException):
        further.execute(f"COPY (SELECT 1) TO '{tmp_path}/made.csv'")
    further.close()


def test_that_spilled_data_goes_to_the_private_folder_of_the_store(bench: Workbench) -> None:
    ((folder,),) = bench.connection.sql("SELECT current_setting('temp_directory')").fetchall()
    private = Path(folder).parent
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    assert private == bench.store._temp_folder.path


@pytest.mark.parametrize(
    ("error", "title"),
    [
        (
            duckdb.IOException("Could not write file: No space left on device"),
            "The disk of the cache is full.",
        ),
        (
            duckdb.OutOfMemoryException("Out of Memory Error: failed to offload"),
            "The disk of the cache is full.",
        ),
        (
            duckdb.OutOfMemoryException("Out of Memory Error: failed to allocate\n\nPossible solutions"),
            "There is not enough memory for this.",
        ),
        (duckdb.InternalException("INTERNAL Error: x\nStack Trace"), "The cache failed."),
        (
            duckdb.TransactionException("Failed to commit: Could not write file: No space left on device"),
            "The disk of the cache is full.",
        ),
        (
            duckdb.TransactionException("Failed to commit: Could not write file: Input/output error"),
            "The cache failed.",
        ),
    ],
)
def test_that_a_failure_of_the_store_has_a_title_and_one_line(error: duckdb.Error, title: str) -> None:
    assert is_failure(error)
    shown = store_error(error)
    assert shown.title == title
    assert "\n" not in shown.message


def test_that_opening_fails_without_leaving_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("shannon_core.store.database.duckdb.connect", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        Store.open(["x"], keep=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "statement",
    ["SELECT nothing", "SELEC 1", "FROM nowhere", "SELECT 'x'::INTEGER", "SELECT no_such_function(1)"],
)
def test_that_a_wrong_statement_is_no_failure_of_the_store(logs: Path, statement: str) -> None:
    with Workbench.open(logs, keep=True) as bench, pytest.raises(duckdb.Error), bench.store.failures():
        bench.connection.execute(statement).fetchall()
    assert bench.store.path.exists(), "it is not taken for damage"
