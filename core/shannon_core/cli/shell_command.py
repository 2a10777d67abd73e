"""A request as the equivalent command line."""

from __future__ import annotations

import shlex
from dataclasses import asdict

from shannon_core.request.export_request import ExportRequest
from shannon_core.request.filter_fields import FILTER_FIELDS
from shannon_core.request.output_options import flags_of


def as_command(request: ExportRequest) -> str:
    """The command of exactly this export, for “Copy as command”."""
    selection, contents, encoding = request.selection, request.contents, request.encoding
    words = [
        "shannon-export",
        *(_positional(source) for source in request.sources),
        f"--output={request.target}",
    ]
    words += [f"--format={item}" for item in request.formats]
    for option, moment in (("--from", selection.time_range.start), ("--to", selection.time_range.end)):
        words += [f"{option}={moment.isoformat()}"] if moment else []
    words += [f"--timezone={selection.time_range.timezone}"]
    for item in selection.filters:
        words += [
            f"{FILTER_FIELDS[item.field].option}={_filter_word(value, item.negated)}" for value in item.values
        ]
    words += [f"--text={selection.text}"] if selection.text else []
    words += [] if contents.raw_events else ["--no-raw"]
    words += ["--aggregate", *contents.aggregations] if contents.aggregations else ["--no-aggregations"]
    words += ["--report", *contents.reports] if contents.reports else ["--no-reports"]
    words += flags_of(asdict(encoding))
    return shlex.join([*words, *(["--force"] if request.overwrite else [])])


def _positional(source: str) -> str:
    return f"./{source}" if source.startswith("-") else source


def _filter_word(value: str, negated: bool) -> str:
    if negated:
        return f"!{value}"
    return f"\\{value}" if value.startswith(("!", "\\")) else value
