"""What scenes have in common: what a person does in more than one of them."""

from __future__ import annotations

import shutil
from collections.abc import Awaitable, Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from made_up_home import HOME
from shannon_core.request.contents import Contents, ReportFormat
from shannon_core.request.export_request import Encoding, ExportFormat
from shannon_core.request.table_keys import AGGREGATIONS
from shannon_gui.panels.filters.export_formats import FormatChoice
from shannon_gui.state import Phase
from studio import Studio

LEFT = Qt.MouseButton.LeftButton
ALL = tuple(ExportFormat)


def choose_everything(on: Studio) -> None:
    """Every format with all that it can hold."""
    form = on.window.panels.form
    form.formats.set_value(FormatChoice(ALL, Encoding(formula_guard=False)))
    form.contents.set_value(Contents(aggregations=tuple(AGGREGATIONS), reports=tuple(ReportFormat)))


async def the_dialog(on: Studio) -> Any:
    """The dialog that stands before the window, as soon as it does."""

    def shown() -> list[QDialog]:
        return [widget for widget in on.window.findChildren(QDialog) if widget.isVisible()]

    await on.until(lambda: bool(shown()))
    return shown()[0]


async def export(on: Studio, *, before_end: Callable[[], Awaitable[None]] | None = None) -> None:
    """Agree to what the dialog proposes, and wait for the end."""
    window = on.window
    QTest.mouseClick(window.panels.export_bar.button(), LEFT)
    dialog = await the_dialog(on)
    dialog.save_button().click()
    if before_end is not None:
        await before_end()
    await on.until(lambda: window.state().phase is Phase.READY and window.panels.message.isVisible())
    await on.settled()


def clear_documents() -> None:
    """No file of an earlier scene is asked about."""
    shutil.rmtree(HOME / "Documents")
    (HOME / "Documents").mkdir()


def show_mistake(on: Studio) -> None:
    """A mistake of the program, with a trace that names no file of this computer."""
    error = ZeroDivisionError("division by zero")
    on.window.presenter.show_bug(error)
