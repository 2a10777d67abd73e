"""The words of an error, a notice or a phrase, from its code and values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shannon_core.messages.errors import ERRORS
from shannon_core.messages.notices import NOTICES
from shannon_core.messages.phrases import PHRASES
from shannon_core.messages.rendering import ENGLISH, Language, Phrase, Value, render

Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Words:
    """What happened, why, and what to do; the latter two may be empty."""

    title: str
    message: str
    hint: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.title, self.message, self.hint) if part)


def error_words(code: str, values: Values, language: Language = ENGLISH) -> Words:
    """The words of an error. KeyError where the code is unknown or a value is missing."""
    spec = ERRORS[code]
    title, message, hint = (
        render(text, values, PHRASES, language) if text else ""
        for text in (spec.title, spec.message, spec.hint)
    )
    return Words(title, message, hint)


def notice_text(code: str, values: Values, language: Language = ENGLISH) -> str:
    """The sentence of a notice. KeyError where the code is unknown or a value is missing."""
    return render(NOTICES[code].text, values, PHRASES, language)


def phrase_text(phrase: Phrase, language: Language = ENGLISH) -> str:
    """The words of a phrase. KeyError where the code is unknown or a value is missing."""
    return render(PHRASES[phrase.code], phrase.values, PHRASES, language)


def reason_text(reason: str | Phrase, language: Language = ENGLISH) -> str:
    """The words of a reason: as they are where the system gave them."""
    return reason if isinstance(reason, str) else phrase_text(reason, language)
