"""The formats and the options of their encoding."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QCheckBox, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from harness.fakes import Recorder
from shannon_core.request.contents import Contents
from shannon_core.request.export_request import Encoding, ExportFormat
from shannon_core.request.format_specs import FORMATS
from shannon_gui.panels.filters.export_formats import ExportFormatsPanel, FormatChoice
from shannon_gui.panels.filters.form_panel import FormPanel


@pytest.fixture
def formats(qtbot: QtBot) -> Iterator[ExportFormatsPanel]:
    panel = ExportFormatsPanel()
    qtbot.addWidget(panel)
    return panel


def tick(panel: ExportFormatsPanel, *wanted: ExportFormat) -> None:
    panel.set_value(FormatChoice(wanted, panel.value().encoding))


class TestFormats:
    def test_that_ticked_formats_are_the_value(self, formats: ExportFormatsPanel) -> None:
        for item in (ExportFormat.ZIP, ExportFormat.CSV):
            formats.box(item).click()
        assert formats.value().formats == (ExportFormat.JSON, ExportFormat.CSV, ExportFormat.ZIP)

    def test_that_tab_goes_through_the_formats_and_then_their_options(
        self, formats: ExportFormatsPanel
    ) -> None:
        formats.add_formats([replace(FORMATS.built_in()[0], id="later", title="Later")])
        chain: list[QWidget] = [formats.box("json")]
        while (widget := chain[-1].nextInFocusChain()) is not chain[0]:
            chain.append(widget)
        texts = [
            widget.text() for widget in chain if isinstance(widget, QCheckBox) and widget.isVisibleTo(formats)
        ]
        assert texts == [
            *(spec.title for spec in FORMATS.built_in()),
            "Later",
            "&Compress",
            "Formula &guard",
            "Pseudon&yms for people and branches",
        ]

    def test_that_compress_is_off_with_a_reason_for_what_is_compressed_already(
        self, formats: ExportFormatsPanel
    ) -> None:
        formats.option("compress").setChecked(True)
        tick(formats, ExportFormat.EXCEL, ExportFormat.ZIP)
        assert not formats.option("compress").isEnabled()
        concerned = ", ".join(spec.title for spec in FORMATS.built_in() if "compress" in spec.options)
        tooltip = formats.option("compress").toolTip()
        assert f"Off: it concerns only these formats: {concerned}." in tooltip
        assert not formats.value().encoding.compress
        tick(formats, ExportFormat.EXCEL, ExportFormat.JSON)
        assert formats.option("compress").isEnabled()

    def test_that_the_guard_is_on_at_first_and_off_where_no_csv_is_written(
        self, formats: ExportFormatsPanel
    ) -> None:
        assert formats.value().encoding == Encoding(compress=False, formula_guard=True)
        assert not formats.option("formula_guard").isEnabled()
        formats.box(ExportFormat.CSV).click()
        assert formats.option("formula_guard").isEnabled()

    def test_that_every_format_but_json_says_in_its_tooltip_what_to_know(
        self, formats: ExportFormatsPanel
    ) -> None:
        described = {item for item in ExportFormat if formats.box(item).toolTip()}
        assert described == set(ExportFormat) - {ExportFormat.JSON}

    def test_that_a_chosen_format_says_what_it_leaves_out_of_the_contents(
        self, formats: ExportFormatsPanel
    ) -> None:
        assert formats.limits() == ""
        tick(formats, *ExportFormat)
        assert formats.limits() == "JSONL, Parquet: events only · CSV, Excel: no reports"
        formats.show_contents(Contents(reports=()))
        assert formats.limits() == "JSONL, Parquet: events only"
        formats.show_contents(Contents(aggregations=(), reports=()))
        assert formats.limits() == ""

    def test_that_the_options_of_csv_are_part_of_the_encoding(
        self, formats: ExportFormatsPanel, qtbot: QtBot
    ) -> None:
        assert not formats.options_button("CSV").isEnabled()
        tick(formats, ExportFormat.CSV)
        changed = Recorder(formats.changed)
        formats.option("csv_bom").click()
        formats.option("csv_line_end").setCurrentIndex(1)
        assert formats.value().encoding == Encoding(csv_bom=True, csv_line_end="\n")
        assert len(changed.heard) == 2
        formats.set_value(FormatChoice((ExportFormat.CSV,), Encoding()))
        assert formats.value().encoding == Encoding()

    def test_that_pseudonyms_are_part_of_the_encoding(self, formats: ExportFormatsPanel) -> None:
        changed = Recorder(formats.changed)
        formats.option("anonymize").click()
        assert formats.value().encoding == Encoding(anonymize=True)
        assert len(changed.heard) == 1
        formats.set_value(FormatChoice((ExportFormat.CSV,), Encoding(anonymize=True)))
        assert formats.option("anonymize").isChecked()

    def test_that_the_choice_of_contents_stays_in_sight_when_a_line_comes_above_it(
        self, qtbot: QtBot
    ) -> None:
        form = FormPanel("UTC")
        qtbot.addWidget(form)
        form.resize(form.width(), 900)
        form.show()
        tick(form.formats, *ExportFormat)

        assert form.formats.limits()
        area = form.findChildren(QScrollArea)[-1]
        qtbot.waitUntil(lambda: area.height() == area.sizeHint().height())
        assert area.isAncestorOf(form.contents)
