"""Reports over one aggregation, in the formats of request/report_specs (events.md §5).

Nothing from the logs is markup: HTML is escaped by the template engine, Markdown cell by cell, and control and
direction characters are shown as their escapes.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shannon_core.files.small_files import write_whole
from shannon_core.plugins import load
from shannon_core.rendering.csv_dialects import csv_field
from shannon_core.report.model import Report, report_of
from shannon_core.request.contents import ReportFormat
from shannon_core.request.export_request import Encoding
from shannon_core.request.report_specs import REPORTS
from shannon_core.tables.result import AggregationResult

if TYPE_CHECKING:
    from jinja2 import Environment

_MARKUP = re.compile(r"[\\`*_{}\[\]()<>#|~&@]|:(?=/)|(?<=www)\.")
_BIDI_AND_INVISIBLE = frozenset(
    "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)
_CSV_HEADER = ("section", "name", "measure", "value")


@dataclass(frozen=True, slots=True)
class UsageReport:
    """A report as text in one format."""

    format: ReportFormat
    content: str

    async def save(self, path: Path | str, *, overwrite: bool = True) -> Path:
        """Write the report to a file, atomically; its path. TargetError where the file cannot be written."""
        await write_whole(Path(path), self.content.encode(), overwrite=overwrite)
        return Path(path)


def write_report(result: AggregationResult, wanted: ReportFormat, metadata: Mapping[str, Any]) -> UsageReport:
    """A report over an aggregation; ``metadata`` are those of its export: filters, sources, counts of lines."""
    spec = REPORTS[wanted]
    content = (
        _render(spec.template, report_of(result, metadata)) if spec.template else load(spec.writer)(result)
    )
    return UsageReport(wanted, content)


def _render(template: str, report: Report) -> str:
    return _templates().get_template(template).render(report=report)


@cache
def _templates() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # slow to import, and only reports need it

    environment = Environment(
        loader=PackageLoader("shannon_resources", "reports"),
        autoescape=lambda name: bool(name) and ".html." in str(name),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters |= {"visible": visible, "md": _as_markdown, "elided": elided}
    return environment


def visible(text: str) -> str:
    """The text with control, direction and other invisible characters as their escapes."""
    return "".join(_escaped(c) if _is_hidden(c) else c for c in text)


def _is_hidden(character: str) -> bool:
    return character in _BIDI_AND_INVISIBLE or unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode()


def elided(text: str, length: int) -> str:
    """The text, elided in the middle where it is longer: ids and names differ at their ends."""
    if any(unicodedata.east_asian_width(character) in "WF" for character in text):
        length = length * 3 // 5
    if len(text) <= length:
        return text
    return f"{text[: length - length // 2 - 1]}…{text[len(text) - length // 2 :]}"


def _as_markdown(text: str) -> str:
    """A text escaped for Markdown, including the automatic links of GitHub's flavour."""
    return _MARKUP.sub(lambda match: "\\" + match[0], visible(text))


def as_json(result: AggregationResult) -> str:
    """The aggregation as JSON (``AggregationResult.to_dict``)."""
    return json.dumps(result.to_dict(), ensure_ascii=False, indent=2) + "\n"


def as_csv(result: AggregationResult) -> str:
    """The aggregation as tidy CSV: a line for each figure, numbers unrounded."""
    altered: Counter[str] = Counter()
    lines = [_CSV_HEADER, *_figures(result)]
    return "".join(
        ",".join(csv_field(value, Encoding(), altered) for value in line) + "\r\n" for line in lines
    )


def _figures(result: AggregationResult) -> Iterator[tuple[str, str | None, str, Any]]:
    whole = result.to_dict()
    for name in ("total_metrics", "total_sessions", "total_users", "total_errors"):
        yield "summary", None, name, whole[name]
    for section in ("duration_stats", "token_stats", "success_metrics"):
        for measure, value in whole[section].items():
            yield section, None, measure, value
    for section, entries in whole["breakdowns"].items():
        for name, value in entries.items():
            for measure, figure in (value if isinstance(value, dict) else {"count": value}).items():
                yield section, name, measure, figure
    for row in result.rows:
        (_, name), *measures = row.items()
        for measure, value in measures:
            yield "time_series", name, measure, value
