"""The request of an export, as frozen values that are validated when they are built and round-trip through JSON.

``Selection`` chooses the events, ``ExportRequest`` adds the files. The window, the command line and a job file build
the same values, and nothing downstream knows which of them did.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Literal, Self

from shannon_core.errors import RequestError
from shannon_core.request.contents import Contents
from shannon_core.request.format_specs import FORMATS, format_spec
from shannon_core.request.selection import EventFilter, Selection
from shannon_core.request.time_range import TimeRange, parse_instant


class ExportFormat(StrEnum):
    """The ids of the built-in formats, for programs; a format of a package has its id as text
    (request/format_specs.py)."""

    JSON = "json"
    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    EXCEL = "excel"
    ZIP = "zip"


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the files are encoded: compression, line ends, guards.

    ``formula_guard`` keeps spreadsheets from running text of a CSV as a formula (OWASP ASVS 5.0 1.2.10); ``csv_bom``
    adds a byte order mark, by which Excel recognises UTF-8; ``anonymize`` replaces people and branches by pseudonyms.
    """

    compress: bool = False
    formula_guard: bool = True
    csv_bom: bool = False
    csv_line_end: Literal["\r\n", "\n"] = "\r\n"
    anonymize: bool = False

    def __post_init__(self) -> None:
        if self.csv_line_end not in ("\r\n", "\n"):
            raise RequestError("csv_line_end_unknown")


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """A complete export: sources, selection, contents, formats and target.

    ``formats`` are ids of ``request/format_specs.py``. With one format ``target`` is the file; with several it is a
    folder that exists (files are named ``export.*`` in it) or a stem. ``overwrite`` replaces existing files.
    """

    sources: tuple[str, ...]
    target: str
    formats: tuple[str, ...]
    selection: Selection = field(default_factory=Selection)
    contents: Contents = field(default_factory=Contents)
    encoding: Encoding = field(default_factory=Encoding)
    overwrite: bool = False

    def __post_init__(self) -> None:
        if not self.sources:
            raise RequestError("source_not_chosen")
        if not self.formats:
            raise RequestError("format_not_chosen", formats=FORMATS.built_in_ids)
        if not self.target:
            raise RequestError("target_not_chosen")
        if any("\0" in path for path in (*self.sources, self.target)):
            raise RequestError("path_with_nul")
        object.__setattr__(self, "formats", tuple(dict.fromkeys(format_spec(id_).id for id_ in self.formats)))
        contents = self.contents
        if not (contents.raw_events or contents.aggregations or contents.reports):
            raise RequestError("nothing_chosen")

    def to_json(self) -> str:
        """The request as a job file: what the window saves and ``--job`` runs."""
        import json  # most commands come without a job

        plain = asdict(self)
        time_range = plain["selection"]["time_range"]
        for side in ("start", "end"):
            if time_range[side] is not None:
                time_range[side] = time_range[side].isoformat()
        return json.dumps({"shannon_job": 1, **plain}, ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The request of a job file; RequestError where it is not valid, with the reason."""
        import json

        try:
            plain = json.loads(text)
            if plain.pop("shannon_job") != 1:
                raise ValueError("a job file of another version")
            selection = plain.pop("selection")
            zone_name = selection["time_range"]["timezone"]
            start, end = (selection["time_range"][side] for side in ("start", "end"))
            return cls(
                sources=_texts(plain.pop("sources")),
                formats=_texts(plain.pop("formats")),
                selection=Selection(
                    TimeRange(
                        start and parse_instant(start, zone_name),
                        end and parse_instant(end, zone_name),
                        zone_name,
                    ),
                    tuple(
                        EventFilter(f["field"], _texts(f["values"]), f["negated"])
                        for f in selection["filters"]
                    ),
                    selection["text"],
                ),
                contents=Contents(**plain.pop("contents")),
                encoding=Encoding(**plain.pop("encoding")),
                **plain,
            )
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise RequestError("job_invalid", reason=f"{type(error).__name__}: {error}") from error


def _texts(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)
