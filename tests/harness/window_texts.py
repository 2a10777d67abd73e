"""What a person reads in a window, and whether there is room for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QMenu, QTabBar, QWidget

from shannon_gui.widgets.elided_label import ElidedLabel

PSEUDO = re.compile(r"\[!!! .*? !!!\]", re.DOTALL)
WORD = re.compile(r"[A-Za-z]{3,}")


def shown_below(root: QWidget) -> Iterator[QWidget]:
    """Every widget that is on the screen, or would be if one scrolled there."""
    return (widget for widget in root.findChildren(QWidget) if widget.isVisibleTo(root))


def texts_of(root: QWidget) -> Iterator[tuple[QWidget, str]]:
    """Every text of a control, its tooltip and what a screen reader says, with the control."""
    for widget in shown_below(root):
        texts = [widget.toolTip(), widget.accessibleName()]
        match widget:
            case QLabel() | QAbstractButton():
                texts.append(widget.text())
            case QLineEdit():
                texts.append(widget.placeholderText())
            case QTabBar():
                texts += [widget.tabText(index) for index in range(widget.count())]
            case QComboBox():
                texts += [widget.itemText(index) for index in range(widget.count())]
        yield from ((widget, text) for text in texts if text)


def clipped_below(root: QWidget) -> list[str]:
    """The labels and buttons that are smaller than their text."""
    return [
        f"{type(widget).__name__} “{widget.text()}” {widget.width()}×{widget.height()}"
        for widget in shown_below(root)
        if isinstance(widget, QLabel | QAbstractButton) and widget.text() and _is_clipped(widget)
    ]


def _is_clipped(widget: QLabel | QAbstractButton) -> bool:
    if isinstance(widget, ElidedLabel):
        return widget.height() < widget.fontMetrics().height() - 1
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() < widget.heightForWidth(widget.width()) - 1
    text = re.sub(r"&(.)", r"\1", widget.text())
    lines = text.split("\n")
    metrics = widget.fontMetrics()
    needed = max(metrics.horizontalAdvance(line) for line in lines)
    return needed > widget.width() or metrics.height() * len(lines) > widget.height() + 2


def mnemonics_of(root: QWidget) -> list[str]:
    """The letters that Alt takes to a control below, one for each control."""
    texts = []
    for widget in shown_below(root):
        match widget:
            case QLabel():
                texts += [widget.text()] if widget.buddy() is not None else []
            case QAbstractButton():
                texts.append(widget.text())
            case QTabBar():
                texts += [widget.tabText(index) for index in range(widget.count())]
    return [letter for text in texts for letter in mnemonic(text)]


def mnemonics_in(menu: QMenu) -> list[str]:
    """The letters that choose in a menu."""
    return [letter for action in menu.actions() for letter in mnemonic(action.text())]


def mnemonic(text: str) -> list[str]:
    """The letter after the ampersand, if there is one."""
    return [letter.lower() for letter in re.findall(r"&(\w)", text.replace("&&", ""))]


def spoken_name(widget: QWidget) -> str:
    """What a screen reader calls the control."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""
