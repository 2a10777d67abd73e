"""The form of an error's entry: a code, a kind that decides the exit code, and three templates."""

from __future__ import annotations

from dataclasses import dataclass

from shannon_core.messages.kinds import EXIT_CODES, Kind


@dataclass(frozen=True, slots=True)
class ErrorSpec:
    """One error: its kind, and English templates of what happened (title), why (message) and what to do (hint)."""

    code: str
    kind: Kind
    title: str
    message: str = ""
    hint: str = ""

    @property
    def exit_code(self) -> int:
        """The exit code of the command line."""
        return EXIT_CODES[self.kind]

    @property
    def templates(self) -> tuple[str, ...]:
        """Its templates that are not empty."""
        return tuple(text for text in (self.title, self.message, self.hint) if text)
