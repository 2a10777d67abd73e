"""The window over a stand-in for the core: what is clicked, what is started, what is shown."""

import asyncio
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from harness.fakes import FakeJob, FakeSession
from harness.window import PromptAsker
from shannon_core.errors import StoreError
from shannon_core.jobs.progress import (
    Cancelled,
    ExportStarted,
    Failed,
    FileFailed,
    FileProgress,
    FileWritten,
    Finished,
)
from shannon_core.request.export_request import ExportFormat
from shannon_gui import eventloop
from shannon_gui.appearance.theme import Theme
from shannon_gui.controllers.ports import OpenSession
from shannon_gui.controllers.preview import PAGE_ROWS
from shannon_gui.dialogs.error_dialog import ErrorDialog
from shannon_gui.dialogs.rejects_dialog import RejectsDialog
from shannon_gui.panels.filters.export_formats import FormatChoice
from shannon_gui.state import Phase
from shannon_gui.storage.settings import Settings
from shannon_gui.windows.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
DONE = Finished(("/out/usage.json",), 1000, 0.4)


@pytest.fixture
def session(loop: asyncio.AbstractEventLoop) -> FakeSession:
    return FakeSession()


@pytest.fixture
def window(make_main_window: Callable[[OpenSession], MainWindow], session: FakeSession) -> MainWindow:
    async def open_session(sources: tuple[str, ...]) -> FakeSession:
        session.sources = sources
        return session

    return make_main_window(open_session)


@pytest.fixture
def ready(window: MainWindow, asker: PromptAsker, qtbot: QtBot) -> MainWindow:
    window.source_opener.open(("/logs",))
    qtbot.waitUntil(lambda: window.panels.preview.value() is not None)
    asker.target = "/out/usage.json"
    return window


@pytest.fixture
def exporting(ready: MainWindow, session: FakeSession, qtbot: QtBot) -> Iterator[tuple[MainWindow, FakeJob]]:
    qtbot.mouseClick(ready.panels.export_bar.button(), LEFT)
    job = session.exports[0][1]
    yield ready, job
    job.cancel()
    qtbot.waitUntil(eventloop.is_idle)


def dialogs(window: MainWindow, kind: type[QDialog]) -> list[QDialog]:
    return [dialog for dialog in window.findChildren(kind) if dialog.isVisible()]


def test_that_the_first_screen_offers_to_begin(window: MainWindow) -> None:
    assert window.panels.empty.isVisible()
    assert window.panels.empty.folder_button().isVisible()
    assert not window.panels.export_bar.isVisible()


def test_that_opened_sources_fill_the_preview(ready: MainWindow) -> None:
    assert ready.state().phase is Phase.READY
    assert ready.table_model().rowCount() == 1000
    assert (
        ready.panels.preview.figures()
        == "1,000 events · 3 sessions · 2 users · 1 error · 1.5 k tokens · $0.2500"
    )
    assert ready.panels.sources.description() == "2 files · 1,000 events · updated just now"


