"""Reports show the values of the aggregation, and no text from the logs is markup in any of them
(core/spec/events.md)."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from harness.golden import assert_golden
from harness.log_files import write_log
from harness.read_session import ReadSession
from harness.records.shannon import full_event
from shannon_core.report.charts import CHART_WIDTH
from shannon_core.report.model import report_of
from shannon_core.report.render import elided
from shannon_core.request.contents import AggregationType, ReportFormat
from shannon_core.request.measures import MEASURES
from shannon_core.request.report_specs import REPORTS
from shannon_core.request.selection import EventFilter, Selection
from shannon_core.request.time_range import TimeRange
from shannon_core.tables.result import AggregationResult

GOLDEN = Path(__file__).parent / "golden"
PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "</style><link rel=stylesheet href=//example.invalid>",
    "![x](http://example.invalid/?q=1)",
    "[click](javascript:alert(1))",
    "a|b`c*d_e~f#g<h>&amp;",
    "http://example.invalid www.example.invalid a@example.invalid",
    "line\nbreak\r\n\u2028and\u202ertl\u200b",
    "\x1b[31mred\x00",
    "=1+1",
]


class Tags(HTMLParser):
    """Which tags, attributes and addresses a page holds."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text.append(data)


ALLOWED_TAGS = {
    *("html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "p", "dl", "dt", "dd", "div"),
    *("section", "table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "span", "footer"),
    *("svg", "line", "rect", "text"),
}
ALLOWED_ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "class", "viewbox", "role", "aria-label"),
    *("x", "y", "x1", "y1", "x2", "y2", "width", "height", "rx"),
}


async def report(folder: Path, wanted: ReportFormat, names: list[str]) -> str:
    """A report over events with these names everywhere."""
    events = []
    for number, name in enumerate(names):
        common = {"session_id": name, "user_id": name}
        events += [
            full_event(4 * number, data={"tool_name": name, "duration_ms": 5, "success": True}, **common),
            full_event(4 * number + 1, type="agent_execution", data={"agent_id": name}, **common),
            full_event(4 * number + 2, type="error_occurred", data={"error_type": name}, **common),
            full_event(
                4 * number + 3,
                type="token_usage",
                data={"model": name, "total_tokens": 5, "cost_usd": 1},
                **common,
            ),
        ]
    write_log(folder, events)
    reading = await ReadSession.of(folder)
    found = await reading.session.report(Selection(), wanted, AggregationType.BY_SESSION)
    await reading.session.close()
    return found.content


def naughty_strings(root: Path) -> list[str]:
    """The big list of naughty strings, where it is beside the checkout."""
    folder = root.parent / "shared" / "data" / "corpora" / "blns"
    files = sorted(folder.rglob("*.json")) if folder.is_dir() else []
    if not files:
        pytest.skip("the big list of naughty strings is not beside the checkout")
    return [text for text in json.loads(files[0].read_text(encoding="utf-8")) if isinstance(text, str)]


def assert_inert(page: str) -> Tags:
    parsed = Tags()
    parsed.feed(page)
    assert parsed.tags <= ALLOWED_TAGS
    assert parsed.attributes <= ALLOWED_ATTRIBUTES
    assert "default-src 'none'" in page
    assert not re.search(r"[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f]", page)
    return parsed


async def test_that_a_page_has_no_tag_attribute_or_address_from_the_logs(tmp_path: Path) -> None:
    parsed = assert_inert(await report(tmp_path, ReportFormat.HTML, PAYLOADS))
    shown = "".join(parsed.text)
    assert "<script>alert(1)</script>" in shown
    assert "{{ 7 * 7 }}" in shown
    assert r"line\nbreak\r\n\u2028and\u202ertl\u200b" in shown


async def test_that_a_page_is_inert_for_the_naughty_strings(tmp_path: Path, project_root: Path) -> None:
    assert_inert(await report(tmp_path, ReportFormat.HTML, naughty_strings(project_root)))


async def test_that_every_markdown_row_has_as_many_cells_as_its_head(tmp_path: Path) -> None:
    page = await report(tmp_path, ReportFormat.MARKDOWN, PAYLOADS)
    tables = [block.splitlines() for block in page.split("\n\n") if block.startswith("|")]
    assert len(tables) == 8
    for head, _, *rows in tables:
        cells = len(re.findall(r"(?<!\\)\|", head))
        assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {cells}
    unescaped = re.sub(r"\\.", "", page)
    assert not re.search(r"[<>`\[\]*_@]|https?://|www\.", unescaped)


async def test_that_the_csv_report_is_tidy_data(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(await report(tmp_path, ReportFormat.CSV, PAYLOADS), newline="")))
    figures = {(row["section"], row["name"], row["measure"]): row["value"] for row in rows}
    assert figures["summary", "", "total_metrics"] == str(4 * len(PAYLOADS))
    assert figures["tools", "'=1+1", "count"] == "1"


@pytest.mark.parametrize("wanted", list(ReportFormat))
async def test_that_a_report_over_no_events_says_so(tmp_path: Path, wanted: ReportFormat) -> None:
    write_log(tmp_path, [full_event(1)])
    reading = await ReadSession.of(tmp_path)
    nothing = Selection(TimeRange.parse("1999-01-01", "1999-01-02"))
    content = (await reading.session.report(nothing, wanted)).content
    assert content
    if wanted in (ReportFormat.MARKDOWN, ReportFormat.HTML, ReportFormat.TEXT):
        assert "Nothing in this period" in content
    await reading.session.close()


