"""Exports under pseudonyms: no name of a person in any file, the same pseudonyms everywhere, and all else as it was."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import pytest_asyncio

from harness.log_files import write_log
from harness.read_session import ReadSession
from harness.records.shannon import full_event
from shannon_core.export.pseudonyms import Pseudonyms
from shannon_core.files.app_paths import pseudonym_key_file
from shannon_core.request.contents import Contents, ReportFormat
from shannon_core.request.export_request import Encoding, ExportFormat
from shannon_core.request.format_specs import FORMATS
from shannon_core.request.selection import EventFilter, Selection
from shannon_core.request.table_keys import AGGREGATIONS

CANARIES = (
    "canaria",
    "zoe.müller",
    "zoe-müller",
    "kanarienvogel",
    "birdcage",
    "o'canary",
    "domain\\\\canary",
)
EVERYTHING = Contents(True, tuple(AGGREGATIONS), tuple(ReportFormat))
HIDDEN = Encoding(anonymize=True)


def private_events() -> list[dict[str, Any]]:
    """People and branches wherever a log may name them, and what only looks like them."""
    users = ["canaria", "zoe.müller@example.com", "o'canary", "domain\\canary", None]
    events = [
        full_event(
            place,
            user_id=user,
            data={"note": f"\n{user} {user}\tand {user}", "tool_name": "Bash", "success": True},
        )
        for place, user in enumerate(users)
    ]
    paths = ["/home/Canaria/x", "/Users/kanarienvogel/a b", "C:\\Users\\kanarienvogel\\x", "/srv/canaries"]
    events += [
        full_event(
            10 + place,
            type="session_start",
            session_id=f"s{place}",
            data={"project_path": path, "branch": "birdcage/x"},
        )
        for place, path in enumerate(paths)
    ]
    events.append(
        full_event(
            20,
            type="error_occurred",
            data={"error_type": "canaria", "error_message": "no /home/kanarienvogel\nhere: /Users/canaria"},
            metadata={
                "git_branch": 'birdcage "2"',
                "cwd": "/home/zoe.müller/z",
                "folder": "-Users-zoe-m-ller-z",
            },
            further={"path": "file:///home/kanarienvogel"},
        )
    )
    events.append(
        full_event(
            21,
            data={"words": "a canary bird, root, test", "n": 1},
            metadata={"git_branch": "main"},
        )
    )
    return events


@pytest_asyncio.fixture
async def reading(tmp_path: Path) -> Any:
    folder = tmp_path / "home" / "canaria" / "logs"
    write_log(folder, private_events())
    found = await ReadSession.of(folder)
    yield found
    await found.session.close()


def texts_in(path: Path) -> Iterator[str]:
    """Everything that can be read in a file: its bytes, and what is packed in it."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield raw.decode("utf-8", "replace")
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield from archive.namelist()
            for name in archive.namelist():
                yield archive.read(name).decode("utf-8", "replace")
    if path.suffix == ".parquet":
        table = pq.read_table(path)
        yield json.dumps(table.to_pylist(), default=str, ensure_ascii=False)
        yield str(table.schema.metadata)


@pytest.mark.parametrize("wanted", FORMATS.built_in_ids)
@pytest.mark.parametrize("compress", [False, True])
async def test_that_no_name_of_a_person_is_anywhere_in_a_file(
    reading: ReadSession, tmp_path: Path, wanted: str, compress: bool
) -> None:
    filters = (
        EventFilter("user_id", ("nobody", "o'canary"), negated=True),
        EventFilter("project_path", ("/x/canaria",), negated=True),
    )
    path = await reading.export(
        tmp_path / "out",
        wanted,
        contents=EVERYTHING,
        encoding=Encoding(compress, anonymize=True),
        selection=Selection(filters=filters),
    )
    said = "\n".join(texts_in(path)).lower()
    assert "user-" in said
    leaked = {name for name in CANARIES if name in said or json.dumps(name)[1:-1] in said}
    assert not leaked


