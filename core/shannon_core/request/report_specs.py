"""The formats of a report: one entry holds every fact about one (events.md §5)."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from shannon_core.request.contents import ReportFormat
from shannon_core.translation import translatable


@dataclass(frozen=True, slots=True)
class ReportFormatSpec:
    """One format of a report.

    A report is made by ``template``, a file of shannon_resources/reports, or where that is empty by the code that
    ``writer`` names as text ``module:name``: a function ``(AggregationResult) -> str``. ``is_page`` says that it is
    shown as a page and not as text; ``tab_order`` is its place where one report is looked at. With ``repeats_tables``
    it says what the tables beside it in a JSON export say, which therefore leaves it out.
    """

    id: ReportFormat
    title: str
    suffix: str
    tab_order: int
    template: str = ""
    writer: str = ""
    is_page: bool = False
    repeats_tables: bool = False


_RENDER = "shannon_core.report.render"
REPORTS = MappingProxyType(
    {
        spec.id: spec
        for spec in (
            ReportFormatSpec(ReportFormat.MARKDOWN, "Markdown", ".md", 2, template="report.md.j2"),
            ReportFormatSpec(ReportFormat.HTML, "HTML", ".html", 1, template="report.html.j2", is_page=True),
            ReportFormatSpec(
                ReportFormat.JSON, "JSON", ".json", 5, writer=f"{_RENDER}:as_json", repeats_tables=True
            ),
            ReportFormatSpec(ReportFormat.CSV, "CSV", ".csv", 4, writer=f"{_RENDER}:as_csv"),
            ReportFormatSpec(ReportFormat.TEXT, translatable("Text"), ".txt", 3, template="report.txt.j2"),
        )
    }
)
