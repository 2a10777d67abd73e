"""A notice of a job, or of the opening of a store: a code with values."""

from __future__ import annotations

from dataclasses import dataclass, field

from shannon_core.messages.notices import NOTICES, Level
from shannon_core.messages.texts import Values, notice_text


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice for the user: a skipped file, a rebuilt cache, rejected lines.

    ``code`` is its entry in messages/notices.py, whose template takes ``values``.
    """

    code: str
    values: Values = field(default_factory=dict)

    @property
    def level(self) -> Level:
        """The severity of its entry."""
        return NOTICES[self.code].level

    @property
    def text(self) -> str:
        """Its sentence in English. KeyError where a value is missing."""
        return notice_text(self.code, self.values)
