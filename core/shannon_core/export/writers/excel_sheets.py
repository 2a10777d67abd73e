"""The small sheets of a workbook, made cell by cell with openpyxl: Summary, and one sheet per aggregation with its
chart."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from types import MappingProxyType
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from shannon_core.rendering.cells import sheet_safe_text
from shannon_core.request.format_specs import EXACT_INTEGER, FIRST_SHEET_DATE, SHEET_ROWS
from shannon_core.request.measures import TableColumn
from shannon_core.request.table_keys import AGGREGATIONS, TableKey
from shannon_core.request.time_range import in_zone
from shannon_core.tables.result import AggregationResult
from shannon_core.units import Unit

INSTANT_FORMAT = "yyyy-mm-dd hh:mm:ss.000"
DURATION_FORMAT = "#,##0.###"
COUNT_FORMAT = "#,##0"
RATE_FORMAT = "0.0%"
MONEY_FORMAT = '"$"#,##0.00'
NUMBER_FORMATS: MappingProxyType[Unit, str] = MappingProxyType(
    {
        "instant": INSTANT_FORMAT,
        "count": COUNT_FORMAT,
        "tokens": COUNT_FORMAT,
        "milliseconds": DURATION_FORMAT,
        "seconds": DURATION_FORMAT,
        "dollars": MONEY_FORMAT,
        "share": RATE_FORMAT,
    }
)
"""The format of a cell by the unit of its value; texts and outcomes need none."""
HEAD_FONT = Font(name="Calibri", size=11, bold=True)
"""openpyxl's own default names no family, and other programs then choose a serif."""
CHARTED_ROWS = 400
"""Rows of a chart at most: with more, its bars are too thin to read."""

SHORT_TABLE = 40
"""Rows of a table that fit on a screen."""
_TOP_TOOLS = 20
"""Tools in the summary; the aggregation by tool has all of them."""


def head(sheet: Worksheet, widths: dict[str, int], row: int = 1) -> None:
    """Write a header row, and freeze the first row of the sheet."""
    for column, (title, width) in enumerate(widths.items(), 1):
        cell = sheet.cell(row, column)
        _put_text(cell, title)
        cell.font = HEAD_FONT
        cell.fill = PatternFill("solid", fgColor="ECEFF3")
        cell.alignment = Alignment(vertical="center")
        if row == 1:
            sheet.column_dimensions[get_column_letter(column)].width = width
    if row == 1:
        sheet.freeze_panes = "A2"


def add_summary(workbook: Workbook, overview: AggregationResult, altered: Counter[str]) -> None:
    """The sheet Summary: totals, and the tools by their uses."""
    sheet = workbook.create_sheet("Summary")
    head(sheet, {"Metric": 34, "Value": 18, "": 14})
    total = overview.totals
    facts = (
        ("Total Metrics", total["metrics_count"], COUNT_FORMAT),
        ("Total Sessions", total["sessions"], COUNT_FORMAT),
        ("Total Users", total["users"], COUNT_FORMAT),
        ("Total Errors", total["errors"], COUNT_FORMAT),
        ("Success Rate", total["success_rate"], RATE_FORMAT),
        ("Total Tokens", total["tokens"], COUNT_FORMAT),
        ("Total Cost (USD)", total["cost_usd"], MONEY_FORMAT),
        ("Share of Tokens with a Known Cost", overview.priced_share, RATE_FORMAT),
    )
    for row, (name, value, style) in enumerate(facts, 2):
        _put_text(sheet.cell(row, 1), name)
        _put(sheet.cell(row, 2), value, style, altered)
    first = len(facts) + 4
    sheet.cell(first - 1, 1, "Top Tools").font = HEAD_FONT
    head(sheet, {"Tool": 0, "Uses": 0, "Success Rate": 0}, first)
    for row, (name, outcomes) in enumerate(list(overview.tools.items())[:_TOP_TOOLS], first + 1):
        decided = outcomes["success"] + outcomes["failure"]
        _put(sheet.cell(row, 1), name, "", altered)
        _put(sheet.cell(row, 2), outcomes["count"], COUNT_FORMAT, altered)
        _put(sheet.cell(row, 3), outcomes["success"] / decided if decided else None, RATE_FORMAT, altered)


