"""The scenes of which pictures are made: each drives the real window to what it wants to show, and never sleeps."""

from __future__ import annotations

import shutil

from PySide6.QtCore import QDate, QPoint, Qt, QTime
from PySide6.QtTest import QTest

from acts import LEFT, choose_everything, clear_documents, export, show_mistake, the_dialog
from made_up_home import HOME
from shannon_core.request.contents import AggregationType
from shannon_core.request.sort_order import Order
from shannon_core.request.time_range import TimeRange
from shannon_gui import eventloop
from shannon_gui.panels.filters.event_filters import Choice
from studio import Studio, full_disk

NORMAL, SMALL, LARGE = (1440, 900), (1280, 720), (1920, 1080)
LOGS, ARCHIVE = ".shannon-mcp/analytics", "archive"
BERLIN = "Europe/Berlin"


async def first_start(on: Studio) -> None:
    """What is on this computer, before anything is asked."""
    window = await on.open(NORMAL)
    listed = window.panels.empty
    await on.until(lambda: len(listed.found_list().ticked()) == 3 and eventloop.is_idle())
    await on.picture("first-found-light")
    on.light(dark=True)
    await on.picture("first-found-dark")


async def nothing_found(on: Studio) -> None:
    """A computer without logs."""
    hidden = HOME / "hidden"
    hidden.mkdir()
    for name in (".claude", ".codex", ".shannon-mcp"):
        (HOME / name).rename(hidden / name)
    await on.open(SMALL)
    await on.until(eventloop.is_idle)
    await on.picture("first-nothing-light")
    for path in hidden.iterdir():
        path.rename(HOME / path.name)


async def reading(on: Studio) -> None:
    """A long first reading, into which one can look."""
    window = await on.open(NORMAL)
    years = [shutil.copytree(HOME / ARCHIVE, HOME / f"archive-{year}") for year in range(2018, 2026)]
    window.source_opener.open(tuple(map(str, years)))
    await on.until(lambda: (window.state().fraction or 0) > 0.2)
    await on.picture("reading-light")
    await on.settled()
    for year in years:
        shutil.rmtree(year)


async def preview(on: Studio) -> None:
    """The preview, and what one does in it."""
    window = await on.open(LARGE, source=LOGS)
    await on.picture("preview-light")
    on.light(dark=True)
    await on.picture("preview-dark")
    on.light(dark=False)
    window.resize(*[1440, 900])
    table = window.panels.preview.table()
    QTest.mouseClick(window.panels.preview.details_button(), LEFT)
    table.setCurrentIndex(table.model().index(4, 0))
    await on.until(lambda: bool(window.panels.preview.detail.text()) and eventloop.is_idle())
    await on.picture("details-light")
    QTest.mouseClick(window.panels.preview.details_button(), LEFT)
    menu = table.menu_at(table.model().index(5, 2))
    place = table.viewport().mapToGlobal(table.visualRect(table.model().index(5, 2)).center())
    menu.popup(place)
    await on.picture("context-menu-light")
    menu.close()


async def narrowed(on: Studio) -> None:
    """A range on the histogram, and filters as chips."""
    window = await on.open(NORMAL, source=LOGS)
    form = window.panels.form
    form.time.set_value(TimeRange.parse("2026-10-05", "2026-10-26", BERLIN))
    form.filters.add_choice(Choice("type", "tool_use"))
    form.filters.add_choice(Choice("tool_name", "Bash"))
    form.filters.add_choice(Choice("tool_name", "Edit"))
    form.filters.add_choice(Choice("model", "gpt-5-codex", negated=True))
    await on.settled()
    await on.picture("narrowed-light")
    window.panels.preview.table().columns.choose_order(Order("duration_ms", descending=True))
    await on.until(lambda: bool(window.panels.preview.order_note()))
    await on.settled()
    await on.picture("sorted-light")
    form.filters.clear()
    await on.settled()
    form.time.end_edit().setDate(QDate(2026, 10, 1))
    form.time.end_edit().setTime(QTime(0, 0))
    await on.picture("wrong-range-light")


async def answers(on: Studio) -> None:
    """Aggregations, charts and the report."""
    window = await on.open(NORMAL, source=LOGS)
    panels = window.panels
    panels.aggregations.choose(AggregationType.BY_TOOL)
    for tab, name, is_there in (
        (panels.aggregations, "aggregations", lambda: panels.aggregations.table().model().rowCount() > 0),
        (panels.charts, "charts", lambda: "events" in tuple(panels.charts.keys())),
        (panels.report, "report", lambda: bool(panels.report.text())),
    ):
        panels.tabs.setCurrentWidget(tab)
        await on.until(is_there)
        await on.settled()
        await on.picture(f"{name}-light")
        on.light(dark=True)
        await on.settled()
        await on.picture(f"{name}-dark")
        on.light(dark=False)


