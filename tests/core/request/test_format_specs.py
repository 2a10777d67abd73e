"""Every id of the registries of formats and output options, asked for everything that an entry owes."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pyarrow.parquet as pq
import pytest

import manual
from harness.jobs import Recorder
from harness.log_files import write_log
from harness.program import python, run
from harness.records.shannon import event
from harness.workbench import EVENTS_ONLY, Workbench
from shannon_core.cli.arguments import argument_parser, task_of
from shannon_core.cli.shell_command import as_command
from shannon_core.export.hazards import HazardCheck
from shannon_core.export.preflight import Preflights
from shannon_core.export.read_back import event_ids
from shannon_core.export.run import export
from shannon_core.jobs.progress import FileProgress, FileWritten
from shannon_core.plugins import load
from shannon_core.request.contents import Contents
from shannon_core.request.export_request import Encoding, ExportFormat, ExportRequest
from shannon_core.request.format_specs import BUILT_IN, FORMATS, find_format_of_name, format_spec
from shannon_core.request.output_files import OutputPlan, plan_output
from shannon_core.request.output_options import OUTPUT_OPTIONS, OutputOption
from shannon_core.request.report_specs import REPORTS, ReportFormatSpec

TESTS = Path(__file__).parents[2]
ROOT = TESTS.parent
IDS = (*FORMATS.built_in_ids, "tsv")
OF_PACKAGES = {"tsv"}
"""README, golden files and translations are of this program: they do not concern the formats of packages."""
WITHOUT_NOTE = {"json"}
"""It holds everything there is, so that there is nothing to know before choosing it."""
WITHOUT_HAZARDS = {
    "json": "texts are escaped, integers of any size are exact",
    "jsonl": "as JSON",
    "parquet": "typed columns, data as JSON text",
    "tsv": "it counts the separators that it replaces",
}
"""Formats that hold every value so that their usual readers take it as it is, or say what they changed."""
READ_BY_ITS_OWN_MODULE = {"tsv"}
"""The example package is one module; no format of this program is read back by the module that writes it."""
PERSON = "mathilda"
EVENTS = [
    event(number, user_id=PERSON, data={"project_path": f"/home/{PERSON}/x", "note": f"{PERSON} wrote it"})
    for number in range(7)
]


pytestmark = pytest.mark.usefixtures("installed_plugin")


@pytest.fixture
def filled(bench: Workbench, tmp_path: Path) -> Workbench:
    write_log(tmp_path / "logs", EVENTS)
    bench.read(tmp_path / "logs")
    return bench


@pytest.fixture(scope="module")
def german() -> dict[str, str]:
    tree = ElementTree.parse(ROOT / "resources/shannon_resources/translations/de.ts")
    (core,) = [item for item in tree.iter("context") if item.findtext("name") == "core"]
    messages = [(item.findtext("source") or "", item.find("translation")) for item in core.iter("message")]
    return {
        source: found.text or ""
        for source, found in messages
        if found is not None and found.get("type") != "unfinished"
    }


def plan_for(bench: Workbench, target: Path, id_: str, **encoding: object) -> OutputPlan:
    """One file with the events."""
    encoded = Encoding(**encoding)  # type: ignore[arg-type]
    return plan_output(
        ExportRequest(bench.sources, str(target), (id_,), contents=EVENTS_ONLY, encoding=encoded)
    )


def written(bench: Workbench, plan: OutputPlan) -> tuple[Path, Recorder]:
    recorder = Recorder()
    export(bench.connection, plan, recorder.control)
    return plan.paths[0], recorder


def content_of(path: Path) -> str:
    """Everything that a file says, unpacked."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return "".join(archive.read(name).decode() for name in archive.namelist())
    if path.suffix == ".parquet":
        return str((pq.read_table(path).to_pylist(), pq.read_metadata(path).metadata))
    return path.read_text()


def test_that_the_legacy_names_are_ids_of_built_in_formats() -> None:
    assert {str(item) for item in ExportFormat} <= {*FORMATS.built_in_ids}


