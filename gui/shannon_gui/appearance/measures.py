"""Sizes that grow with the text, up to 200 % of the usual size.

Sizes in code and in the style sheet are meant for text of usual size; the screen's own scale is Qt's business.
"""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication

_USUAL_HEIGHT = 18
_USUAL_FIGURES = 84
"""Ten figures of the widest of the usual fonts."""


def tall(pixels: int) -> int:
    """A height that holds one line of text, with the air that it has at the usual size."""
    return pixels + max(0, _metrics().height() - _USUAL_HEIGHT)


def wide(pixels: int) -> int:
    """A width that holds so much text at the usual size."""
    return round(pixels * max(1.0, _metrics().horizontalAdvance("0123456789") / _USUAL_FIGURES))


def _metrics() -> QFontMetrics:
    return QFontMetrics(QFont(QApplication.font()))