async def test_that_everything_but_people_and_branches_stays_as_it_was(
    reading: ReadSession, tmp_path: Path
) -> None:
    plain = json.loads(
        (await reading.export(tmp_path / "a.json", ExportFormat.JSON, contents=EVERYTHING)).read_text()
    )
    path = await reading.export(tmp_path / "b.json", ExportFormat.JSON, contents=EVERYTHING, encoding=HIDDEN)
    hidden = json.loads(path.read_text())
    last = [item for item in hidden["metrics"] if item["id"] == "e21"]
    assert last[0]["data"] == {"words": "a canary bird, root, test", "n": 1}
    assert last[0]["metadata"] == {"git_branch": "main"}
    assert [item["id"] for item in hidden["metrics"]] == [item["id"] for item in plain["metrics"]]
    assert [list(item["data"]) for item in hidden["metrics"]] == [
        list(item["data"]) for item in plain["metrics"]
    ]
    for name, result in plain["aggregations"].items():
        mine = hidden["aggregations"][name]
        assert mine["token_stats"] == result["token_stats"]
        assert len(mine["time_series"]) == len(result["time_series"])
    paths = {item["data"].get("project_path") for item in hidden["metrics"]}
    assert "/srv/canaries" in paths
    assert hidden["metadata"]["altered_values"]["pseudonym"] == 11


async def test_that_one_name_has_one_pseudonym_in_every_place_and_export(
    reading: ReadSession, tmp_path: Path
) -> None:
    first, second = [
        json.loads(
            (
                await reading.export(tmp_path / name, ExportFormat.JSON, contents=EVERYTHING, encoding=HIDDEN)
            ).read_text()
        )
        for name in ("a.json", "b.json")
    ]
    assert first["metrics"] == second["metrics"]
    canaria = Pseudonyms(pseudonym_key_file().read_bytes()).of("user", "canaria")
    found = {item["id"]: item for item in first["metrics"]}
    assert found["e0"]["user_id"] == canaria
    assert found["e0"]["data"]["note"] == f"\n{canaria} {canaria}\tand {canaria}"
    assert found["e20"]["data"]["error_message"].endswith(f"here: /Users/{canaria}")
    assert first["metadata"]["sources"][0].endswith(f"/home/{canaria}/logs")
    assert canaria in {row["user_id"] for row in first["aggregations"]["by_user"]["time_series"]}
    assert Pseudonyms(b"another key").of("user", "canaria") != canaria
    assert pseudonym_key_file().stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "selection",
    [
        Selection(filters=(EventFilter("user_id", ("canaria", "o'canary")),)),
        Selection(filters=(EventFilter("user_id", ("canaria",), negated=True),)),
        Selection(filters=(EventFilter("project_path", ("/Users/kanarienvogel/a b",)),)),
        Selection(text="CANARIA and"),
    ],
)
async def test_that_the_same_events_are_chosen(
    reading: ReadSession, tmp_path: Path, selection: Selection
) -> None:
    wanted = [row["id"] for row in await reading.rows(selection)]
    assert 0 < len(wanted) < len(private_events())
    path = await reading.export(tmp_path / "a.json", ExportFormat.JSON, selection=selection, encoding=HIDDEN)
    found = json.loads(path.read_text())
    assert [item["id"] for item in found["metrics"]] == wanted
    assert "canaria" not in path.read_text().lower()


async def test_that_the_store_keeps_the_names(reading: ReadSession, tmp_path: Path) -> None:
    before = await reading.rows()
    await reading.export(tmp_path / "a.json", ExportFormat.JSON, encoding=HIDDEN)
    assert await reading.rows() == before
    path = await reading.export(tmp_path / "b.json", ExportFormat.JSON)
    assert "canaria" in path.read_text()


async def test_that_many_people_are_hidden_too(tmp_path: Path) -> None:
    people = [f"person{number}x" for number in range(200)]
    write_log(
        tmp_path / "logs",
        [
            full_event(place, user_id=name, data={"user": name, "said": f"hello {people[place - 1]}"})
            for place, name in enumerate(people)
        ],
    )
    reading = await ReadSession.of(tmp_path / "logs")
    path = await reading.export(tmp_path / "a.json", ExportFormat.JSON, encoding=HIDDEN)
    await reading.session.close()
    assert "person" not in path.read_text()
    assert len({item["user_id"] for item in json.loads(path.read_text())["metrics"]}) == 200
