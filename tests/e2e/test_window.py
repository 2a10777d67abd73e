"""From a folder to files, through the real window and the real core."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import polars
import pytest
from PySide6.QtCore import QDate, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from pytestqt.qtbot import QtBot

from harness.window import WAIT, PromptAsker
from shannon_core.jobs.progress import Cancelled
from shannon_core.request.contents import Contents
from shannon_core.request.export_request import Encoding, ExportFormat
from shannon_core.request.time_range import TimeRange
from shannon_gui.panels.filters.event_filters import Choice
from shannon_gui.panels.filters.export_formats import FormatChoice
from shannon_gui.state import Phase
from shannon_gui.windows.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
BERLIN = "Europe/Berlin"
EVENTS = 600


def event_line(number: int) -> str:
    tool = ("Bash", "Read", "Edit")[number % 3]
    event = {
        "id": f"event-{number:04d}",
        "timestamp": f"2026-10-{1 + number // 24:02d}T{number % 24:02d}:30:00+00:00",
        "type": "tool_use",
        "session_id": f"session-{number % 5}",
        "user_id": None,
        "data": {"tool_name": tool, "duration_ms": number, "success": number % 7 != 0, "note": "=1+1"},
        "metadata": {},
    }
    return json.dumps(event)


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    """A folder with 600 events, one an hour from 1 October on, and two lines that are none."""
    folder = tmp_path / "logs" / "metrics"
    folder.mkdir(parents=True)
    lines = [event_line(number) for number in range(EVENTS)]
    (folder / "metrics_20261001_000000.jsonl").write_text("\n".join([*lines[:400], "not an event", ""]))
    (folder / "metrics_20261017_000000.jsonl").write_text("\n".join([*lines[400:], '{"id": 7}', ""]))
    return tmp_path / "logs"


@pytest.fixture
def opened(real_window: MainWindow, asker: PromptAsker, logs: Path, qtbot: QtBot) -> MainWindow:
    asker.folder = str(logs)
    qtbot.mouseClick(real_window.panels.empty.folder_button(), LEFT)
    wait_for(qtbot, lambda: real_window.panels.preview.overall() is not None)
    return real_window


@pytest.fixture
def export(
    opened: MainWindow, asker: PromptAsker, out: Path, qtbot: QtBot
) -> Iterator[Callable[..., list[Path]]]:
    """Clicks Export for these formats and waits for the end; the files."""

    def run(
        *formats: ExportFormat, contents: Contents | None = None, encoding: Encoding | None = None
    ) -> list[Path]:
        form = opened.panels.form
        form.formats.set_value(FormatChoice(formats, encoding or Encoding()))
        form.contents.set_value(contents or Contents(aggregations=(), reports=()))
        asker.target = str(out / "usage")
        qtbot.mouseClick(opened.panels.export_bar.button(), LEFT)
        wait_for(qtbot, lambda: opened.state().phase is Phase.READY)
        return sorted(out.iterdir())

    return run


def wait_for(qtbot: QtBot, is_so: Callable[[], bool]) -> None:
    qtbot.waitUntil(is_so, timeout=WAIT)


def events_shown(window: MainWindow) -> int:
    totals = window.panels.preview.value()
    return totals.events if totals is not None else -1


def narrow(window: MainWindow, qtbot: QtBot) -> list[str]:
    """Bash in the days from the 3rd to the 9th in Berlin; the ids that this means."""
    form = window.panels.form
    form.time.set_value(TimeRange.parse("2026-10-03", "2026-10-09", BERLIN))
    form.filters.add_choice(Choice("tool_name", "Bash"))
    first, last = 2 * 24 - 2, 9 * 24 - 2  # Berlin is two hours ahead
    wanted = [f"event-{number:04d}" for number in range(first, last) if number % 3 == 0]
    wait_for(qtbot, lambda: events_shown(window) == len(wanted))
    return wanted


def ids_in(path: Path) -> list[str]:
    """The ids of an exported file in their order, by a reader that is not ours."""
    match "".join(path.suffixes[-2:]) if path.suffix == ".gz" else path.suffix:
        case ".json":
            return [event["id"] for event in json.loads(path.read_bytes())["metrics"]]
        case ".jsonl":
            return [json.loads(line)["id"] for line in path.read_text().splitlines()[1:]]
        case ".csv":
            return [row["id"] for row in csv.DictReader(io.StringIO(path.read_bytes().decode(), newline=""))]
        case ".parquet":
            return polars.read_parquet(path)["id"].to_list()
        case ".xlsx":
            sheet = openpyxl.load_workbook(path)["Metrics"]
            return [row[0] for row in sheet.iter_rows(min_row=2, max_col=1, values_only=True) if row[0]]
        case _:
            with zipfile.ZipFile(path) as archive:
                return [event["id"] for event in json.loads(archive.read("data.json"))["metrics"]]


def test_that_a_chosen_folder_is_shown_with_its_counts(opened: MainWindow) -> None:
    panels = opened.panels
    assert panels.sources.description().startswith("2 files · 600 events")
    assert panels.preview.figures().startswith("600 events · 5 sessions")
    assert panels.preview.rejects_button().text() == "2 lines rejected ▸"
    assert opened.table_model().value(0, "id") == "event-0000"


def test_that_range_and_filters_narrow_the_preview_to_what_they_mean(
    opened: MainWindow, qtbot: QtBot
) -> None:
    wanted = narrow(opened, qtbot)
    model = opened.table_model()
    assert [model.value(row, "id") for row in range(model.rowCount())] == wanted
    assert opened.panels.preview.figures().startswith(f"{len(wanted)} of 600 events")


def test_that_typing_finds_the_values_that_exist(opened: MainWindow, qtbot: QtBot) -> None:
    field = opened.panels.form.filters.field("tool_name")
    qtbot.keyClicks(field, "!ba")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    wait_for(
        qtbot, lambda: opened.panels.form.filters.choices() == (Choice("tool_name", "Bash", negated=True),)
    )
    wait_for(qtbot, lambda: events_shown(opened) == 400)


def test_that_a_text_search_looks_into_the_data(opened: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(opened.panels.form.filters.text_field(), "READ")
    wait_for(qtbot, lambda: events_shown(opened) == 200)


@pytest.mark.parametrize("wanted", list(ExportFormat))
def test_that_each_format_holds_the_events_of_the_preview(
    opened: MainWindow, export: Callable[..., list[Path]], wanted: ExportFormat, qtbot: QtBot
) -> None:
    ids = narrow(opened, qtbot)
    (path,) = export(wanted)
    assert opened.panels.message.level() == "success"
    assert ids_in(path) == ids


def test_that_six_formats_agree_with_each_other_and_with_the_preview(
    opened: MainWindow, export: Callable[..., list[Path]], qtbot: QtBot
) -> None:
    ids = narrow(opened, qtbot)
    planned = opened.panels.export_bar
    paths = export(*ExportFormat)
    assert {path.name for path in paths} == {
        f"usage.{suffix}" for suffix in ("csv", "json", "jsonl", "parquet", "xlsx", "zip")
    }
    assert [ids_in(path) for path in paths] == [ids] * 6
    assert planned.value().startswith(
        "Will write: usage.json, usage.csv, usage.jsonl, usage.parquet, usage.xlsx, usage.zip"
    )


def test_that_the_files_are_those_that_were_announced(
    opened: MainWindow, export: Callable[..., list[Path]], qtbot: QtBot
) -> None:
    names = {
        path.name for path in export(*ExportFormat, contents=Contents(), encoding=Encoding(compress=True))
    }
    announced = opened.panels.export_bar.value().removeprefix("Will write: ").partition(" ≈ ")[0].split(", ")
    assert names == set(announced) == {
        "usage.json.gz", "usage_csv.zip", "usage.jsonl.gz", "usage.parquet", "usage.xlsx", "usage.zip",
    }  # fmt: skip


def test_that_a_file_is_replaced_only_after_confirmation(
    opened: MainWindow, asker: PromptAsker, export: Callable[..., list[Path]], out: Path, qtbot: QtBot
) -> None:
    (out / "usage.jsonl").write_text("precious")
    export(ExportFormat.JSONL)
    assert opened.panels.message.level() == "danger"
    assert (out / "usage.jsonl").read_text() == "precious"
    asker.overwrite = True
    export(ExportFormat.JSONL)
    assert len(ids_in(out / "usage.jsonl")) == EVENTS


def test_that_a_cancelled_export_leaves_nothing_behind(
    opened: MainWindow, asker: PromptAsker, out: Path, qtbot: QtBot
) -> None:
    asker.target = str(out / "usage")
    qtbot.mouseClick(opened.panels.export_bar.button(), LEFT)
    qtbot.mouseClick(opened.panels.progress.cancel_button(), LEFT)
    wait_for(qtbot, lambda: opened.state().phase is Phase.READY)
    assert opened.state().outcome == Cancelled()
    assert (
        opened.panels.message.text()
        == "The export was cancelled.\nNo file was left behind, and none was changed."
    )
    assert list(out.iterdir()) == []


def test_that_a_folder_without_events_is_said_and_what_was_open_stays(
    opened: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "empty").mkdir()
    opened.source_opener.open((str(tmp_path / "empty"),))
    wait_for(qtbot, opened.panels.message.isVisible)
    assert opened.panels.message.level() == "danger"
    assert "no events" in opened.panels.message.text()
    assert opened.panels.sources.description().startswith("2 files · 600 events")
    assert events_shown(opened) == EVENTS


def test_that_a_folder_that_is_gone_is_said(real_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    real_window.source_opener.open((str(tmp_path / "gone"),))
    wait_for(qtbot, real_window.panels.message.isVisible)
    assert real_window.panels.message.level() == "danger"
    assert real_window.panels.empty.isVisible()


def test_that_a_target_that_cannot_be_written_is_said(
    opened: MainWindow, asker: PromptAsker, out: Path, qtbot: QtBot
) -> None:
    (out / "file").write_text("not a folder")
    asker.target = str(out / "file" / "usage.json")
    qtbot.mouseClick(opened.panels.export_bar.button(), LEFT)
    wait_for(qtbot, opened.panels.message.isVisible)
    assert opened.panels.message.level() == "danger"
    assert opened.panels.export_bar.button().isEnabled()


def test_that_a_wrong_range_is_said_at_the_field_and_nothing_can_be_exported(opened: MainWindow) -> None:
    form = opened.panels.form
    form.time.set_value(TimeRange.parse("2026-10-05", "2026-10-06", BERLIN))
    form.time.end_edit().setDate(QDate(2026, 10, 1))
    assert form.time.problem() == "From is later than To."
    assert not opened.panels.export_bar.button().isEnabled()
    form.time.end_edit().setDate(QDate(2026, 10, 7))
    assert opened.panels.export_bar.button().isEnabled()


def test_that_a_dropped_folder_is_read(real_window: MainWindow, logs: Path, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(logs))])
    keys = (Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    real_window.dragEnterEvent(QDragEnterEvent(QPointF(9, 9).toPoint(), *keys))
    real_window.dropEvent(QDropEvent(QPointF(9, 9), *keys))
    wait_for(qtbot, lambda: events_shown(real_window) == EVENTS)


def test_that_reading_again_shows_what_is_new(opened: MainWindow, logs: Path, qtbot: QtBot) -> None:
    with (logs / "metrics" / "metrics_20261017_000000.jsonl").open("a") as file:
        file.write(event_line(EVENTS) + "\n")
    qtbot.mouseClick(opened.panels.sources.refresh_button(), LEFT)
    wait_for(qtbot, lambda: events_shown(opened) == EVENTS + 1)
    assert opened.panels.sources.description().startswith("2 files · 601 events")


def test_that_the_sample_opens_with_a_click(real_window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(real_window.panels.empty.sample_button(), LEFT)
    wait_for(qtbot, lambda: events_shown(real_window) > 1000)
