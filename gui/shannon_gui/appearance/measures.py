"""Sizes that grow with the text, up to 200 % of the usual size.

Sizes in code and in the style sheet are meant for text of usual size; Qt applies the screen's own scale.
"""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication

_USUAL_HEIGHT = 18
"""A line of text of usual size, pixels."""
_USUAL_DIGITS_WIDTH = 84
"""Ten digits in the widest of the usual fonts, pixels."""


def tall(pixels: int) -> int:
    """A height for one line of text, given as that of text of usual size; pixels."""
    return pixels + max(0, _metrics().height() - _USUAL_HEIGHT)


def wide(pixels: int) -> int:
    """A width for text, given as that of text of usual size; pixels."""
    return round(pixels * max(1.0, _metrics().horizontalAdvance("0123456789") / _USUAL_DIGITS_WIDTH))


def _metrics() -> QFontMetrics:
    return QFontMetrics(QFont(QApplication.font()))
