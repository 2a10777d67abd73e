"""Shannon Exporter's core: logs of AI agents in, files out, without a screen.

The Python API keeps the names of version 0.1::

    async with MetricsParser("~/.shannon-mcp/analytics") as parser:
        aggregator = MetricsAggregator(parser)
        exporter = MetricsExporter(parser, aggregator, ReportGenerator(aggregator))
        await exporter.export(Path("usage.xlsx"), start, end, ExportOptions(ExportFormat.EXCEL), {"tool_name": "Bash"})

Everything heavy is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from shannon_core._version import __version__

if TYPE_CHECKING:
    from shannon_core.api import (
        ExportOptions,
        MetricsAggregator,
        MetricsExporter,
        MetricsParser,
        ReportGenerator,
    )
    from shannon_core.errors import ShannonError
    from shannon_core.report.render import UsageReport
    from shannon_core.request.contents import AggregationType, ReportFormat
    from shannon_core.request.export_request import ExportFormat
    from shannon_core.tables.result import AggregationResult

__all__ = [
    "AggregationResult",
    "AggregationType",
    "ExportFormat",
    "ExportOptions",
    "MetricsAggregator",
    "MetricsExporter",
    "MetricsParser",
    "ReportFormat",
    "ReportGenerator",
    "ShannonError",
    "UsageReport",
    "__version__",
]

_HOMES = {
    "AggregationResult": "tables.result",
    "AggregationType": "request.contents",
    "ExportFormat": "request.export_request",
    "ExportOptions": "api",
    "MetricsAggregator": "api",
    "MetricsExporter": "api",
    "MetricsParser": "api",
    "ReportFormat": "request.contents",
    "ReportGenerator": "api",
    "ShannonError": "errors",
    "UsageReport": "report.render",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
