"""Every source of the registry, built in or of a package: its entry is whole, and tests and documents know it."""

import ast
import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

from shannon_core.plugins import load
from shannon_core.sources.log_locations import Environment, known_folders
from shannon_core.sources.recognition import fallback, recognise
from shannon_core.sources.registry import SOURCES, SourceSpec

PLUGINS = ("example-agent", "example-log")
NOT_ON_THE_DISK = {"otlp", "example-log"}
"""Telemetry is stored where its receiver was configured to, and the example log nowhere."""
IDS = (*SOURCES.built_in_ids, *PLUGINS)


@pytest.fixture(params=IDS)
def spec(request: pytest.FixtureRequest, installed_plugin: None) -> SourceSpec:
    """The entry of each id, one after the other."""
    found = SOURCES.get(request.param)
    assert found is not None
    return found


def test_that_each_entry_has_the_id_by_which_it_is_found(installed_plugin: None) -> None:
    assert tuple(spec.id for spec in SOURCES.everything()) == IDS


def test_that_titles_are_names_by_which_sources_are_told_apart(installed_plugin: None) -> None:
    """Names of tools are the same in every language: they are not translated."""
    titles = [spec.title for spec in SOURCES.everything()]
    assert all(titles)
    assert len({title.casefold() for title in titles}) == len(titles)


def test_that_its_statements_are_there_and_say_what_they_read(spec: SourceSpec) -> None:
    there = {path.name.removesuffix(".sql") for path in files(spec.package).iterdir() if ".sql" in path.name}
    assert there == set(spec.scripts)
    for name in there:
        assert (files(spec.package) / f"{name}.sql").read_text(encoding="utf-8").startswith("-- ")


def test_that_types_of_record_are_known_where_there_are_records(spec: SourceSpec) -> None:
    assert bool(spec.records) == spec.has_records
    assert not (spec.has_records and (spec.members or spec.keeps_excerpts or spec.fills_costs))
    assert not (spec.has_carriers or spec.spans_lines) or spec.has_records


def test_that_a_line_with_the_members_of_a_sign_is_its_own(spec: SourceSpec) -> None:
    assert spec.signs
    for sign in spec.signs:
        line = json.dumps(dict.fromkeys(sorted(sign), 1)).encode()
        assert recognise(line) is spec
        assert recognise(line[:-1]) is spec  # the line goes on beyond what is read of it


def test_that_its_locations_are_folders_below_the_home(spec: SourceSpec, tmp_path: Path) -> None:
    assert bool(spec.locations) == (spec.id not in NOT_ON_THE_DISK)
    here = Environment(tmp_path, {})
    expected = [
        here.path(home) / folder
        for location in spec.locations
        for home in location.homes
        for folder in location.folders
    ]
    for folder in expected:
        assert tmp_path in folder.parents
        folder.mkdir(parents=True)
    assert [known.folder for known in known_folders(here)] == expected
    assert {known.kind for known in known_folders(here)} == ({spec.id} if expected else set())


def test_that_what_it_names_can_be_loaded(spec: SourceSpec) -> None:
    assert not spec.discard_copies or callable(load(spec.discard_copies))


def test_that_one_source_takes_what_nothing_tells() -> None:
    assert [spec for spec in SOURCES.built_in() if spec.is_fallback] == [fallback()]
    assert recognise(b'{"neither": 1}\n[2]\nthree') is None


@pytest.mark.parametrize("id_", ["", "Codex", "a b", "-a", "it's", "ä"])
def test_that_an_id_that_could_not_stand_in_a_statement_is_refused(id_: str) -> None:
    with pytest.raises(ValueError, match="is not an id"):
        SourceSpec(id_, "Title", "package", "events", ())


def test_that_each_built_in_source_has_tests_of_its_own(project_root: Path) -> None:
    folders = {SOURCES.get(id_).package.rpartition(".")[2] for id_ in SOURCES.built_in_ids}  # type: ignore[union-attr]
    tests = project_root / "tests/core/sources"
    assert {path.name for path in tests.iterdir() if path.is_dir() and any(path.glob("test_*.py"))} == folders
    code = project_root / "core/shannon_core/sources"
    assert {path.parent.name for path in code.glob("*/source.py")} == folders


@pytest.mark.parametrize("id_", SOURCES.built_in_ids)
def test_that_the_readme_names_a_source_and_says_where_it_is_found(project_root: Path, id_: str) -> None:
    (row,) = re.findall(rf"^\|.*`{id_}`.*\|$", (project_root / "README.md").read_text(encoding="utf-8"), re.M)
    spec = SOURCES.get(id_)
    assert spec is not None
    assert row.startswith(f"| {spec.title} |")
    for location in spec.locations:
        assert all(f"`{location.homes[0]}/{folder}`" in row for folder in location.folders)
        assert location.variable in row


def test_that_no_code_outside_the_registry_knows_a_source(project_root: Path) -> None:
    """Facts of a source are in its entry: other code neither compares with ids nor imports a source's folder."""
    own = "shannon_core/sources"
    knowing = []
    for root in ("core", "gui"):
        for path in (project_root / root).rglob("*.py"):
            where = path.relative_to(project_root / root).as_posix()
            if where == f"{own}/registry.py" or re.fullmatch(rf"{own}/\w+/source\.py", where):
                continue
            knowing += [(where, word) for word in _words(path) if _is_of_source(word)]
    assert knowing == []


def _words(path: Path) -> list[str]:
    """The texts and the imported modules of a module."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    texts = [str(node.value) for node in nodes if isinstance(node, ast.Constant)]
    return texts + [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]


def _is_of_source(word: str) -> bool:
    if word in SOURCES.built_in_ids:
        return True
    compares = any(re.search(rf"source\b.*'{id_}'", word) for id_ in SOURCES.built_in_ids)
    return compares or bool(re.fullmatch(r"shannon_core\.sources\.\w+\.source", word))
