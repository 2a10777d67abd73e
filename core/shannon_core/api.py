"""The Python API: parser → aggregator → reporter → exporter, over one session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from shannon_core.errors import JobCancelled, error_of
from shannon_core.jobs.progress import Cancelled, Failed, FileFailed, FileWritten, Notice
from shannon_core.jobs.worker import Job
from shannon_core.report.render import UsageReport
from shannon_core.request.contents import (
    DEFAULT_AGGREGATIONS,
    DEFAULT_REPORTS,
    AggregationType,
    Contents,
    ReportFormat,
)
from shannon_core.request.export_request import Encoding, ExportFormat, ExportRequest
from shannon_core.request.selection import EventFilter, Selection
from shannon_core.request.time_range import TimeRange
from shannon_core.session import Session
from shannon_core.tables.result import AggregationResult

Filters = Mapping[str, object]


class MetricsParser:
    """Reads the events of sources; use it as an asynchronous context manager.

    Without ``keep`` nothing is stored; with it, the next start reads only what changed. ``notices`` are sentences in
    English, such as which files were skipped.
    """

    def __init__(self, *sources: str | Path, keep: bool = False) -> None:
        self.sources = tuple(str(source) for source in sources)
        self.notices: list[str] = []
        self._keep = keep
        self._session: Session | None = None

    async def __aenter__(self) -> Self:
        await self.session()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def session(self) -> Session:
        """The session over the sources, which are read on the first call.

        ShannonError where they cannot be read or have no events.
        """
        if self._session is None:
            session = await Session.open(self.sources, keep=self._keep)
            try:
                _, self.notices = await _finished(session.read())
            except BaseException:
                await session.close()
                raise
            self._session = session
        return self._session

    async def close(self) -> None:
        """Close the session and its store; the parser may be used again."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()


class MetricsAggregator:
    """Aggregates the events of a parser."""

    def __init__(self, parser: MetricsParser) -> None:
        self.parser = parser

    async def aggregate(
        self,
        aggregation_type: AggregationType | str,
        start_time: datetime | None = None,
        end_time: datetime | None = None,
        filters: Filters | None = None,
        timezone: str = "UTC",
    ) -> AggregationResult:
        """One aggregation of the events from start to end, inclusive (events.md §4).

        RequestError where the aggregation, a filter or the zone is unknown, ShannonError as in
        ``MetricsParser.session``.
        """
        session = await self.parser.session()
        return await session.aggregate(_selection(start_time, end_time, filters, timezone), aggregation_type)


class ReportGenerator:
    """Writes reports over an aggregator's results."""

    def __init__(self, aggregator: MetricsAggregator) -> None:
        self.aggregator = aggregator

    async def generate_report(
        self,
        aggregation_type: AggregationType | str,
        start_time: datetime | None = None,
        end_time: datetime | None = None,
        report_format: ReportFormat = ReportFormat.MARKDOWN,
        filters: Filters | None = None,
        timezone: str = "UTC",
    ) -> UsageReport:
        """A report in a format of ``ReportFormat`` (events.md §5). Errors are those of ``aggregate``."""
        session = await self.aggregator.parser.session()
        selection = _selection(start_time, end_time, filters, timezone)
        return await session.report(selection, report_format, aggregation_type)


class MetricsExporter:
    """Writes one file in a format of ``ExportFormat`` (outputs.md)."""

    def __init__(
        self, parser: MetricsParser, aggregator: MetricsAggregator, reporter: ReportGenerator
    ) -> None:
        self.parser = parser
        self.aggregator = aggregator
        self.reporter = reporter

    async def export(
        self,
        output_path: Path | str,
        start_time: datetime | None,
        end_time: datetime | None,
        options: ExportOptions,
        filters: Filters | None = None,
    ) -> Path:
        """Write the file; its path, whose suffix may differ (``.gz``, or ``.zip`` for several CSV tables).

        RequestError where the options are not valid, TargetError where the file cannot be written: the target is
        unchanged then.
        """
        session = await self.parser.session()
        request = ExportRequest(
            sources=self.parser.sources,
            target=str(output_path),
            formats=(options.format,),
            selection=_selection(start_time, end_time, filters, options.timezone),
            contents=options.contents(),
            encoding=Encoding(
                options.compress, options.formula_guard, options.csv_bom, anonymize=options.anonymize
            ),
            overwrite=options.overwrite,
        )
        path, _ = await _finished(session.export(request))
        return Path(path)


def _selection(
    start: datetime | None, end: datetime | None, filters: Filters | None, timezone: str
) -> Selection:
    return Selection(TimeRange(start, end, timezone), filters_from(filters))


async def _finished(job: Job) -> tuple[str, list[str]]:
    """The path that the job wrote, and its notices; its error where it failed, was cancelled or lacks a part."""
    path, notices, failures = "", [], []
    async for event in job:
        match event:
            case FileWritten():
                path = event.path
            case Notice():
                notices.append(event.text)
            case FileFailed():
                failures.append(error_of(event.code, event.values))
            case Failed():
                raise error_of(event.code, event.values)
            case Cancelled():
                raise JobCancelled
            case _:
                pass
    if failures:
        raise failures[0]
    return path, notices


def filters_from(values: Mapping[str, object] | None) -> tuple[EventFilter, ...]:
    """Filters from the dictionary of 0.1, ``{field: value or list of values}``; None and empty lists filter nothing.

    RequestError where a field or value is not valid.
    """
    result = []
    for name, value in (values or {}).items():
        several = value if isinstance(value, list | tuple | set | frozenset) else [value]
        texts = tuple(_filter_text(item) for item in several if item is not None)
        checked = EventFilter(name, texts)
        if texts:
            result.append(checked)
    return tuple(result)


def _filter_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """The options of one file: those of 0.1 and later ones. None for types or formats means their defaults."""

    format: ExportFormat
    include_raw_metrics: bool = True
    include_aggregations: bool = True
    include_reports: bool = True
    aggregation_types: Sequence[AggregationType | str] | None = None
    report_formats: Sequence[ReportFormat] | None = None
    compress: bool = False
    formula_guard: bool = True
    csv_bom: bool = False
    anonymize: bool = False
    timezone: str = "UTC"
    overwrite: bool = False

    def contents(self) -> Contents:
        """The contents of the file by these options."""
        types = DEFAULT_AGGREGATIONS if self.aggregation_types is None else tuple(self.aggregation_types)
        reports = DEFAULT_REPORTS if self.report_formats is None else tuple(self.report_formats)
        return Contents(
            self.include_raw_metrics,
            types if self.include_aggregations else (),
            reports if self.include_reports else (),
        )
