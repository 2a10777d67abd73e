"""The languages of the window: complete, in step with the code, and right in what must stay as it is."""

import ast
import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QLocale

import translations
from shannon_core.errors import SourceError, TargetError
from shannon_core.messages.notice import Notice
from shannon_core.messages.rendering import Phrase
from shannon_core.messages.texts import Words
from shannon_gui.text.core_messages import error_words, notice_text
from shannon_gui.text.i18n import counted
from shannon_gui.text.languages import LANGUAGES, Catalogue, PseudoCatalogue, language_for, pseudo

TRANSLATED = [language for language in LANGUAGES if language != "en"]
PLACEHOLDER = re.compile(r"\{\w*\}|%\d?|\(\*[^)]*\)")


def pairs(language: str) -> list[tuple[translations.Text, str]]:
    return [(text, form) for text, forms in translations.translations(language).items() for form in forms]


def number_of_mnemonics(text: str) -> int:
    return len(re.findall(r"&\w", text.replace("&&", "")))


@pytest.mark.parametrize("language", TRANSLATED)
def test_that_the_texts_are_those_of_the_code(language: str) -> None:
    assert set(translations.translations(language)) == set(translations.texts_of_code()), (
        "run: python3 packaging/tasks.py translate"
    )


def test_that_marked_titles_of_the_core_are_in_the_catalogue_one_word_or_many() -> None:
    marked = ast.parse(
        'Entry("day", translatable("Daily"), note=translatable("Days begin at midnight. Always."))'
    )
    assert list(translations.texts_of_core(marked)) == [
        translations.Text("core", "Daily"),
        translations.Text("core", "Days begin at midnight. Always."),
    ]


@pytest.mark.parametrize("language", TRANSLATED)
def test_that_every_text_is_translated(language: str) -> None:
    assert [text for text, form in pairs(language) if not form] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_that_places_for_values_are_kept(language: str) -> None:
    def places(text: str, one: bool) -> set[str]:
        found = set(PLACEHOLDER.findall(text))
        return found - {"{n}"} if one else found  # “the first” may stand for “the first 1”

    for text, forms in translations.translations(language).items():
        for index, form in enumerate(forms):
            one = text.is_counted and index == 0
            assert places(form, one) == places(text.source, one), (text, form)


@pytest.mark.parametrize("language", TRANSLATED)
def test_that_what_can_be_reached_by_a_key_still_can(language: str) -> None:
    for text, form in pairs(language):
        assert number_of_mnemonics(form) == number_of_mnemonics(text.source), (text, form)


@pytest.mark.parametrize("language", TRANSLATED)
def test_that_blanks_at_the_ends_and_stops_are_kept(language: str) -> None:
    for text, form in pairs(language):
        assert form == form.strip(), (text, form)
        assert form.endswith(".") == text.source.endswith("."), (text, form)


def test_that_the_catalogue_chooses_the_form_by_the_number(speak: Callable[[str], None]) -> None:
    speak("de")
    assert counted("figures", "{n} event(s)", 1) == "1 Ereignis"
    assert counted("figures", "{n} event(s)", 48_112) == "48.112 Ereignisse"
    assert counted("figures", "{n} event(s)", 0) == "0 Ereignisse"


def test_that_standard_buttons_speak_the_language_too(speak: Callable[[str], None]) -> None:
    speak("de")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"


def test_that_errors_of_the_core_are_said_in_the_language(speak: Callable[[str], None]) -> None:
    error = TargetError("target_full", path="/srv/a b.csv", reason="No space left on device")
    assert str(error_words(error)) == str(error)
    speak("de")
    assert error_words(error) == Words(
        "Für /srv/a b.csv ist kein Platz.",
        "No space left on device",
        "Schaffen Sie Platz, oder wählen Sie einen anderen Datenträger.",
    )


def test_that_numbers_of_the_core_are_in_the_locale(speak: Callable[[str], None]) -> None:
    room = TargetError("room_missing", path="/srv/a.csv", needed=1_234_500_000, free=100_000)
    rejected = SourceError("sources_without_events", sources=("/logs",), n=12_345)
    speak("de")
    assert error_words(room).message == "Etwa 1.234,5 MB werden gebraucht, 0,1 MB sind frei."
    assert error_words(rejected).message == "12.345 Zeilen konnten nicht als Ereignisse gelesen werden."


def test_that_a_phrase_in_a_notice_is_translated_too(speak: Callable[[str], None]) -> None:
    notice = Notice("file_passed_over", {"path": "/logs/a.jsonl", "reason": Phrase("set_aside")})
    speak("de")
    assert notice_text(notice) == "/logs/a.jsonl wurde übergangen: ihr Werkzeug hat sie beiseitegelegt."


def test_that_values_of_an_error_are_never_taken_for_places(speak: Callable[[str], None]) -> None:
    speak("de")
    for path in ("{0}", "/srv/{name}{}", "{path!r}"):
        error = SourceError("source_unreadable", path=path, reason="{reason}")
        assert error_words(error).title == f"{path} kann nicht gelesen werden."
        assert error_words(error).message == "{reason}"


def test_that_a_language_that_is_none_of_ours_is_english(monkeypatch: pytest.MonkeyPatch) -> None:
    assert language_for("de") == "de"
    monkeypatch.setattr(QLocale, "uiLanguages", lambda _: ["fr-FR", "fr"])
    assert language_for("") == "en"
    monkeypatch.setattr(QLocale, "uiLanguages", lambda _: ["de-AT", "de"])
    assert language_for("") == "de"


def test_that_numbers_go_with_a_language_that_was_chosen(speak: Callable[[str], None]) -> None:
    speak("de")
    assert QLocale().toString(1234.5, "f", 1) == "1.234,5"


def test_that_pseudo_texts_are_longer_and_keep_what_must_stay() -> None:
    text = pseudo("&Open “{value}” (*.csv)")
    assert "{value}" in text
    assert "(*.csv)" in text
    assert number_of_mnemonics(text) == 1
    assert len(pseudo("Every event was encoded.")) >= 1.4 * len("Every event was encoded.")


def test_that_pseudo_leaves_the_texts_of_qt_alone() -> None:
    assert PseudoCatalogue().translate("QPlatformTheme", "Cancel") is None
    assert Catalogue("de").translate("QPlatformTheme", "Cancel") is None
