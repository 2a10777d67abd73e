"""The arguments of the command line: the parser, and the task that they ask for."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from typing import Any

from shannon_core._version import __version__
from shannon_core.errors import RequestError
from shannon_core.request.contents import DEFAULT_AGGREGATIONS, DEFAULT_REPORTS, Contents, ReportFormat
from shannon_core.request.export_request import Encoding, ExportRequest
from shannon_core.request.filter_fields import FILTER_FIELDS
from shannon_core.request.format_specs import (
    FORMATS,
    find_format_of_name,
    format_spec,
    format_titles,
    plugin_problems,
)
from shannon_core.request.output_options import OUTPUT_OPTIONS
from shannon_core.request.selection import EventFilter, Selection
from shannon_core.request.table_keys import AGGREGATIONS
from shannon_core.request.time_range import TimeRange


@dataclass(frozen=True, slots=True)
class Task:
    """The task of the arguments: queries of a selection, or with a request an export."""

    sources: tuple[str, ...]
    selection: Selection
    request: ExportRequest | None


def task_of(options: argparse.Namespace, job: str = "") -> Task:
    """The task of the arguments; ``job`` is the text of the job file, if one is named.

    RequestError where the arguments contradict each other or have an unknown value.
    """
    if options.job:
        request = _job_request(options, job)
        return Task(request.sources, request.selection, request)
    if not options.sources:
        raise RequestError("source_not_named")
    sources = tuple(options.sources)
    selection = _selection(options)
    looking = options.preview is not None or options.count or options.summary
    only_rejects = options.rejects and not options.output
    writes_events = not looking and not only_rejects
    return Task(sources, selection, _request(options, sources, selection) if writes_events else None)


def _job_request(options: argparse.Namespace, job: str) -> ExportRequest:
    request = ExportRequest.from_json(job)
    return replace(
        request, target=options.output or request.target, overwrite=options.force or request.overwrite
    )


def _selection(options: argparse.Namespace) -> Selection:
    if options.last and (options.start or options.end):
        raise RequestError("last_with_range")
    if options.last:
        time_range = TimeRange.last(options.last, options.timezone)
    else:
        time_range = TimeRange.parse(options.start, options.end, options.timezone)
    filters = []
    for field in FILTER_FIELDS:
        values = getattr(options, field) or []
        wanted = tuple(value.removeprefix("\\") for value in values if not value.startswith("!"))
        unwanted = tuple(value[1:] for value in values if value.startswith("!"))
        filters += [EventFilter(field, wanted), EventFilter(field, unwanted, negated=True)]
    return Selection(time_range, tuple(filters), options.text)


def _request(options: argparse.Namespace, sources: tuple[str, ...], selection: Selection) -> ExportRequest:
    if not options.output:
        raise RequestError("target_not_named")
    named = None if options.format else find_format_of_name(options.output)
    formats = tuple(options.format or ([named.id] if named else []))
    if not formats:
        raise RequestError(
            "format_not_named", path=options.output, problems=plugin_problems(), formats=FORMATS.ids()
        )
    return ExportRequest(
        sources=sources,
        target=options.output,
        formats=formats,
        selection=selection,
        contents=Contents(
            not options.no_raw,
            () if options.no_aggregations else tuple(options.aggregate or DEFAULT_AGGREGATIONS),
            () if options.no_reports else tuple(options.report or DEFAULT_REPORTS),
        ),
        encoding=_encoding(options),
        overwrite=options.force,
    )


def _encoding(options: argparse.Namespace) -> Encoding:
    """The encoding by the flags; a target that ends in .gz is compressed without a flag."""
    named = [option for option in OUTPUT_OPTIONS if getattr(options, f"encoding_{option.id}")]
    values: dict[str, Any] = {option.id: option.flag_value for option in named}
    if options.output.lower().endswith(".gz"):
        values["compress"] = True
    return Encoding(**values)


def argument_parser() -> argparse.ArgumentParser:
    """The parser with every option of outputs.md §8."""
    parser = argparse.ArgumentParser(
        prog="shannon-export",
        description=f"Turn folders of AI-agent event logs into {format_titles()}.",
        epilog="Exit codes: 0 finished, 1 finished with errors (or rejected lines under --strict), 2 bad arguments, "
        "3 failed, 130 cancelled.",
    )
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="a folder with logs, or a log file")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    _add_selection(parser.add_argument_group("which events"))
    _add_output(parser.add_argument_group("what to write"))
    _add_looking(parser.add_argument_group("looking, without writing"))
    running = parser.add_argument_group("running")
    running.add_argument("--job", metavar="FILE", help="run a saved request")
    running.add_argument("--no-cache", action="store_true", help="keep nothing on this computer")
    running.add_argument("--prices", metavar="FILE", help="prices of models, over the listed ones")
    running.add_argument(
        "--progress", choices=("auto", "plain", "json", "none"), default="auto", help="on stderr"
    )
    running.add_argument("--strict", action="store_true", help="rejected lines make the exit code 1")
    return parser


def _add_selection(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--from", dest="start", metavar="T", help="a date or a time; included")
    group.add_argument("--to", dest="end", metavar="T", help="included; a date means its end")
    group.add_argument("--last", metavar="7d", help="the last 24h, 7d or 4w")
    group.add_argument(
        "--timezone", metavar="ZONE", default="UTC", help="IANA name; days and hours are its own (UTC)"
    )
    for field in FILTER_FIELDS.values():
        choices = f" ({', '.join(value.id for value in field.values)})" if field.values else ""
        group.add_argument(
            field.option,
            dest=field.id,
            action="append",
            metavar="VALUE",
            help=f"{field.id}{choices}; repeatable, !VALUE negates",
        )
    group.add_argument(
        "--text", default="", metavar="WORDS", help="words that the event's data contains, ignoring case"
    )


def _add_output(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "-o", "--output", metavar="PATH", help="the file; with several formats a folder or a stem"
    )
    group.add_argument(
        "--format",
        action="append",
        type=_format_id,
        choices=_FormatIds(FORMATS.built_in_ids),
        help="repeatable; else from PATH",
    )
    group.add_argument("--no-raw", action="store_true", help="without the events themselves")
    aggregations = group.add_mutually_exclusive_group()
    aggregations.add_argument("--no-aggregations", action="store_true", help="without aggregations")
    aggregations.add_argument(
        "--aggregate",
        nargs="+",
        choices=list(AGGREGATIONS),
        metavar="TYPE",
        help="these aggregations",
    )
    reports = group.add_mutually_exclusive_group()
    reports.add_argument("--no-reports", action="store_true", help="without reports")
    reports.add_argument(
        "--report",
        nargs="+",
        choices=[str(f) for f in ReportFormat],
        metavar="FORMAT",
        help="reports in these formats",
    )
    for option in OUTPUT_OPTIONS:
        group.add_argument(
            option.flag, dest=f"encoding_{option.id}", action="store_true", help=option.flag_help
        )
    group.add_argument("--force", action="store_true", help="replace files that are there")
    group.add_argument("--rejects", metavar="PATH", help="the lines that could not be read, as CSV")


def _add_looking(group: argparse._ArgumentGroup) -> None:
    looks = group.add_mutually_exclusive_group()
    looks.add_argument("--preview", type=_row_count, metavar="N", help="the first N rows as a table")
    looks.add_argument("--count", action="store_true", help="the number of matching events")
    looks.add_argument(
        "--summary", action="store_true", help="totals as JSON; with --aggregate, those aggregations"
    )
    looks.add_argument(
        "--sources", dest="sources_here", action="store_true", help="the log folders found on this computer"
    )


class _FormatIds(tuple[str, ...]):
    """Choices that list the built-in formats but accept those of packages too, which ``_format_id`` has checked."""

    __slots__ = ()

    def __contains__(self, _id: object) -> bool:
        return True


def _format_id(text: str) -> str:
    try:
        return format_spec(text).id
    except RequestError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _row_count(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return value
