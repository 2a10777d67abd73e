"""Templates and their values as text, in English or in another language.

A template names its values: ``"{path} cannot be read."``. A unit may follow the name: ``{size:MB}`` takes bytes and
gives megabytes, ``{note:text}`` takes a text that is itself translated. A template with ``{n}`` is counted: ``{n}
line(s)``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

_MEGABYTE = 1e6


@dataclass(frozen=True, slots=True)
class Phrase:
    """A part of a sentence: a value of a message that is itself translated."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def to_text(self) -> str:
        """The phrase as text for the store: its code, and its values as JSON after a tab."""
        return f"{self.code}\t{json.dumps(self.values)}" if self.values else self.code

    @classmethod
    def from_text(cls, text: str) -> Phrase:
        """The phrase from the text of ``to_text``."""
        code, _, values = text.partition("\t")
        return cls(code, json.loads(values) if values else {})


Value: TypeAlias = "str | int | float | tuple[str, ...] | Mapping[str, int] | Phrase"
"""What a placeholder may hold. Paths are text, sizes bytes; of a mapping each name is given with its number."""


@dataclass(frozen=True, slots=True)
class Language:
    """How texts are translated and numbers written.

    ``translate`` is given a template and the number that it counts (None where it counts nothing), ``decimal`` a value
    and the number of digits after the point.
    """

    translate: Callable[[str, int | None], str]
    number: Callable[[int], str]
    decimal: Callable[[float, int], str]


def render(template: str, values: Mapping[str, Value], phrases: Mapping[str, str], language: Language) -> str:
    """The template in this language with its values. KeyError where a value or the template of a phrase is missing."""
    count = values.get("n") if "{n}" in template else None
    translated = language.translate(template, count if isinstance(count, int) else None)
    return translated.format_map({name: _Shown(value, phrases, language) for name, value in values.items()})


class _Shown:
    """A value that formats itself, so that braces in it are not parsed as placeholders."""

    def __init__(self, value: Value, phrases: Mapping[str, str], language: Language) -> None:
        self._value = value
        self._phrases = phrases
        self._language = language

    def __format__(self, unit: str) -> str:
        value, language = self._value, self._language
        if isinstance(value, Phrase):
            return render(self._phrases[value.code], value.values, self._phrases, language)
        if isinstance(value, str):
            return language.translate(value, None) if unit == "text" else value
        if isinstance(value, tuple):
            return ", ".join(value)
        if isinstance(value, Mapping):
            return ", ".join(f"{name} ({language.number(number)})" for name, number in value.items())
        if unit == "MB":
            return f"{language.decimal(value / _MEGABYTE, 1)} MB"
        return language.number(value) if isinstance(value, int) else language.decimal(value, 1)


def _english(template: str, count: int | None) -> str:
    return template if count is None else template.replace("(s)", "" if count == 1 else "s")


ENGLISH = Language(_english, lambda value: f"{value:,}", lambda value, digits: f"{value:,.{digits}f}")
