"""What the documents name is there: sections of specifications, files, columns and other ids of the registries."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from shannon_core.cli.arguments import argument_parser
from shannon_core.event_columns import COLUMNS, EVENT_COLUMNS, PUBLIC_COLUMNS
from shannon_core.event_notes import NOTES
from shannon_core.jobs.progress import ProgressEvent
from shannon_core.request.filter_fields import FILTER_FIELDS
from shannon_core.request.format_specs import BUILT_IN as FORMATS
from shannon_core.request.measures import MEASURES
from shannon_core.request.report_specs import REPORTS
from shannon_core.request.table_keys import AGGREGATIONS
from shannon_core.sources.registry import SOURCES

SPECIFICATIONS = ("events", "limits", "outputs", "sources")
GUIDES = {
    "README.md": ("resources/shannon_resources",),
    "CONTRIBUTING.md": ("core/shannon_core", "gui/shannon_gui", "tests"),
    "core/README.md": ("core/shannon_core", "core"),
    "gui/README.md": ("gui/shannon_gui",),
}
"""Each guide with the folders, beside its own and the checkout's, that the paths in it begin at."""
TEXT_FILES = {".py", ".sql", ".md", ".toml", ".j2", ".qss", ".spec"}
SKIPPED = {"__pycache__", "build", "dist", "demo-output"}
SECTION = r"(?:, and |,? and |, ?| ?[–-] ?| )?§?[0-9]+(?:\.[0-9]+)?"
REFERENCE = re.compile(rf"\b([a-z][a-z-]*)\.md,?(?: ((?:§[0-9.]+)(?:{SECTION})*)|, ([A-Z][a-z]+))")
PATH_IN_TEXT = re.compile(r"`([\w./*-]+?(?:/|\.(?:py|sql|md|toml|j2|ts|qss|lock|yml|spec)))`")
NAME_IN_FILE = re.compile(r"`([\w.]+)` \(`([\w/]+\.py)`|\(`([\w.]+)(?<!\.py)`, `([\w/]+\.py)`\)")
LINK = re.compile(r"\]\(([^)#:]+)\)")
DRAWING = re.compile(r"^## Layers$.*?^```$(.*?)^```$", re.M | re.S)


def text_files(root: Path) -> Iterator[Path]:
    for folder in (*(root / name for name in ("core", "gui", "resources", "tests", "packaging")), root):
        found = folder.rglob("*") if folder != root else folder.glob("*")
        yield from (
            path for path in found if path.suffix in TEXT_FILES and not SKIPPED.intersection(path.parts)
        )


def headings(specification: Path) -> set[str]:
    """The numbers of the sections, and the words of those that have none."""
    found = re.findall(r"^##+ (?:([0-9]+(?:\.[0-9]+)?)\.? |([A-Z][a-z]+)$)", specification.read_text(), re.M)
    return {number or word for number, word in found}


def tables(document: Path, first_column: str) -> Iterator[list[list[str]]]:
    """The cells of each table whose first column has this name, without its head."""
    blocks = re.findall(r"(?:^\|.*\n)+", document.read_text(encoding="utf-8"), re.M)
    for rows in ([line.strip("| \n").split(" | ") for line in block.splitlines()] for block in blocks):
        if rows[0][0].strip() == first_column:
            yield rows[2:]


def ids(document: Path, first_column: str) -> list[str]:
    """The ids, in backticks, in the first column of the only table with a first column of this name."""
    (rows,) = tables(document, first_column)
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row[0])]


@pytest.fixture(scope="session")
def spec(project_root: Path) -> Path:
    return project_root / "core" / "spec"


def test_that_every_reference_to_a_specification_leads_to_a_section(project_root: Path, spec: Path) -> None:
    known = {name: headings(spec / f"{name}.md") for name in SPECIFICATIONS}
    lost = []
    for path in text_files(project_root):
        for name, numbers, word in REFERENCE.findall(path.read_text(encoding="utf-8")):
            wanted = re.findall(r"[0-9]+(?:\.[0-9]+)?", numbers) or [word]
            lost += [
                f"{path}: {name}.md {section}" for section in wanted if section not in known.get(name, ())
            ]
    assert lost == []


@pytest.mark.parametrize("guide", GUIDES)
def test_that_every_file_that_a_guide_names_is_there(project_root: Path, guide: str) -> None:
    document = project_root / guide
    bases = [document.parent, project_root, *(project_root / base for base in GUIDES[guide])]
    lines = document.read_text(encoding="utf-8").splitlines()
    assert [path for line in lines for path in missing_files(line, bases)] == []
    linked = [path for line in lines for path in LINK.findall(line)]
    assert [path for path in linked if not (document.parent / path).exists()] == []


@pytest.mark.parametrize("guide", GUIDES)
def test_that_every_class_and_function_of_a_guide_is_in_the_file_beside_it(
    project_root: Path, guide: str
) -> None:
    text = re.sub(r"\s+", " ", (project_root / guide).read_text(encoding="utf-8"))
    bases = [project_root, *(project_root / base for base in GUIDES[guide])]
    lost = []
    for before, its_file, within, beside in NAME_IN_FILE.findall(text):
        name, path = before or within, its_file or beside
        code = next((base / path).read_text(encoding="utf-8") for base in bases if (base / path).exists())
        definition = rf"^\s*(?:class |(?:async )?def )?{name.rpartition('.')[2]}\b"
        lost += [] if re.search(definition, code, re.M) else [f"{name} in {path}"]
    assert lost == []


