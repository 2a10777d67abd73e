"""The look of a table of data: dense rows, hairlines, no zebra, figures of one width."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from shannon_gui.appearance.measures import tall

ROW_HEIGHT = 24
HEADER_HEIGHT = 28
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
"""How cells are aligned: words and figures."""


def style_table(table: QTableView) -> None:
    """Give a table that look."""
    rows, header = table.verticalHeader(), table.horizontalHeader()
    table.setFont(tabular(table.font()))
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setTabKeyNavigation(False)
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setMinimumSectionSize(tall(ROW_HEIGHT))
    rows.setDefaultSectionSize(tall(ROW_HEIGHT))
    rows.hide()
    header.setFixedHeight(tall(HEADER_HEIGHT))
    header.setSectionsMovable(True)
    header.setHighlightSections(False)


def tabular(font: QFont) -> QFont:
    """The font with figures of one width, so that columns of numbers line up."""
    result = QFont(font)
    result.setFeature(QFont.Tag("tnum"), 1)
    return result