async def test_that_a_page_names_empty_sections_in_one_line(tmp_path: Path) -> None:
    write_log(tmp_path, [full_event(1, data={"tool_name": "Bash"})])
    reading = await ReadSession.of(tmp_path)
    page = (await reading.session.report(Selection(), ReportFormat.HTML)).content
    assert "Nothing in this period: agents, errors by type.</p>" in page
    assert re.findall(r"<figcaption>(.*?) <", page) == ["Events over time", "Tools by uses"]
    await reading.session.close()


@pytest.mark.parametrize("wanted", [ReportFormat.MARKDOWN, ReportFormat.HTML, ReportFormat.TEXT])
async def test_that_a_report_says_in_words_which_events_it_is_about(
    tmp_path: Path, wanted: ReportFormat
) -> None:
    write_log(tmp_path, [full_event(1, data={"tool_name": "Bash"})])
    reading = await ReadSession.of(tmp_path)
    filters = (EventFilter("type", ("a", "<b>")), EventFilter("model", ("m",), negated=True))
    content = (await reading.session.report(Selection(filters=filters), wanted)).content
    read = html.unescape(content).replace("\\", "")
    assert "Only events whose type is a, <b>; model is not m" in read
    await reading.session.close()


def test_that_a_long_label_keeps_both_of_its_ends() -> None:
    assert elided("mcp__github__search_code", 20) == "mcp__gith…earch_code"
    assert elided("short", 20) == "short"
    assert len(elided("漢" * 60, 20)) == 12


def some_days(count: int) -> AggregationResult:
    """A day with one event each, and neither tokens nor errors."""
    first = datetime(2025, 10, 1, tzinfo=UTC)
    measures = dict.fromkeys(MEASURES, None) | {"metrics_count": 1, "tokens": 0, "errors": 0}
    rows = tuple({"timestamp": (first + timedelta(days=day)).isoformat(), **measures} for day in range(count))
    totals = measures | {
        "sessions": 1,
        "priced_tokens": 0,
        "first_seen": first.isoformat(),
        "last_seen": first.isoformat(),
    }
    return AggregationResult(AggregationType.DAILY, None, None, "UTC", totals, {}, {}, {}, {}, {}, rows)


@pytest.mark.parametrize("days", [1, 2, 40, 400, 4000])
def test_that_the_columns_of_a_chart_and_their_dates_stay_inside_it(days: int) -> None:
    (chart,) = report_of(some_days(days), {}).time_charts
    assert len(chart.bars) == days
    assert all(bar.x >= 0 and bar.x + bar.width <= CHART_WIDTH + 0.5 for bar in chart.bars)
    assert 1 <= len(chart.ticks) <= 5
    assert chart.ticks[0].label == "2025-10-01"
    assert len({tick.label for tick in chart.ticks}) == len(chart.ticks)
    places = [tick.x for tick in chart.ticks]
    assert all(after - before > 70 for before, after in pairwise(places))


async def test_that_every_report_says_what_share_of_the_tokens_its_cost_is_of(tmp_path: Path) -> None:
    usages = [("known", 99_951, 1.0), ("new-model", 49, None)]
    write_log(
        tmp_path,
        [
            full_event(place, type="token_usage", data={"model": model, "total_tokens": tokens, "cost": cost})
            for place, (model, tokens, cost) in enumerate(usages)
        ],
    )
    reading = await ReadSession.of(tmp_path)
    said = {wanted: (await reading.session.report(Selection(), wanted)).content for wanted in ReportFormat}
    assert json.loads(said[ReportFormat.JSON])["token_stats"]["priced_share"] == pytest.approx(0.99951)
    assert "token_stats,,priced,99951\r\n" in said[ReportFormat.CSV]
    for wanted in (ReportFormat.MARKDOWN, ReportFormat.HTML, ReportFormat.TEXT):
        assert "99.9%" in said[wanted]  # rounded down: it is not all of them
        assert "no cost is known: new-model" in said[wanted].replace("\\", "")
    await reading.session.close()


@pytest.mark.parametrize("wanted", list(ReportFormat))
async def test_that_the_text_of_a_report_is_that_of_the_golden_file(
    tmp_path: Path, wanted: ReportFormat
) -> None:
    moments = ("2026-03-28T10:00:00Z", "2026-03-29T00:30:00Z", "2026-03-31T10:00:00Z")
    events = [full_event(number, timestamp=moment) for number, moment in enumerate(moments)]
    events.append(
        full_event(9, type="token_usage", data={"model": "m", "input_tokens": 1_234_567, "cost_usd": 3.5})
    )
    events.append(full_event(10, type="error_occurred", data={"error_type": "TimeoutError"}))
    write_log(tmp_path, events)
    reading = await ReadSession.of(tmp_path)
    selection = Selection(TimeRange(timezone="Europe/Berlin"))
    content = (await reading.session.report(selection, wanted)).content
    assert_golden(content, GOLDEN / f"report_{wanted}{REPORTS[wanted].suffix}")
    await reading.session.close()