def missing_files(line: str, bases: list[Path]) -> Iterator[str]:
    """The files that a line names and that are at none of these places, nor in a folder that the line names too."""
    named = [path for path in PATH_IN_TEXT.findall(line) if not path.startswith((".", "/"))]
    folders = [base / path for path in named if path.endswith("/") for base in bases]
    for path in named:
        if not any(any(base.glob(path.rstrip("/"))) for base in (*bases, *folders)):
            yield path


@pytest.mark.parametrize(("guide", "package"), [("core", "shannon_core"), ("gui", "shannon_gui")])
def test_that_the_drawn_layers_are_those_of_the_contract(
    project_root: Path, pyproject: dict[str, Any], guide: str, package: str
) -> None:
    contracts = pyproject["tool"]["importlinter"]["contracts"]
    (contract,) = (item for item in contracts if item.get("containers") == [package])
    drawn = DRAWING.findall((project_root / guide / "README.md").read_text(encoding="utf-8"))[0]
    names = [re.split(r"  +", line)[0] for line in drawn.strip().splitlines()]
    assert [set(line.split(" · ")) for line in names] == [
        set(line.split(" | ")) for line in contract["layers"]
    ]


@pytest.mark.parametrize(("guide", "package"), [("core", "shannon_core"), ("gui", "shannon_gui")])
def test_that_the_map_names_every_folder_and_module(project_root: Path, guide: str, package: str) -> None:
    (rows,) = tables(project_root / guide / "README.md", "folder or module")
    named = {name.split("/")[0] for row in rows for name in re.findall(r"`([^`]+)`", row[0])}
    code = project_root / guide / package
    there = {path.name for path in code.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert there - {"__init__.py", "_version.py"} == named


def test_that_events_md_lists_every_column_in_its_order(spec: Path) -> None:
    assert ids(spec / "events.md", "column") == list(PUBLIC_COLUMNS)


def test_that_events_md_says_of_each_column_what_its_entry_says(spec: Path) -> None:
    (rows,) = tables(spec / "events.md", "column")
    meanings = {row[0].strip(" `"): row[-1].strip("| ") for row in rows}
    assert meanings == {column.name: column.meaning for column in COLUMNS if column.is_public}


def test_that_events_md_says_which_columns_are_texts(spec: Path) -> None:
    (rows,) = tables(spec / "events.md", "column")
    texts = {row[0].strip(" `") for row in rows if "text" in row[1].lower()}
    assert texts == {name for name in PUBLIC_COLUMNS if EVENT_COLUMNS[name] == "VARCHAR"}


def test_that_events_md_lists_every_filter_with_its_option(spec: Path) -> None:
    (rows,) = tables(spec / "events.md", "field")
    listed = {row[0].strip(" `"): row[1].strip(" `") for row in rows}
    assert listed == {field.id: field.option for field in FILTER_FIELDS.values()}


def test_that_events_md_lists_every_aggregation_with_its_columns(spec: Path) -> None:
    rows = next(rows for rows in tables(spec / "events.md", "id") if rows[0][0].strip(" `") in AGGREGATIONS)
    listed = {
        row[0].strip(" `"): (row[2].strip(" `"), *re.findall(r"`(\w+)`", "".join(row[3:]))) for row in rows
    }
    assert listed == {
        name: tuple(column for column in key.column_names if column not in MEASURES)
        for name, key in AGGREGATIONS.items()
    }


def test_that_events_md_lists_every_measure_in_its_order(spec: Path) -> None:
    assert ids(spec / "events.md", "measure") == list(MEASURES)


def test_that_events_md_lists_every_note_with_its_bit(spec: Path) -> None:
    (rows,) = tables(spec / "events.md", "bit")
    assert {row[1].strip(" `"): int(row[0]) for row in rows} == dict(NOTES)


def test_that_sources_md_lists_every_source_with_its_folder(spec: Path) -> None:
    (rows,) = tables(spec / "sources.md", "source")
    folders = {row[0].strip("` "): row[2].strip("`/ ").replace("/", ".") for row in rows}
    assert folders == {item.id: item.package.removeprefix("shannon_core.") for item in SOURCES.built_in()}


def test_that_outputs_md_says_of_every_format_what_it_holds(spec: Path) -> None:
    (rows,) = tables(spec / "outputs.md", "format")
    written = [
        (id_.strip("`"), suffix.strip("`"), *(cell.startswith("yes") for cell in holds))
        for id_, suffix, *holds, _ in rows
    ]
    assert written == [
        (item.id, item.suffix, True, item.holds_aggregations, item.holds_reports) for item in FORMATS
    ]


def test_that_limits_md_names_the_limits_of_every_format(spec: Path) -> None:
    text = (spec / "limits.md").read_text(encoding="utf-8")
    limits = {
        f"{n:,}"
        for item in FORMATS
        for n in (item.limits.rows, item.limits.characters, item.limits.keys)
        if n
    }
    assert {limit for limit in limits if limit not in text} == set()


def test_that_events_md_names_every_format_of_a_report_with_its_ending(spec: Path) -> None:
    (rows,) = tables(spec / "events.md", "format")
    assert [tuple(cell.strip("`") for cell in row[:2]) for row in rows] == [
        (item.id, item.suffix) for item in REPORTS.values()
    ]


def test_that_outputs_md_names_every_event_of_a_job(spec: Path) -> None:
    assert ids(spec / "outputs.md", "event") == [event.__name__ for event in get_args(ProgressEvent)]


def test_that_outputs_md_names_every_option_of_the_command_line(spec: Path) -> None:
    text = "".join((spec / f"{name}.md").read_text(encoding="utf-8") for name in ("outputs", "events"))
    options = {option for action in argument_parser()._actions for option in action.option_strings}
    options -= {"-h", "--help", "--version"}
    assert {option for option in options if not re.search(rf"{option}(?![\w-])", text)} == set()
