"""The formats: one entry for each with every fact about it; its code is named as text ``module:name``, loaded when
used.

The window, the command line, the preflight, the writing and the self-test read the entries. Packages add entries by the
entry point group ``shannon_exporter.formats``, each under its id.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from shannon_core.errors import RequestError
from shannon_core.plugins import Registry
from shannon_core.translation import translatable

if TYPE_CHECKING:
    from shannon_core.request.contents import Contents

SHEET_ROWS = 1_048_575
"""Rows of a sheet without its header (ECMA-376 readers stop at 2^20)."""
CELL_CHARACTERS = 32_767
"""UTF-16 units of a cell of a sheet."""
EXACT_INTEGER = 2**53
"""The largest integer up to which a sheet's numbers, which are doubles, are exact."""
EXACT_DIGITS = 15
"""Digits of a number that are kept by programs which read every number as a double."""
FIRST_SHEET_DATE = datetime(1900, 3, 1)  # noqa: DTZ001 – a wall clock; spreadsheets disagree on the calendar before it
CSV_KEYS = 500
"""Keys of ``data`` with a column of their own; rarer ones share one: a row would be mostly commas, and two thousand
rows of ten thousand columns do not fit into DuckDB's memory."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a file of a format; None where the format has none.

    ``rows`` of events in one sheet (more go on in the next); ``characters`` of a cell, in UTF-16 units; ``integer``,
    the largest that is exact; ``earliest``, the first wall clock that is a date; ``keys`` of ``data`` that get columns.
    """

    rows: int | None = None
    characters: int | None = None
    integer: int | None = None
    earliest: datetime | None = None
    keys: int | None = None


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of file of a format: its suffix, and the code that writes and verifies it.

    With ``output`` “stream”, ``writer`` names a ``StreamWriter`` that yields the bytes, which the export gzips and
    writes; with “file”, a ``FileWriter``, which writes to the open file itself and may patch it. ``verifier`` names a
    ``Verifier`` that reads the complete file before it is renamed to its target; without one, its bytes are compared
    with what was written. With ``gzip`` it may be compressed as a whole. The types are those of
    ``shannon_core.export.file_writing``.
    """

    suffix: str
    writer: str
    output: Literal["stream", "file"] = "stream"
    verifier: str = ""
    gzip: bool = False


@dataclass(frozen=True, slots=True)
class FormatSpec:
    """One format, with every fact about it.

    ``file`` is what it writes; ``archive`` takes its place where there are several tables and one file holds only one.
    ``reader`` names a function ``(path) -> list[str]`` that gives the ids of the events in a finished file, in their
    order, with other means than the writer's. ``hazards`` names a ``HazardCheck`` of values that the format alters or
    that its usual readers take wrongly; empty where it holds every value as it is. ``options`` are the ids of the
    output options that concern it, beside those that concern every format. ``passes`` is how many times it goes through
    all events. ``note`` is what to know before choosing it.
    """

    id: str
    title: str
    file: FileKind
    reader: str
    archive: FileKind | None = None
    note: str = ""
    holds_aggregations: bool = False
    holds_reports: bool = False
    hazards: str = ""
    options: tuple[str, ...] = ()
    passes: int = 1
    limits: Limits = Limits()

    @property
    def suffix(self) -> str:
        """The suffix of its file, by which the format of a name is recognised."""
        return self.file.suffix

    def holds_any_of(self, contents: Contents) -> bool:
        """Whether a file of this format would hold anything of these contents."""
        return bool(
            contents.raw_events
            or (contents.aggregations and self.holds_aggregations)
            or (contents.reports and self.holds_reports)
        )

    def kind_for(self, contents: Contents) -> FileKind:
        """The kind of file for these contents: an archive where they are several tables and one file holds one."""
        tables = contents.raw_events + len(contents.aggregations)
        return self.archive if self.archive is not None and tables > 1 else self.file

    def sheets_for(self, events: int) -> int:
        """The number of sheets that ``events`` events fill; 0 where the format has no sheets."""
        return max(1, -(-events // self.limits.rows)) if self.limits.rows else 0


_WRITERS, _READERS, _HAZARDS = (f"shannon_core.export.{name}" for name in ("writers", "read_back", "hazards"))
_ZIP_VERIFIER = f"{_WRITERS}.zip_writer:verify_archive"
_CSV_OPTIONS = ("formula_guard", "csv_bom", "csv_line_end")

BUILT_IN = (
    FormatSpec(
        "json",
        "JSON",
        FileKind(".json", f"{_WRITERS}.json:json_chunks", gzip=True),
        f"{_READERS}:json_ids",
        holds_aggregations=True,
        holds_reports=True,
        options=("compress",),
    ),
    FormatSpec(
        "csv",
        "CSV",
        FileKind(".csv", f"{_WRITERS}.csv:csv_table_chunks", gzip=True),
        f"{_READERS}:csv_ids",
        archive=FileKind(".zip", f"{_WRITERS}.archive:write_csv_archive", "file", _ZIP_VERIFIER),
        note=translatable("No reports. Several tables become one ZIP."),
        holds_aggregations=True,
        hazards=f"{_HAZARDS}:CSV_CELLS",
        options=("compress", *_CSV_OPTIONS),
        limits=Limits(keys=CSV_KEYS),
    ),
    FormatSpec(
        "jsonl",
        "JSONL",
        FileKind(".jsonl", f"{_WRITERS}.jsonl:jsonl_chunks", gzip=True),
        f"{_READERS}:jsonl_ids",
        note=translatable("Events only."),
        options=("compress",),
    ),
    FormatSpec(
        "parquet",
        "Parquet",
        FileKind(
            ".parquet", f"{_WRITERS}.parquet:write_parquet", "file", f"{_WRITERS}.parquet:verify_parquet"
        ),
        f"{_READERS}:parquet_ids",
        note=translatable("Events only. Compress chooses zstd instead of snappy."),
        options=("compress",),
    ),
    FormatSpec(
        "excel",
        "Excel",
        FileKind(".xlsx", f"{_WRITERS}.excel:write_excel", "file", _ZIP_VERIFIER),
        f"{_READERS}:excel_ids",
        note=translatable("No reports. Always compressed."),
        holds_aggregations=True,
        hazards=f"{_HAZARDS}:SHEETS",
        limits=Limits(SHEET_ROWS, CELL_CHARACTERS, EXACT_INTEGER, FIRST_SHEET_DATE),
    ),
    FormatSpec(
        "zip",
        "ZIP",
        FileKind(".zip", f"{_WRITERS}.archive:write_zip", "file", _ZIP_VERIFIER),
        f"{_READERS}:zip_ids",
        note=translatable("JSON, CSV, JSONL and reports together."),
        holds_aggregations=True,
        holds_reports=True,
        hazards=f"{_HAZARDS}:CSV_CELLS",
        options=_CSV_OPTIONS,
        passes=3,
        limits=Limits(keys=CSV_KEYS),
    ),
)
FORMATS = Registry(
    "shannon_exporter.formats",
    FormatSpec,
    {spec.id: spec for spec in BUILT_IN},
    refused=lambda spec: "" if spec.suffix.startswith(".") else f"The ending {spec.suffix!r} has no dot.",
)
DEFAULT_FORMAT = BUILT_IN[0].id


def format_spec(id_: str) -> FormatSpec:
    """The entry of a format, built in or of a package. RequestError, with the known ids, where the id is unknown."""
    spec = FORMATS.get(id_)
    if spec is None:
        raise RequestError("format_unknown", format=id_, problems=plugin_problems(), formats=FORMATS.ids())
    return spec


def plugin_problems() -> str:
    """The problems of packages' formats that were found so far, as text."""
    return " ".join(f"{found.package}: {found.id}: {found.reason}" for found in FORMATS.problems())


def format_of_name(name: str, among: tuple[FormatSpec, ...] = BUILT_IN) -> FormatSpec | None:
    """The format by the suffix of a file, before ``.gz``; None where it is of none of these formats."""
    lower = name.lower().removesuffix(".gz")
    return next((spec for spec in among if lower.endswith(spec.suffix)), None)


def format_titles() -> str:
    """The titles of the built-in formats, as a list in a sentence."""
    *first, last = (spec.title for spec in BUILT_IN)
    return f"{', '.join(first)} and {last}"


def find_format_of_name(name: str) -> FormatSpec | None:
    """``format_of_name`` over the built-in formats, then over those of packages."""
    return format_of_name(name) or format_of_name(name, FORMATS.plugged_in())