@pytest.mark.parametrize("id_", IDS)
class TestFormat:
    def test_that_it_has_a_title_and_an_ending_by_which_it_is_found(self, id_: str) -> None:
        spec = format_spec(id_)
        assert spec.title
        found = find_format_of_name(f"usage{spec.suffix}")
        assert found is spec

    def test_that_its_note_is_translated(self, id_: str, german: dict[str, str]) -> None:
        spec = format_spec(id_)
        assert bool(spec.note) is (id_ not in WITHOUT_NOTE)
        if spec.note and id_ not in OF_PACKAGES:
            assert german[spec.note]

    def test_that_the_readme_has_a_row_for_it(self, id_: str) -> None:
        rows = re.findall(r"^\| (\w+) \|", (ROOT / "README.md").read_text(encoding="utf-8"), re.M)
        assert (format_spec(id_).title in rows) is (id_ not in OF_PACKAGES)

    def test_that_it_has_a_golden_file(self, id_: str) -> None:
        golden = TESTS / "core" / "export" / "golden"
        found = [path for path in golden.iterdir() if path.name.split(".")[1] == format_spec(id_).suffix[1:]]
        assert len(found) == (0 if id_ in OF_PACKAGES else 1)

    def test_that_all_the_code_it_names_is_there(self, id_: str) -> None:
        spec = format_spec(id_)
        kinds = [kind for kind in (spec.file, spec.archive) if kind is not None]
        for name in (spec.reader, *(name for kind in kinds for name in (kind.writer, kind.verifier) if name)):
            assert callable(load(name))
        assert all(kind.output in ("stream", "file") for kind in kinds)

    def test_that_an_independent_reader_finds_its_events_in_their_order(
        self, id_: str, filled: Workbench, tmp_path: Path
    ) -> None:
        spec = format_spec(id_)
        path, _ = written(filled, plan_for(filled, tmp_path / "out", id_))
        assert event_ids(spec, path) == [item["id"] for item in EVENTS]
        writer, reader = (name.partition(":")[0] for name in (spec.file.writer, spec.reader))
        assert (writer == reader) is (id_ in READ_BY_ITS_OWN_MODULE)

    def test_that_it_counts_its_rows_once_for_each_pass(
        self, id_: str, filled: Workbench, tmp_path: Path
    ) -> None:
        _, recorder = written(filled, plan_for(filled, tmp_path / "out", id_))
        last = recorder.of(FileProgress)[-1]
        assert last.rows_done == last.rows_total == len(EVENTS) * format_spec(id_).passes

    def test_that_its_hazards_are_decided(self, id_: str) -> None:
        spec = format_spec(id_)
        assert bool(spec.hazards) is (id_ not in WITHOUT_HAZARDS)
        if spec.hazards:
            assert isinstance(load(spec.hazards), HazardCheck)

    def test_that_it_holds_pseudonyms_in_the_place_of_names(
        self, id_: str, filled: Workbench, tmp_path: Path
    ) -> None:
        plain, _ = written(filled, plan_for(filled, tmp_path / "plain", id_))
        assert PERSON in content_of(plain)
        hidden, _ = written(filled, plan_for(filled, tmp_path / "hidden", id_, anonymize=True))
        assert PERSON not in content_of(hidden)

    def test_that_its_size_is_estimated(self, id_: str, filled: Workbench, tmp_path: Path) -> None:
        plan = plan_for(filled, tmp_path / "out", id_)
        said = Preflights(filled.connection).of(plan, Recorder().control)
        _, recorder = written(filled, plan)
        assert said.bytes == pytest.approx(recorder.of(FileWritten)[0].bytes, rel=0.01)

    def test_that_it_is_compressed_as_a_whole_only_where_the_option_concerns_it(
        self, id_: str, filled: Workbench, tmp_path: Path
    ) -> None:
        spec = format_spec(id_)
        assert not spec.file.gzip or "compress" in spec.options
        path = plan_for(filled, tmp_path / "out", id_, compress=True).paths[0]
        assert path.name == f"out{spec.suffix}{'.gz' if spec.file.gzip else ''}"

    def test_that_its_options_are_options(self, id_: str) -> None:
        assert set(format_spec(id_).options) <= {option.id for option in OUTPUT_OPTIONS}


@pytest.mark.parametrize("option", OUTPUT_OPTIONS, ids=lambda option: option.id)
class TestOutputOption:
    def test_that_help_and_man_page_have_its_flag(self, option: OutputOption) -> None:
        assert option.flag in argument_parser().format_help()
        (program,) = (item for item in manual.programs() if item.name == "shannon-export")
        page = manual.man_page(program, datetime(2026, 1, 1, tzinfo=UTC)).replace("\\-", "-")
        assert option.flag in page
        assert option.flag_help in page.replace("\\(aq", "'")

    def test_that_the_readme_has_a_row_for_it(self, option: OutputOption) -> None:
        assert f"| `{option.flag}` | {option.flag_help} |" in (ROOT / "README.md").read_text(encoding="utf-8")

    def test_that_its_texts_are_translated(self, option: OutputOption, german: dict[str, str]) -> None:
        for text in (option.label, option.help, *(label for _, label in option.choices)):
            assert german[text]

    def test_that_the_flag_changes_its_default_and_survives_a_job_file_and_a_command(
        self, option: OutputOption
    ) -> None:
        default = getattr(Encoding(), option.id)
        assert option.flag_value != default
        options = argument_parser().parse_args(["logs", "-o", "out.csv", option.flag])
        request = task_of(options).request
        assert request is not None
        assert asdict(request.encoding) == {**asdict(Encoding()), option.id: option.flag_value}
        assert ExportRequest.from_json(request.to_json()) == request
        assert json.loads(request.to_json())["encoding"][option.id] == option.flag_value
        _, *words = as_command(request).split(" ")
        assert task_of(argument_parser().parse_args(words)).request == request

    def test_that_it_concerns_a_format(self, option: OutputOption) -> None:
        assert option.for_all or any(option.concerns(spec) for spec in BUILT_IN)


def test_that_every_field_of_the_encoding_is_an_option() -> None:
    assert [*asdict(Encoding())] == [option.id for option in OUTPUT_OPTIONS]


@pytest.mark.parametrize("item", REPORTS.values(), ids=lambda item: item.id)
def test_that_a_report_is_made_by_a_template_or_by_code(item: ReportFormatSpec) -> None:
    assert bool(item.template) is not bool(item.writer)
    if item.writer:
        assert callable(load(item.writer))
    else:
        assert (ROOT / "resources" / "shannon_resources" / "reports" / item.template).is_file()


def test_that_several_tables_become_an_archive_only_where_one_file_holds_one() -> None:
    several, one = Contents(reports=()), EVENTS_ONLY
    archives = {spec.id for spec in BUILT_IN if spec.kind_for(several) is not spec.kind_for(one)}
    assert archives == {"csv"}


def test_that_importing_the_entries_imports_no_writer() -> None:
    script = "import sys, shannon_core.request.format_specs; print(*sys.modules)"
    loaded = set(run(python(script), check=True).stdout.split())
    assert "shannon_core.request.format_specs" in loaded
    assert not {"shannon_core.export", "pyarrow", "openpyxl", "duckdb", "importlib.metadata"} & loaded
