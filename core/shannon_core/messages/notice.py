"""A notice with its values: what a job, or the opening of a store, has to say."""

from __future__ import annotations

from dataclasses import dataclass, field

from shannon_core.messages.notices import NOTICES, Level
from shannon_core.messages.texts import Values, notice_text


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a person should know: a skipped file, a cache that was rebuilt, rejected lines.

    ``code`` names it in messages/notices.py, whose template takes ``values``.
    """

    code: str
    values: Values = field(default_factory=dict)

    @property
    def level(self) -> Level:
        """How serious it is."""
        return NOTICES[self.code].level

    @property
    def text(self) -> str:
        """The sentence, in English."""
        return notice_text(self.code, self.values)
