"""What the core says, in the window's language: rendered from codes and values, numbers in the locale."""

from __future__ import annotations

from shannon_core.errors import ShannonError
from shannon_core.jobs.progress import Failed, FileFailed, Notice
from shannon_core.messages import texts
from shannon_core.messages.rendering import Language, Phrase
from shannon_gui.text.i18n import CORE, counted_template, decimal, number, translate


def _translated(template: str, count: int | None) -> str:
    return translate(CORE, template) if count is None else counted_template(CORE, template, count)


_WINDOW = Language(_translated, number, decimal)


def error_words(error: ShannonError | Failed | FileFailed) -> texts.Words:
    """What happened, why, and what to do."""
    return texts.error_words(error.code, error.values, _WINDOW)


def notice_text(notice: Notice) -> str:
    """The sentence of a notice."""
    return texts.notice_text(notice.code, notice.values, _WINDOW)


def phrase_text(phrase: Phrase) -> str:
    """The words of a phrase."""
    return texts.phrase_text(phrase, _WINDOW)


def reason_text(reason: str | Phrase) -> str:
    """The words of a reason: as they are where the system gave them."""
    return texts.reason_text(reason, _WINDOW)