def add_aggregation(workbook: Workbook, result: AggregationResult, altered: Counter[str]) -> None:
    """The sheets of one aggregation (more than one beyond SHEET_ROWS rows), the first with a chart."""
    spec = AGGREGATIONS[result.type]
    title = str(result.type).replace("_", " ").title()
    for number, start in enumerate(range(0, max(1, len(result.rows)), SHEET_ROWS), 1):
        part = result.rows[start : start + SHEET_ROWS]
        sheet = workbook.create_sheet(title if number == 1 else f"{title} ({number})")
        head(sheet, {_heading(column, result.timezone): _width(spec, column) for column in spec.columns})
        for row, values in enumerate(part, 2):
            for number_of, column in enumerate(spec.columns, 1):
                value = _native(column, values[column.id], result.timezone)
                _put(sheet.cell(row, number_of), value, NUMBER_FORMATS.get(column.unit, ""), altered)
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(spec.columns))}{len(part) + 1}"
        if number == 1 and part:
            sheet.add_chart(_chart(sheet, result, len(part)), _anchor(len(spec.columns), len(part)))


def _chart(sheet: Worksheet, result: AggregationResult, rows: int) -> BarChart | LineChart:
    spec = AGGREGATIONS[result.type]
    chart = LineChart() if spec.is_time else BarChart()
    last = min(rows, CHARTED_ROWS) + 1
    chart.title = f"Events, {str(result.type).replace('_', ' ')}"
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=last))
    chart.width, chart.height = 28, 11
    chart.legend = None
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False  # openpyxl hides the axes of new charts in recent Excel
    chart.y_axis.numFmt = COUNT_FORMAT
    for line in chart.series:
        line.smooth = False
    if spec.is_time:
        chart.x_axis.number_format = "yyyy-mm-dd"
    return chart


def _anchor(columns: int, rows: int) -> str:
    """The cell of a chart: below a short table, beside a long one, whose end is out of sight."""
    return f"A{rows + 4}" if rows <= SHORT_TABLE else f"{get_column_letter(columns + 2)}2"


def _native(column: TableColumn, value: Any, timezone: str) -> Any:
    """The value of a cell: instants as wall clock of the zone, lists and objects as JSON."""
    if column.unit == "instant" and value is not None:
        wall = in_zone(datetime.fromisoformat(value), timezone).replace(tzinfo=None)
        return wall if wall >= FIRST_SHEET_DATE else wall.isoformat()
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return value


def _heading(column: TableColumn, timezone: str) -> str:
    return f"{column.heading} ({timezone})" if column.unit == "instant" else column.heading


def _width(key: TableKey, column: TableColumn) -> int:
    if column.unit == "instant":
        return 26
    if column.id == key.column:
        return key.width
    return 38 if column.unit == "uses" else 20


def _put(cell: Cell | MergedCell, value: Any, style: str, altered: Counter[str]) -> None:
    """Write a value in its type; one that a cell cannot hold exactly becomes text, counted in ``altered``."""
    if value is None:
        return
    if isinstance(value, int) and abs(value) > EXACT_INTEGER:
        altered["big_integer"] += 1
        _put_text(cell, str(value))
    elif isinstance(value, datetime) and value < FIRST_SHEET_DATE:
        altered["early_date"] += 1
        _put_text(cell, value.isoformat(timespec="microseconds"))
    elif isinstance(value, str):
        _put_text(cell, sheet_safe_text(value, altered))
    else:
        cell.value = value
        cell.number_format = style


def _put_text(cell: Cell | MergedCell, text: str) -> None:
    """Write a text as a string cell, which is never evaluated as a formula."""
    cell.value = text
    cell.data_type = "s"
