"""What an error is: a code, a kind that decides the exit code, and three templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Kind = Literal["failure", "request", "source", "target", "store", "price", "internal", "cancel"]

EXIT_CODES: Mapping[Kind, int] = MappingProxyType(
    {
        "failure": 3,
        "request": 2,
        "source": 3,
        "target": 3,
        "store": 3,
        "price": 2,
        "internal": 3,
        "cancel": 130,
    }
)
"""The exit code of the command line for each kind of error."""


@dataclass(frozen=True, slots=True)
class ErrorSpec:
    """One error: its kind, what happened (``title``), why (``message``) and what to do (``hint``), as English
    templates."""

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
        """The texts that it has."""
        return tuple(text for text in (self.title, self.message, self.hint) if text)