def test_that_rows_that_come_into_view_are_fetched(
    ready: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    ready.panels.preview.table().scrollToBottom()
    qtbot.waitUntil(lambda: ready.table_model().value(999, "id") == "event-999")
    assert session.pages.count(999 // PAGE_ROWS) == 1


def test_that_rejected_lines_are_a_click_away(ready: MainWindow, qtbot: QtBot) -> None:
    button = ready.panels.preview.rejects_button()
    assert button.text() == "3 lines rejected ▸"
    qtbot.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: bool(dialogs(ready, RejectsDialog)))
    dialog = dialogs(ready, RejectsDialog)[0]
    dialog.copy()
    assert "not JSON" in QGuiApplication.clipboard().text()
    dialog.close()


def test_that_the_files_are_named_before_they_are_written(ready: MainWindow) -> None:
    formats = ready.panels.form.formats
    formats.set_value(FormatChoice((ExportFormat.CSV, ExportFormat.PARQUET), formats.value().encoding))
    assert ready.panels.export_bar.value() == "Will write: shannon-export.zip, shannon-export.parquet"


@pytest.mark.parametrize("formats", [(), (ExportFormat.PARQUET,)])
def test_that_what_cannot_be_exported_is_said_and_the_button_is_off(
    ready: MainWindow, formats: tuple[ExportFormat, ...]
) -> None:
    ready.panels.form.formats.set_value(FormatChoice(formats, ready.panels.form.formats.value().encoding))
    ready.panels.form.contents.raw_box().setChecked(False)
    assert ready.panels.export_bar.problem()
    assert not ready.panels.export_bar.button().isEnabled()


def test_that_the_form_becomes_the_request(
    exporting: tuple[MainWindow, FakeJob], session: FakeSession
) -> None:
    request, _ = session.exports[0]
    assert request.sources == ("/logs",)
    assert request.target == "/out/usage.json"
    assert request.formats == (ExportFormat.JSON,)
    assert request.selection.time_range.timezone == "Europe/Berlin"


def test_that_a_storm_of_clicks_starts_one_export(
    ready: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    for _ in range(100):
        qtbot.mouseClick(ready.panels.export_bar.button(), LEFT)
        ready.panels.export_bar.export_requested.emit()
    assert len(session.exports) == 1
    session.exports[0][1].say(DONE)
    qtbot.waitUntil(lambda: ready.state().phase is Phase.READY)


def test_that_progress_takes_the_place_of_the_button(
    exporting: tuple[MainWindow, FakeJob], qtbot: QtBot
) -> None:
    window, job = exporting
    paths = ("/out/usage.json", "/out/usage.csv")
    job.say(ExportStarted(1000, paths), FileWritten(ExportFormat.JSON, paths[0], 1000, 5000, 0.1))
    job.say(FileProgress(ExportFormat.CSV, paths[1], 500, 1000, "writing"))
    qtbot.waitUntil(lambda: window.panels.progress.value() == pytest.approx(0.7375, abs=0.001))
    assert window.panels.progress.isVisible()
    assert not window.panels.export_bar.isVisible()
    assert "usage.json done, 5.0 KB · usage.csv 48 %" in window.panels.progress.text()
    assert QApplication.focusWidget() in (window.panels.progress.cancel_button(), None)


def test_that_a_finished_export_is_said_and_can_be_shown(
    exporting: tuple[MainWindow, FakeJob], qtbot: QtBot
) -> None:
    window, job = exporting
    job.say(DONE)
    message = window.panels.message
    qtbot.waitUntil(message.isVisible)
    assert message.level() == "success"
    assert message.text().startswith("Exported 1,000 events to 1 file\nIn 400 ms.")
    assert message.action_button().text() == "Show in folder"
    assert window.panels.export_bar.isVisible()


def test_that_an_export_with_failures_looks_different(
    exporting: tuple[MainWindow, FakeJob], qtbot: QtBot
) -> None:
    window, job = exporting
    values = {"path": "/out/usage.csv", "reason": "No space left on device"}
    failed = FileFailed(ExportFormat.CSV, "/out/usage.csv", "target_full", values)
    job.say(failed, Finished(("/out/usage.json",), 1000, 0.4, failures=1))
    qtbot.waitUntil(window.panels.message.isVisible)
    assert window.panels.message.level() == "warning"
    assert [line.level for line in window.panels.log.value()].count("danger") == 1


def test_that_a_failed_export_says_what_why_and_what_to_do(
    exporting: tuple[MainWindow, FakeJob], qtbot: QtBot
) -> None:
    window, job = exporting
    job.say(Failed("store_full", {"reason": "/out/usage.json"}))
    qtbot.waitUntil(window.panels.message.isVisible)
    assert window.panels.message.level() == "danger"
    assert window.panels.message.text() == (
        "The disk of the cache is full.\n/out/usage.json\nNo file was left behind, and none was changed.\n"
        "Free some space, or run without a cache (--no-cache)."
    )


def test_that_escape_cancels_the_export(exporting: tuple[MainWindow, FakeJob], qtbot: QtBot) -> None:
    window, job = exporting
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.state().phase is Phase.READY)
    assert job.cancels == 1
    assert window.state().outcome == Cancelled()
    assert window.panels.message.level() == "info"


def test_that_closing_over_an_export_asks_and_keeping_on_keeps_on(
    exporting: tuple[MainWindow, FakeJob], qtbot: QtBot
) -> None:
    window, job = exporting
    window.close()
    question = window.export_flow.question()
    assert question is not None
    assert window.isVisible()
    qtbot.mouseClick(question.defaultButton(), LEFT)
    assert window.isVisible()
    assert job.cancels == 0
    job.say(DONE)
    qtbot.waitUntil(lambda: window.state().phase is Phase.READY)
    assert window.isVisible()


def test_that_closing_over_an_export_cancels_it_and_then_closes(
    exporting: tuple[MainWindow, FakeJob], qtbot: QtBot
) -> None:
    window, job = exporting
    window.close()
    window.close()
    question = window.export_flow.question()
    assert question is not None
    cancel = next(button for button in question.buttons() if button is not question.defaultButton())
    with qtbot.waitSignal(window.closed):
        qtbot.mouseClick(cancel, LEFT)
    assert job.cancels == 1
    assert not window.isVisible()


def test_that_the_question_goes_when_the_export_ends_by_itself(
    exporting: tuple[MainWindow, FakeJob], qtbot: QtBot
) -> None:
    window, job = exporting
    window.close()
    job.say(DONE)
    qtbot.waitUntil(lambda: window.export_flow.question() is None)
    assert window.isVisible()


def test_that_sources_without_events_are_said_and_the_first_screen_stays(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    session.next_read = FakeJob(Failed("sources_without_logs", {"sources": ("/logs",), "n": 0}))
    window.source_opener.open(("/logs",))
    qtbot.waitUntil(window.panels.message.isVisible)
    assert window.panels.message.text().startswith("There are no events in /logs.")
    assert window.panels.empty.isVisible()


def test_that_a_dropped_folder_is_opened(window: MainWindow, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/logs"), QUrl("https://example.org/x")])
    keys = (Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPointF(5, 5).toPoint(), *keys)
    window.dragEnterEvent(enter)
    assert enter.isAccepted()
    window.dropEvent(QDropEvent(QPointF(5, 5), *keys))
    qtbot.waitUntil(lambda: window.state().sources == ("/logs",))


def test_that_a_failure_of_the_preview_is_a_message(
    ready: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    session.error = StoreError("store_failed", reason="disk")
    ready.panels.form.filters.text_field().setText("x")
    qtbot.waitUntil(ready.panels.message.isVisible)
    assert ready.panels.message.text() == "The cache failed.\ndisk\nTry again; a damaged cache is rebuilt."


def test_that_bugs_share_one_dialog_with_details_to_copy(ready: MainWindow, qtbot: QtBot) -> None:
    ready.presenter.show_error(ZeroDivisionError("<b>one</b>"))
    ready.presenter.show_error(KeyError("two"))
    (dialog,) = dialogs(ready, ErrorDialog)
    dialog.copy()
    copied = QGuiApplication.clipboard().text()
    assert "ZeroDivisionError: <b>one</b>" in copied
    assert "KeyError: 'two'" in copied
    dialog.accept()
    ready.presenter.show_error(ValueError("three"))
    (dialog,) = dialogs(ready, ErrorDialog)
    assert "three" in dialog.details()
    dialog.accept()


def test_that_the_last_export_is_remembered(
    exporting: tuple[MainWindow, FakeJob], settings: Settings, qtbot: QtBot
) -> None:
    assert settings.last_request is not None
    assert settings.last_request.formats == (ExportFormat.JSON,)
    assert settings.last_stem == "usage"


def test_that_nothing_matching_offers_to_take_everything_again(
    ready: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    session.events = 0
    ready.panels.form.filters.text_field().setText("nothing like it")
    qtbot.waitUntil(lambda: ready.panels.preview.notice().startswith("No event matches"))
    session.events = 1000
    ready.panels.preview.filters_cleared.emit()
    qtbot.waitUntil(lambda: ready.panels.preview.notice() == "")
    assert ready.panels.form.filters.text() == ""


def test_that_control_f_goes_to_the_search(ready: MainWindow, qtbot: QtBot) -> None:
    ready.activateWindow()
    qtbot.keyClick(ready, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert ready.focusWidget() is ready.panels.form.filters.text_field()


def test_that_f5_reads_again(ready: MainWindow, session: FakeSession, qtbot: QtBot) -> None:
    ready.activateWindow()
    qtbot.keyClick(ready, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: len(session.reads) == 2 and ready.state().phase is Phase.READY)


def test_that_control_o_asks_for_a_folder(
    ready: MainWindow, session: FakeSession, asker: PromptAsker, qtbot: QtBot
) -> None:
    asker.folder = "/logs"
    ready.activateWindow()
    qtbot.keyClick(ready, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(session.reads) == 2 and ready.state().phase is Phase.READY)


def test_that_no_label_takes_its_text_for_rich_text(ready: MainWindow) -> None:
    taken = [
        label.text()
        for label in ready.findChildren(QLabel)
        if label.textFormat() != Qt.TextFormat.PlainText and label.text()
    ]
    assert taken == []


def test_that_every_control_has_an_accessible_name(ready: MainWindow) -> None:
    kinds = (QPushButton, QToolButton, QCheckBox, QLineEdit, QComboBox)
    controls = [
        widget for kind in kinds for widget in ready.panels.findChildren(kind) if _is_a_control(widget)
    ]
    nameless = [
        widget for widget in controls if not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert len(controls) > 25
    assert nameless == []


def _is_a_control(widget: QWidget) -> bool:
    """Neither a part of another control nor a button of Qt's own."""
    inner = widget.objectName().startswith("qt_") or isinstance(widget.parent(), QComboBox | QLineEdit)
    return widget.isVisible() and not inner and widget.focusPolicy() != Qt.FocusPolicy.NoFocus


def test_that_a_first_window_leaves_room_for_its_frame_on_a_small_screen(ready: MainWindow) -> None:
    room = ready.screen().availableSize()
    assert room.height() <= 800
    assert ready.minimumHeight() <= ready.height() < room.height()


@pytest.mark.parametrize("size", [(960, 600), (1280, 720), (1920, 1080)])
def test_that_everything_fits_the_screen(ready: MainWindow, size: tuple[int, int], qtbot: QtBot) -> None:
    ready.resize(*size)
    qtbot.waitUntil(lambda: ready.panels.size() == ready.size())
    assert ready.size().toTuple() == size
    button = ready.panels.export_bar.button()
    assert ready.rect().contains(button.mapTo(ready, button.rect().bottomRight()))
    form = ready.panels.form
    for control in (
        form.formats.box(ExportFormat.ZIP),
        form.formats.option("compress"),
        form.contents.button(),
    ):
        assert not control.visibleRegion().isEmpty()
        assert form.rect().contains(control.mapTo(form, control.rect().bottomRight()))


def test_that_light_and_dark_change_live(ready: MainWindow, theme: Theme) -> None:
    light = ready.grab().toImage().pixelColor(700, 300)
    theme.force(Qt.ColorScheme.Dark)
    dark = ready.grab().toImage().pixelColor(700, 300)
    theme.force(None)
    assert light.lightness() > 200 > 60 > dark.lightness()
