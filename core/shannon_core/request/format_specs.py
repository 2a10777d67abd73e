"""What each format is called and what it can hold: the one table that the window, the command line and the writers read."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from shannon_core.request.export_request import Contents, ExportFormat


@dataclass(frozen=True, slots=True)
class FormatSpec:
    """One format: its label, its file ending, what it holds, and what a person should know beforehand."""

    format: ExportFormat
    label: str
    suffix: str
    holds_aggregations: bool
    holds_reports: bool
    gzip: bool
    note: str = ""

    def holds_any_of(self, contents: Contents) -> bool:
        """Whether a file of this format would hold anything of these contents."""
        return bool(
            contents.raw_events
            or (contents.aggregations and self.holds_aggregations)
            or (contents.reports and self.holds_reports)
        )


FORMATS = MappingProxyType(
    {
        spec.format: spec
        for spec in (
            FormatSpec(ExportFormat.JSON, "JSON", ".json", True, True, gzip=True),
            FormatSpec(
                ExportFormat.CSV,
                "CSV",
                ".csv",
                True,
                False,
                gzip=True,
                note="No reports. Several tables become one ZIP.",
            ),
            FormatSpec(ExportFormat.JSONL, "JSONL", ".jsonl", False, False, gzip=True, note="Events only."),
            FormatSpec(
                ExportFormat.PARQUET,
                "Parquet",
                ".parquet",
                False,
                False,
                gzip=False,
                note="Events only. Compress chooses zstd instead of snappy.",
            ),
            FormatSpec(
                ExportFormat.EXCEL,
                "Excel",
                ".xlsx",
                True,
                False,
                gzip=False,
                note="No reports. Always compressed.",
            ),
            FormatSpec(
                ExportFormat.ZIP,
                "ZIP",
                ".zip",
                True,
                True,
                gzip=False,
                note="JSON, CSV, JSONL and reports together.",
            ),
        )
    }
)


def format_of_name(name: str) -> ExportFormat | None:
    """The format that a file's ending names, ``.gz`` apart; None where it names none."""
    lower = name.lower().removesuffix(".gz")
    return next((spec.format for spec in FORMATS.values() if lower.endswith(spec.suffix)), None)
