"""The whole window in each language, with large text, by keyboard and for a screen reader."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from harness.window import WAIT
from harness.window_texts import (
    PSEUDO,
    WORD,
    clipped_below,
    mnemonics_in,
    mnemonics_of,
    shown_below,
    spoken_name,
    texts_of,
)
from shannon_core.request.export_request import ExportFormat
from shannon_core.request.format_specs import FORMATS
from shannon_core.session import Session
from shannon_core.sources.registry import SOURCES
from shannon_gui.appearance.theme import DARK, LIGHT, Theme
from shannon_gui.controllers.ports import OpenSession
from shannon_gui.storage.settings import Settings
from shannon_gui.widgets.popup_button import PopupButton
from shannon_gui.windows.main_window import MainWindow

LANGUAGES = ["en", "de", "pseudo"]
SMALL = (1280, 720)
DATA = {
    *(spec.title for spec in FORMATS.built_in()),
    *(spec.suffix.removeprefix(".") for spec in FORMATS.built_in()),
    *(word for spec in SOURCES.built_in() for word in spec.title.split()),
    *("Markdown", "HTML", "UTC", "sample", "shannon", "export", "min"),
}
"""Words that are names in every language."""


@pytest.fixture
def scale_text(qapp: QApplication, theme: Theme) -> Iterator[Callable[[float], None]]:
    """Makes the text of the application larger until the test ends."""
    usual = qapp.font()

    def scale(factor: float) -> None:
        font = qapp.font()
        font.setPointSizeF(usual.pointSizeF() * factor)
        qapp.setFont(font)
        theme.force(None)

    yield scale
    qapp.setFont(usual)
    theme.force(None)


@pytest.fixture
def make_open(
    make_main_window: Callable[[OpenSession], MainWindow], qtbot: QtBot
) -> Callable[[], MainWindow]:
    """Makes a window over the sample."""

    def make() -> MainWindow:
        window = make_main_window(lambda sources: Session.open(sources, keep=False))
        window.resize(*SMALL)
        qtbot.mouseClick(window.panels.empty.sample_button(), Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: window.panels.preview.overall() is not None, timeout=WAIT)
        qtbot.waitUntil(lambda: not window.panels.export_bar.is_estimating(), timeout=WAIT)
        return window

    return make


def tabs_of(window: MainWindow) -> Iterator[str]:
    """Turns to one tab after the other."""
    for index in range(window.panels.tabs.count()):
        window.panels.tabs.setCurrentIndex(index)
        yield window.panels.tabs.tabText(index)


@pytest.mark.parametrize("scale", [1, 2])
@pytest.mark.parametrize("language", LANGUAGES)
def test_that_no_text_of_the_window_is_clipped(
    language: str,
    scale: float,
    speak: Callable[[str], None],
    scale_text: Callable[[float], None],
    make_open: Callable[[], MainWindow],
    qtbot: QtBot,
) -> None:
    if language == "pseudo" and scale > 1:
        pytest.skip("texts 40 % longer at 200 % are beyond what the window has to hold")
    speak(language)
    scale_text(scale)
    window = make_open()
    for tab in tabs_of(window):
        qtbot.wait(1)  # the layout is done in the next turn of the loop
        assert clipped_below(window) == [], tab


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_no_text_of_the_first_screen_is_clipped(
    language: str,
    speak: Callable[[str], None],
    make_main_window: Callable[[OpenSession], MainWindow],
    qtbot: QtBot,
) -> None:
    speak(language)
    window = make_main_window(Session.open)
    window.resize(*SMALL)
    qtbot.wait(1)
    assert clipped_below(window) == []


def test_that_every_word_of_the_window_is_translated(
    speak: Callable[[str], None], make_open: Callable[[], MainWindow]
) -> None:
    speak("pseudo")
    window = make_open()
    window.panels.form.filters.show_more(True)
    for widget in (window, *(button.popup() for button in window.findChildren(PopupButton))):
        for control, text in texts_of(widget):
            if "/" not in text:  # a path or a zone
                assert set(WORD.findall(PSEUDO.sub("", text))) <= DATA, f"{type(control).__name__}: {text}"


@pytest.mark.parametrize("language", ["en", "de"])
def test_that_each_key_with_alt_leads_to_one_control(
    language: str, speak: Callable[[str], None], make_open: Callable[[], MainWindow]
) -> None:
    speak(language)
    window = make_open()
    for tab in tabs_of(window):
        assert [key for key, times in Counter(mnemonics_of(window)).items() if times > 1] == [], tab
    for menu in window.findChildren(QMenu):
        doubles = [key for key, times in Counter(mnemonics_in(menu)).items() if times > 1]
        assert doubles == [], [action.text() for action in menu.actions()]


def test_that_everything_that_takes_the_focus_has_a_name(make_open: Callable[[], MainWindow]) -> None:
    window = make_open()
    for tab in tabs_of(window):
        nameless = [
            widget
            for widget in shown_below(window)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isEnabled()
            and widget.focusProxy() is None
            and not widget.objectName().startswith("qt_")
            and not spoken_name(widget)
        ]
        assert nameless == [], tab


def test_that_tab_leads_through_the_window_and_back(
    make_open: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    window = make_open()
    panels = window.panels
    first = panels.sources.list_button()
    first.setFocus()
    seen: list[QWidget] = []
    while (focus := window.focusWidget()) is not None and focus not in seen:
        seen.append(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert focus is first
    wanted = [
        panels.sources.list_button(),
        panels.form.time.zone_box(),
        panels.form.filters.text_field(),
        panels.form.formats.box(ExportFormat.JSON),
        panels.preview.table(),
        panels.log.table(),
        panels.export_bar.button(),
    ]
    places = [
        next(place for place, at in enumerate(seen) if item is at or item.isAncestorOf(at)) for item in wanted
    ]
    assert places == sorted(places)


def test_that_the_first_focus_is_on_what_is_nearest_to_be_wanted(
    make_main_window: Callable[[OpenSession], MainWindow], qtbot: QtBot
) -> None:
    window = make_main_window(Session.open)
    qtbot.waitUntil(lambda: window.focusWidget() is not None)
    assert window.focusWidget() is window.panels.empty.folder_button()


def test_that_no_key_means_two_things(make_open: Callable[[], MainWindow]) -> None:
    window = make_open()
    own = [item.key().toString() for item in window.children() if isinstance(item, QShortcut)]
    keys = own + [
        action.shortcut().toString() for action in window.actions() if not action.shortcut().isEmpty()
    ]
    assert [key for key, times in Counter(keys).items() if times > 1] == []
    assert {"Ctrl+O", "Ctrl+E", "Ctrl+F", "F5", "Esc", "F1", "Ctrl+Q"} <= set(keys)


def test_that_the_list_of_keys_names_every_key_of_the_window(
    make_open: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    window = make_open()
    qtbot.keyClick(window, Qt.Key.Key_F1)
    (dialog,) = window.findChildren(QDialog)
    assert dialog.windowTitle() == "Keyboard shortcuts"
    said = {text for _, text in texts_of(dialog)}
    assert {"Ctrl+E", "Export", "Ctrl+O", "Choose folder", "F5", "Read what changed", "Esc"} <= said
    dialog.close()


def test_that_the_appearance_is_chosen_from_the_menu_and_kept(
    make_open: Callable[[], MainWindow], settings: Settings, qapp: QApplication, theme: Theme
) -> None:
    window = make_open()
    menu = window.panels.sources.menu_button().menu()
    (looks,) = [action.menu() for action in menu.actions() if action.text() == "&Appearance"]
    dark = next(action for action in looks.actions() if action.text() == "&Dark")
    dark.trigger()
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
    assert settings.appearance == "dark"
    looks.actions()[1].trigger()
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.window)
    looks.actions()[0].trigger()
    assert settings.appearance == ""


def test_that_the_kept_appearance_colours_icons_at_the_next_start(
    make_main_window: Callable[[OpenSession], MainWindow], settings: Settings, theme: Theme
) -> None:
    settings.appearance = "dark"
    window = make_main_window(lambda sources: Session.open(sources, keep=False))
    try:
        image = window.panels.sources.refresh_button().icon().pixmap(16, 16).toImage()
        pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
        drawn = [pixel.lightness() for pixel in pixels if pixel.alpha() > 200]
        assert drawn
        assert min(drawn) > 128, "light strokes on the dark window"
    finally:
        theme.force(None)


def test_that_a_language_is_chosen_for_the_next_start(
    make_open: Callable[[], MainWindow], settings: Settings
) -> None:
    window = make_open()
    menu = window.panels.sources.menu_button().menu()
    (languages,) = [action.menu() for action in menu.actions() if action.text() == "&Language"]
    german = next(action for action in languages.actions() if action.text() == "Deutsch")
    german.trigger()
    assert settings.language == "de"
    assert "next start" in window.panels.message.text()


def test_that_the_focus_is_seen_in_both_themes(
    make_open: Callable[[], MainWindow], theme: Theme, qtbot: QtBot
) -> None:
    window = make_open()
    form = window.panels.form
    controls = [
        window.panels.sources.open_button(),
        form.time.zone_box(),
        form.filters.field("type"),
        form.formats.box(ExportFormat.CSV),
        window.panels.export_bar.button(),
        window.panels.preview.details_button(),
    ]
    for scheme in (Qt.ColorScheme.Light, Qt.ColorScheme.Dark):
        theme.force(scheme)
        for control in controls:
            window.panels.log.words_field().setFocus()
            form.ensureWidgetVisible(control)
            without = control.grab().toImage()
            control.setFocus(Qt.FocusReason.TabFocusReason)
            assert control.grab().toImage() != without, control
    theme.force(None)
