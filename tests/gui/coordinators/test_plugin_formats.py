"""Formats of packages in the window: offered after its first picture, and chosen where they were wanted before."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from harness.fakes import FakeSession
from shannon_core.request import output_files
from shannon_core.request.export_request import Encoding, ExportFormat
from shannon_gui.controllers.ports import OpenSession
from shannon_gui.panels.filters.export_formats import FormatChoice
from shannon_gui.windows.main_window import MainWindow


@pytest.fixture
def window(
    make_main_window: Callable[[OpenSession], MainWindow], installed_plugin: None, qtbot: QtBot
) -> MainWindow:
    """A window where the example package is installed, once its formats are offered."""

    async def open_session(sources: tuple[str, ...]) -> FakeSession:
        return FakeSession(sources)

    window = make_main_window(open_session)
    window.panels.form.formats.set_value(FormatChoice((ExportFormat.CSV, "tsv"), Encoding()))
    qtbot.waitUntil(window.export_coordinator.plugin_formats.are_added)
    return window


def test_that_a_format_of_a_package_has_a_check_box_after_the_built_in_ones(window: MainWindow) -> None:
    boxes = window.panels.form.formats.boxes()
    assert [*boxes] == [*ExportFormat, "tsv"]
    assert boxes["tsv"].text() == "TSV"
    assert "Events only, without data." in boxes["tsv"].toolTip()


def test_that_a_format_that_was_wanted_before_it_was_known_is_chosen(window: MainWindow) -> None:
    formats = window.panels.form.formats
    assert formats.value().formats == (ExportFormat.CSV, "tsv")
    assert formats.limits() == "TSV: events only · CSV: no reports"


def test_that_what_it_would_write_is_said(window: MainWindow, qtbot: QtBot) -> None:
    window.source_opener.open(("/logs",))
    qtbot.waitUntil(lambda: window.panels.preview.value() is not None)
    assert window.panels.export_bar.value() == "Will write: shannon-export.zip, shannon-export.tsv"


def test_that_a_broken_format_is_named_in_the_log(window: MainWindow) -> None:
    said = [line.text for line in window.panels.log.value() if line.level == "warning"]
    assert any("broken-format" in text and "shannon-plugin-example" in text for text in said)


def test_that_a_plan_of_the_window_plans_each_file_once(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.source_opener.open(("/logs",))
    qtbot.waitUntil(lambda: window.panels.preview.value() is not None)
    planned: list[str] = []
    plan = output_files._path_of
    monkeypatch.setattr(
        output_files, "_path_of", lambda spec, *more: planned.append(spec.id) or plan(spec, *more)
    )
    window.export_flow.show_plan()
    assert planned == ["csv", "tsv"]
