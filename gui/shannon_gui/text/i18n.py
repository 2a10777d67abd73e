"""Texts in the person's language and numbers in the person's locale. Exports never pass through here.

Widgets use their own ``self.tr``; what has no widget (formats of numbers, names of the core) comes from here.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

CORE = "core"
"""The context of the texts that the core says."""


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
    return counted_template(context, text, count).replace("{n}", number(count))


def counted_template(context: str, text: str, count: int) -> str:
    """The form of ``counted`` that goes with the number, which is still to be put in."""
    found = QCoreApplication.translate(context, text, "", min(count, 2**31 - 1))
    return found.replace("(s)", "" if count == 1 else "s")


def number(value: int) -> str:
    """An integer of any size in the locale's grouping."""
    return QLocale().toString(value) if abs(value) < 2**63 else f"{value:,}"


def decimal(value: float, digits: int) -> str:
    """A number with this many digits after the locale's decimal point."""
    return QLocale().toString(float(value), "f", digits)


def use_locale(language: str = "") -> None:
    """Format as the system does; as the language does where the system speaks another or none (``LANG=C``)."""
    system = QLocale.system()
    spoken = QLocale.languageToCode(system.language())
    if system.language() == QLocale.Language.C:
        QLocale.setDefault(QLocale(language) if language else QLocale("en_US"))
    else:
        QLocale.setDefault(QLocale(language) if language and language != spoken else system)
