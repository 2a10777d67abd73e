"""The export bar: estimates, hazards and problems beside the button."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from harness.fakes import some_preflight
from shannon_core.errors import StoreError
from shannon_core.export.hazards import Hazard
from shannon_gui.panels.export.export_bar import ExportBar


class TestBar:
    @pytest.fixture
    def bar(self, qtbot: QtBot) -> ExportBar:
        bar = ExportBar()
        qtbot.addWidget(bar)
        bar.resize(1200, 60)
        bar.show_plan([], "")
        bar.show()
        return bar

    def test_that_files_and_their_size_are_said_in_one_line(self, bar: ExportBar) -> None:
        found = some_preflight()
        bar.show_plan([Path(file.path) for file in found.files], "")
        assert bar.value() == "Will write: usage.csv, usage.json"
        assert bar.facts() == "Being estimated …"
        bar.show_preflight(found)
        assert bar.value() == "Will write: usage.csv, usage.json ≈ 6.4 MB"
        assert bar.facts() == "48,112 events · about 3 seconds · 212 GB free"
        assert bar.notes_button().said() == "Details"

    def test_that_hazards_are_counted_and_each_has_its_cure(self, bar: ExportBar) -> None:
        bar.show_preflight(some_preflight(Hazard("guarded_formula", 12), Hazard("long_cell", 2)))
        assert bar.notes_button().said() == "2 notes"
        assert bar.notes_button().property("tone") == "warning"
        said = bar.details.text()
        assert "2 texts longer than the 32,767 characters" in said
        assert "JSON, CSV and Parquet hold them whole." in said
        assert "usage.csv" in said
        assert "estimated from a sample" in said

    def test_that_what_is_only_worth_knowing_does_not_warn(self, bar: ExportBar) -> None:
        bar.show_preflight(some_preflight(Hazard("guarded_formula", 12)))
        assert bar.notes_button().property("tone") == ""

    def test_that_the_guard_is_a_click_away(self, bar: ExportBar, qtbot: QtBot) -> None:
        bar.show_preflight(some_preflight(Hazard("unguarded_formula", 1)))
        (link,) = bar.details.findChildren(QPushButton)
        with qtbot.waitSignal(bar.details.guard_requested):
            link.click()

    def test_that_a_problem_hides_what_is_known(self, bar: ExportBar) -> None:
        bar.show_preflight(some_preflight())
        bar.show_plan([], "Choose a format.")
        assert bar.value() == "Choose a format."
        assert not bar.notes_button().isVisible()

    def test_that_a_size_that_is_not_known_says_why(self, bar: ExportBar) -> None:
        bar.show_no_preflight(StoreError("store_failed", reason="disk"))
        assert bar.facts() == (
            "The size is not known: The cache failed. disk Try again; a damaged cache is rebuilt."
        )
