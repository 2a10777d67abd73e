"""Texts in the person's language and numbers in the person's locale. Exports never pass through here.

Widgets use their own ``self.tr``; what has no widget (formats of numbers, names of the core) comes from here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from PySide6.QtCore import QCoreApplication, QLocale

CORE = "core"
"""The context of the texts that the core says."""
_BETWEEN_SENTENCES = re.compile(r"(?<=\.) (?=\S)")
_templates: list[str] = []


def translate(context: str, text: str) -> str:
    """The text in the window's language."""
    return QCoreApplication.translate(context, text)


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark a text for translation where it is written; ``translate`` it where it is shown."""
    return text


def counted(context: str, text: str, count: int) -> str:
    """A text with a number in it, such as ``"{n} line(s)"``, with the number in the locale's grouping.

    A translation has its own numerus forms; English has none loaded, and resolves ``(s)`` here.
    """
    found = QCoreApplication.translate(context, text, "", min(count, 2**31 - 1))
    return found.replace("(s)", "" if count == 1 else "s").replace("{n}", number(count))


def number(value: int) -> str:
    """An integer of any size in the locale's grouping."""
    return QLocale().toString(value) if abs(value) < 2**63 else f"{value:,}"


def decimal(value: float, digits: int) -> str:
    """A number with so many digits after the locale's decimal point."""
    return QLocale().toString(float(value), "f", digits)


def use_locale(language: str = "") -> None:
    """Format as the system does; as the language does where the system speaks another or none (``LANG=C``)."""
    system = QLocale.system()
    spoken = QLocale.languageToCode(system.language())
    if system.language() == QLocale.Language.C:
        QLocale.setDefault(QLocale(language) if language else QLocale("en_US"))
    else:
        QLocale.setDefault(QLocale(language) if language and language != spoken else system)


def core_text(text: str) -> str:
    """A text of the core in the window's language.

    The core speaks English and puts values into its sentences. Those are in the catalogue under the context ``core``, with
    ``{0}``, ``{1}`` … for the values; whichever fits gives the words. What none fits, as of the system, stays as it is.
    """
    return " ".join(map(_sentence, _BETWEEN_SENTENCES.split(text)))


def _sentence(text: str) -> str:
    for template, pattern in _core_templates():
        if (found := pattern.fullmatch(text)) is not None:
            return translate(CORE, template).format(*found.groups())
    return text


def set_core_templates(templates: Iterable[str]) -> None:
    """The texts of the core that the catalogue in force knows."""
    _templates[:] = sorted(templates, key=lambda item: len(re.sub(r"\{\d\}", "", item)), reverse=True)
    _core_templates.cache_clear()


@cache
def _core_templates() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The most particular first, so that a template of hardly more than values takes only what is left."""
    return tuple((item, _pattern(item)) for item in _templates)


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{\d\}", template)
    return re.compile("(.+?)".join(re.escape(part) for part in parts), re.DOTALL)
