"""The languages of the window: which there are, which one it is, and where its texts come from.

The texts lie in ``shannon_resources/translations`` as Qt's .ts files, which Qt Linguist opens, and are read from there.
``packaging/tasks.py translate`` keeps them in step with the code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from xml.etree import ElementTree

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from shannon_gui.text.i18n import use_locale
from shannon_resources import translation_file

LANGUAGES = MappingProxyType({"en": "English", "de": "Deutsch"})
"""Every language by its own name; English is that of the code."""
PSEUDO = "pseudo"
"""Not a language: longer texts with accents, in which a clipped or an untranslated one is seen at once."""

_Texts = Mapping[tuple[str, str], tuple[str, ...]]
_LONGER = 0.4
_ACCENTS = str.maketrans("AEIOUYaeiouyncstNCST", "ÅÉÎÖÛÝåéîöûýñçšťÑÇŠŤ")
_KEPT = re.compile(r"(\{[^}]*\}|%\w|&.|\(s\)|\(\*[^)]*\)|<[^>]*>)")
_QT_CLASS = re.compile(r"Q[A-Z]")


class Catalogue(QTranslator):
    """The texts of one language, as its .ts file has them."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._texts = _read(language)

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """The text in this language, in the form that goes with the number."""
        forms = self._texts.get((context, source))
        return forms[min(int(n != 1), len(forms) - 1)] if forms else None

    def isEmpty(self) -> bool:
        """Whether there are texts at all."""
        return not self._texts


class PseudoCatalogue(QTranslator):
    """Makes a text of 40 % more letters out of every one of ours."""

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """The text as [!!! ťéxť ééé !!!]; Qt's own ones stay as they are."""
        return None if _QT_CLASS.match(context) else pseudo(source)

    def isEmpty(self) -> bool:
        """It has a text for everything."""
        return False


def pseudo(text: str) -> str:
    """The text with accents and longer by 40 %; places for values, mnemonics and file patterns stay."""
    parts = _KEPT.split(text)
    accented = "".join(part if index % 2 else part.translate(_ACCENTS) for index, part in enumerate(parts))
    return f"[!!! {accented} {'é' * max(1, round(len(text) * _LONGER) - 10)} !!!]"


def language_for(wanted: str) -> str:
    """The language that was asked for, else the system's where it is one of ours, else English."""
    if wanted in LANGUAGES or wanted == PSEUDO:
        return wanted
    names = (QLocale.languageToCode(QLocale(name).language()) for name in QLocale.system().uiLanguages())
    return next((name for name in names if name in LANGUAGES), "en")


def use_language(app: QCoreApplication, wanted: str = "") -> None:
    """Speak this language from now on; widgets that exist already keep their texts."""
    language = language_for(wanted)
    use_locale(wanted if wanted in LANGUAGES else "")
    for translator in _translators(language):
        translator.setParent(app)
        app.installTranslator(translator)


def _translators(language: str) -> list[QTranslator]:
    """Qt's own texts first, so that ours are asked before them."""
    if language == PSEUDO:
        return [PseudoCatalogue()]
    if language == "en":
        return []
    of_qt = QTranslator()
    of_qt.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return [of_qt, Catalogue(language)]


def _read(language: str) -> _Texts:
    """Every finished text by context and source; more than one form where it depends on a number."""
    texts: dict[tuple[str, str], tuple[str, ...]] = {}
    for context in ElementTree.parse(translation_file(language)).iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            forms = [form.text or "" for form in message.iter("numerusform")]
            forms = forms or [message.findtext("translation", "")]
            if all(forms):
                texts[name, message.findtext("source", "")] = tuple(forms)
    return texts
