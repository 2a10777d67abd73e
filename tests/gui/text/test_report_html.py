"""The rendered report: the texts and charts of the saved page, and nothing that a log could have smuggled in."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument, QTextFormat
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from shannon_core.report.render import UsageReport, write_report
from shannon_core.request.contents import AggregationType, ReportFormat
from shannon_core.request.measures import MEASURES
from shannon_core.tables.result import AggregationResult
from shannon_gui.appearance.theme import DARK, LIGHT
from shannon_gui.panels.results.report import ReportPanel
from shannon_gui.text.report_html import page_of

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src="file:///etc/passwd">',
    "</text></svg><img src=http://example.invalid/x.png>",
    '<a href="http://example.invalid">x</a>',
    "</td></tr></table><style>*{background:url(http://example.invalid)}</style>",
    "javascript:alert(1)",
    "&lt;img src=x&gt; &amp;#60;",
    "<image xlink:href='file:///etc/passwd'/>",
    "<!-- --><![CDATA[ ]]><?php ?>",
]
TAGS = {"body", "p", "span", "table", "tr", "td", "br", "img"}


def report(names: list[str]) -> UsageReport:
    """An HTML report with these names wherever a log can put a text."""
    first = datetime(2026, 10, 1, tzinfo=UTC).isoformat()
    measures = dict.fromkeys(MEASURES, 1) | {"first_seen": first, "last_seen": first, "priced_tokens": 1}
    usage = {
        "count": 3,
        "success": 1,
        "failure": 1,
        "unknown": 1,
        "total_duration_ms": 5.0,
        "avg_duration_ms": 2.5,
    }
    result = AggregationResult(
        AggregationType.BY_SESSION,
        None,
        None,
        "UTC",
        measures,
        dict.fromkeys(names, 2),
        dict.fromkeys(names, usage),
        dict.fromkeys(names, usage),
        dict.fromkeys(names, 2),
        {name: {"tokens": 7, "cost_usd": 1.5, "priced_tokens": 7} for name in names},
        tuple({"session_id": name, **measures} for name in names),
    )
    record = {"filters": {"tool_name": names}}
    return write_report(result, ReportFormat.HTML, record)


def naughty_strings(root: Path) -> list[str]:
    """The big list of naughty strings, where it lies beside the checkout."""
    folder = root.parent / "shared" / "data" / "corpora" / "blns"
    files = sorted(folder.rglob("*.json")) if folder.is_dir() else []
    if not files:
        pytest.skip("the big list of naughty strings is not beside the checkout")
    return [text for text in json.loads(files[0].read_text(encoding="utf-8")) if isinstance(text, str)]


@pytest.fixture
def panel(qtbot: QtBot) -> ReportPanel:
    panel = ReportPanel()
    qtbot.addWidget(panel)
    panel.resize(900, 700)
    panel.show()
    return panel


def assert_inert(panel: ReportPanel, names: list[str], qtbot: QtBot) -> None:
    followed = QSignalSpy(panel.page().anchorClicked)
    panel.show_answer(report(names))
    assert not panel.grab().isNull()
    document = panel.page().document()
    sources, links = set(), set()
    block = document.begin()
    while block.isValid():
        for part in block:
            form = part.fragment().charFormat()
            links.add(form.anchorHref())
            if form.objectType() == QTextFormat.ObjectTypes.ImageObject.value:
                sources.add(form.toImageFormat().name())
        block = block.next()
    assert sources
    assert all(re.fullmatch(r"chart:\d+", name) for name in sources)
    assert links == {""}
    assert panel.page().refused == []
    assert followed.count() == 0
    page = page_of(report(names).content, LIGHT, "Sans")
    assert set(re.findall(r"<([a-z]+)", page.text)) <= TAGS
    for drawing in page.drawings:
        assert {e.tag.rpartition("}")[2] for e in ET.fromstring(drawing.svg).iter()} <= {
            "svg",
            "rect",
            "line",
            "text",
        }


def test_that_nothing_of_the_logs_becomes_part_of_the_page(panel: ReportPanel, qtbot: QtBot) -> None:
    assert_inert(panel, PAYLOADS, qtbot)
    for payload in PAYLOADS:
        assert payload in panel.text()


def test_that_no_naughty_string_becomes_part_of_the_page(
    panel: ReportPanel, qtbot: QtBot, project_root: Path
) -> None:
    assert_inert(panel, naughty_strings(project_root), qtbot)


@pytest.mark.parametrize(
    "name", ["file:///etc/passwd", "http://example.invalid/x.png", "chart:99", "x.png", "data:,x"]
)
def test_that_a_page_loads_nothing_but_its_own_charts(panel: ReportPanel, name: str) -> None:
    panel.show_answer(report(["Bash"]))
    page = panel.page()
    found = page.document().resource(QTextDocument.ResourceType.ImageResource.value, QUrl(name))
    assert bytes(found.data()) == b"\0"
    assert page.refused == [QUrl(name).toString()]


def test_that_a_page_says_what_the_saved_report_says(panel: ReportPanel) -> None:
    saved = report(["Bash", "Read"])
    panel.show_answer(saved)
    words = set(
        re.findall(r"[\w%$.]+", re.sub(r"<(style|svg|head).*?</\1>|<[^>]*>", " ", saved.content, flags=re.S))
    )
    assert words <= set(re.findall(r"[\w%$.]+", panel.text()))


def test_that_charts_are_drawn_in_the_colours_of_the_window() -> None:
    saved = report(["Bash"]).content
    for colors, others in ((LIGHT, DARK), (DARK, LIGHT)):
        page = page_of(saved, colors, "Sans")
        assert page.drawings
        assert all(others.accent not in drawing.svg for drawing in page.drawings)
        assert any(colors.accent in drawing.svg for drawing in page.drawings)
        assert colors.text in page.text


def test_that_a_report_of_another_format_is_shown_letter_by_letter(panel: ReportPanel) -> None:
    panel.show_answer(report(["Bash"]))
    assert panel.open_button().isVisible()
    panel.show_answer(UsageReport(ReportFormat.MARKDOWN, "<b>not bold</b>\n"))
    assert panel.text() == "<b>not bold</b>\n"
    assert not panel.open_button().isVisible()
