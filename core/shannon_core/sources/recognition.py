"""Recognises the source of a file by its beginning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from shannon_core.sources.registry import SOURCES, SourceSpec

_TOKEN = re.compile(rb'"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?|[{}\[\]]')


def recognise(beginning: bytes) -> SourceSpec | None:
    """The source of a file by the beginning of its text; None where no line has the members of a sign.

    Sources of packages are tried only where no built-in source recognises a line of objects.
    """
    lines = (*beginning.split(b"\n"), beginning)
    found = _among(SOURCES.built_in(), lines)
    if found is None and any(True for line in lines for _ in _members(line)):
        found = _among(SOURCES.plugged_in(), lines)
    return found


def fallback() -> SourceSpec:
    """The source that reads the files which no source recognises."""
    return next(spec for spec in SOURCES.built_in() if spec.is_fallback)


def _among(specs: Sequence[SourceSpec], lines: Iterable[bytes]) -> SourceSpec | None:
    early = [spec for spec in specs if spec.decides_early]
    for line in lines:
        members = set()
        for member in _members(line):
            members.add(member)
            for spec in early:
                if spec.fits(members):
                    return spec
        for spec in specs:
            if spec.fits(members):
                return spec
    return None


def _members(text: bytes) -> Iterable[str]:
    """Yield the names of the members of the object at the beginning of a text, which may be cut off."""
    depth = 0
    for token in _TOKEN.finditer(text):
        name, colon = token.groups()
        if name is None:
            depth += 1 if token[0] in b"{[" else -1
        elif colon and depth == 1:
            yield name.decode("utf-8", "replace")