async def preflight(on: Studio) -> None:
    """What an export will do, and what to know of it."""
    window = await on.open(NORMAL, source=LOGS)
    choose_everything(on)
    await on.settled()
    window.panels.export_bar.notes_button().open_popup()
    await on.picture("preflight-light")
    window.panels.export_bar.notes_button().popup().close()
    QTest.mouseClick(window.panels.export_bar.button(), LEFT)
    dialog = await the_dialog(on)
    await on.picture("save-light")
    dialog.close()


async def exporting(on: Studio) -> None:
    """A file of each format under way, then complete."""
    window = await on.open(NORMAL, source=ARCHIVE)
    choose_everything(on)
    await on.settled()

    async def look() -> None:
        await on.until(lambda: (window.state().fraction or 0) > 0.3 and len(window.state().kept) > 1)
        await on.picture("exporting-light")
        on.light(dark=True)
        await on.picture("exporting-dark")
        on.light(dark=False)

    await export(on, before_end=look)
    await on.picture("finished-light")
    on.light(dark=True)
    await on.picture("finished-dark")


async def cancelled(on: Studio) -> None:
    """An export that was cancelled."""
    window = await on.open(NORMAL, source=ARCHIVE)
    choose_everything(on)
    clear_documents()
    await on.settled()

    async def stop() -> None:
        await on.until(lambda: bool(window.state().kept))
        QTest.mouseClick(window.panels.progress.cancel_button(), LEFT)

    await export(on, before_end=stop)
    await on.picture("cancelled-light")


async def troubles(on: Studio) -> None:
    """A disk that is full for all, and for some."""
    await on.open(NORMAL, source=LOGS)
    choose_everything(on)
    clear_documents()
    await on.settled()
    with full_disk(".json", ".xlsx"):
        await export(on)
    await on.picture("finished-with-errors-light")
    clear_documents()
    with full_disk(".json", ".csv", ".jsonl", ".parquet", ".xlsx", ".zip"):
        await export(on)
    await on.picture("failed-light")


async def dialogs(on: Studio) -> None:
    """Presets, the history, rejected lines, sources, and a mistake of the program."""
    window = await on.open(NORMAL, source=LOGS)
    clear_documents()
    choose_everything(on)
    window.panels.form.time.choose("this_month")
    await on.settled()
    menu = window.export_coordinator.menu
    menu.save_preset()
    dialog = await the_dialog(on)
    dialog.set_value("Monday", target=str(HOME / "Documents" / "usage-{from}"), default=True)
    await on.picture("preset-light")
    dialog.save_button().click()
    window.panels.form.time.choose("everything")
    await on.settled()
    await export(on)
    window.panels.message.clear()
    for act, name in (
        (menu.manage_presets, "presets-light"),
        (menu.show_history, "history-light"),
        (window.source_coordinator.show_rejects, "rejected-lines-light"),
    ):
        act()
        dialog = await the_dialog(on)
        await on.picture(name)
        dialog.close()
    window.panels.sources.sources_list().open_below(window.panels.sources.list_button())
    await on.picture("sources-light")
    window.panels.sources.sources_list().close()
    show_mistake(on)
    await on.picture("error-dialog-light")


async def languages(on: Studio) -> None:
    """German, and large text."""
    window = await on.open(NORMAL, language="de", source=LOGS)
    window.panels.form.filters.add_choice(Choice("tool_name", "Bash", negated=True))
    choose_everything(on)
    await on.settled()
    await on.picture("german-light")
    clear_documents()
    await export(on)
    await on.picture("german-finished-light")


async def small(on: Studio) -> None:
    """The smallest usual screen."""
    await on.open(SMALL, source=LOGS)
    await on.picture("small-light")


async def menus(on: Studio) -> None:
    """What else there is: the menus, the keys, and nothing to show."""
    window = await on.open(NORMAL, source=LOGS)
    panels = window.panels
    panels.form.filters.add_choice(Choice("tool_name", "Bash"))
    panels.form.filters.add_choice(Choice("type", "session_start"))
    await on.settled()
    await on.picture("no-match-light")
    panels.form.clear_selection()
    await on.settled()
    menu = window.export_coordinator.menu.menu
    menu.popup(panels.export_bar.more_button().mapToGlobal(QPoint(0, -menu.sizeHint().height())))
    await on.picture("more-light")
    menu.close()
    QTest.keyClick(window, Qt.Key.Key_F1)
    dialog = await the_dialog(on)
    await on.picture("keys-light")
    dialog.close()


async def large_text(on: Studio) -> None:
    """Text of twice the size."""
    await on.open(SMALL, source=LOGS, scale=2)
    await on.picture("text-200-light")


async def large_text_start(on: Studio) -> None:
    """The first screen in text of twice the size."""
    window = await on.open(SMALL, scale=2)
    await on.until(lambda: len(window.panels.empty.found_list().ticked()) == 3 and eventloop.is_idle())
    await on.picture("text-200-first-light")


SCENES = (
    first_start,
    nothing_found,
    reading,
    preview,
    narrowed,
    answers,
    preflight,
    exporting,
    cancelled,
    troubles,
    dialogs,
    languages,
    small,
    menus,
    large_text,
    large_text_start,
)
