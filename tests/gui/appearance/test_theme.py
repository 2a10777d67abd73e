"""Contrast of every text on every surface, and the change between light and dark."""

import itertools

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from shannon_gui.appearance.theme import DARK, LIGHT, Colors, Theme, style_sheet

SURFACES = ("window", "base", "raised")
TEXTS = ("text", "muted", "link", "success", "warning", "danger")
PAIRS = [
    *itertools.product(TEXTS, SURFACES),
    ("on_accent", "accent"),
    ("on_accent", "accent_strong"),
    ("text", "selection"),
    ("muted", "selection"),
    ("link", "selection"),
    *itertools.product(("text",), ("info_soft", "success_soft", "warning_soft", "danger_soft")),
    ("success", "success_soft"),
    ("warning", "warning_soft"),
    ("danger", "danger_soft"),
]


def luminance(name: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = QColor(name).getRgbF()[:3]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, WCAG 2.2."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("pair", PAIRS, ids=" on ".join)
@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_that_a_text_stands_out_from_its_surface(colors: Colors, pair: tuple[str, str]) -> None:
    text, surface = (getattr(colors, name) for name in pair)
    assert contrast(text, surface) >= 4.5


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_that_the_focus_stands_out_from_its_surface(colors: Colors) -> None:
    assert min(contrast(colors.accent, getattr(colors, surface)) for surface in SURFACES) >= 3


@pytest.mark.parametrize(("colors", "name"), [(LIGHT, "light"), (DARK, "dark")])
def test_that_the_style_sheet_names_only_known_colors(colors: Colors, name: str) -> None:
    sheet = style_sheet(colors, name)
    assert "$" not in sheet
    assert colors.accent in sheet


def test_that_a_forced_scheme_reaches_the_palette(qapp: QApplication, theme: Theme) -> None:
    theme.force(Qt.ColorScheme.Dark)
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
    theme.force(Qt.ColorScheme.Light)
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.window)
    theme.force(None)
