"""How values look on the screen."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtGui import QTextDocument

from shannon_gui.text import formatting
from shannon_gui.text.formatting import ago
from shannon_gui.text.i18n import counted, number
from shannon_gui.text.labels import short_path


@pytest.mark.parametrize(
    ("milliseconds", "shown"),
    [
        (0, "0 ms"),
        (0.3, "0.3 ms"),
        (840, "840 ms"),
        (999.6, "1.00 s"),
        (1240, "1.24 s"),
        (59_994, "59.99 s"),
        (59_996, "1 min 00 s"),
        (185_000, "3 min 05 s"),
        (7_500_000, "2 h 05 min"),
        (-840, "−840 ms"),
    ],
)
def test_that_a_duration_is_read_at_a_glance(milliseconds: float, shown: str) -> None:
    assert formatting.duration(milliseconds) == shown


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 KB"),
        (3_149_000, "3.1 MB"),
        (999_600, "1.0 MB"),
        (2**60, "1,153 PB"),
    ],
)
def test_that_a_size_has_the_unit_that_fits(count: int, shown: str) -> None:
    assert formatting.size(count) == shown


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, "0"),
        (312, "312"),
        (21_000, "21.0 k"),
        (14_000_000, "14.0 M"),
        (9_812_004_000, "9.8 B"),
        (212_400, "212 k"),
    ],
)
def test_that_a_large_number_is_short(count: int, shown: str) -> None:
    assert formatting.large(count) == shown


@pytest.mark.parametrize(("dollars", "shown"), [(0, "$0.00"), (17.849, "$17.85"), (0.0042, "$0.0042")])
def test_that_a_cost_keeps_what_matters(dollars: float, shown: str) -> None:
    assert formatting.money(dollars) == shown


def test_that_an_instant_is_the_wall_clock_of_its_zone() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    first = 1_792_888_200_125_000  # 2026-10-25T00:30:00.125Z, which is 02:30 there, and an hour later again
    assert formatting.instant(first, berlin) == "2026-10-25 02:30:00.125"
    assert formatting.instant(first + 3_600_000_000, berlin) == "2026-10-25 02:30:00.125"


def test_that_an_instant_beyond_the_calendar_is_a_dash() -> None:
    assert formatting.instant(2**62, ZoneInfo("UTC")) == formatting.DASH


@pytest.mark.parametrize("text", ["<b>bold</b>", "<img src='file:///etc/passwd'>", "a & b", "plain\nsecond"])
def test_that_a_tooltip_shows_exactly_its_text(text: str) -> None:
    document = QTextDocument()
    document.setHtml(formatting.plain_tooltip(text))
    assert document.toPlainText() == text


def test_that_a_counted_text_agrees_with_its_number() -> None:
    assert counted("test", "{n} line(s)", 1) == "1 line"
    assert counted("test", "{n} line(s)", 12_345) == "12,345 lines"


def test_that_an_integer_of_any_size_is_grouped() -> None:
    assert number(10**30) == f"{10**30:,}"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-3, "just now"),
        (1.9, "just now"),
        (59, "59 s ago"),
        (60, "1 min ago"),
        (7300, "2 h ago"),
        (86_400, "1 day ago"),
    ],
)
def test_that_ages_are_coarse(seconds: float, text: str) -> None:
    assert ago(seconds) == text


def test_that_the_home_folder_is_a_tilde_and_its_neighbours_are_not() -> None:
    home = str(Path.home())
    assert (short_path(f"{home}/x"), short_path(home), short_path(f"{home}x")) == ("~/x", "~", f"{home}x")
