"""."""

from __future__ import annotations

import re
from collections.abc import Iterable

from shannon_core.sources.claude_code.source import CLAUDE_CODE
from shannon_core.sources.codex.source import CODEX
from shannon_core.sources.otlp.source import OTLP
from shannon_core.sources.shannon.source import SHANNON
from shannon_core.sources.source_kinds import SourceKind

KINDS = {kind.name: kind for kind in (CODEX, OTLP, SHANNON, CLAUDE_CODE)}
"""In the order in which they are tried on a line."""


_FIRST = CODEX
"""Nothing that comes later on a line can make it another: the texts in its first line are long."""


TRANSCRIPTS = tuple(kind for kind in KINDS.values() if kind.is_transcript)


_TOKEN = re.compile(rb'"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?|[{}\[\]]')


def recognise(beginning: bytes) -> SourceKind:
    """The kind of the file that begins so, decompressed; what nothing tells is Shannon's, whose rejects say why."""
    for text in (*beginning.split(b"\n"), beginning):
        members = set()
        for member in _members(text):
            members.add(member)
            if _FIRST.fits(members):
                return _FIRST
        for kind in KINDS.values():
            if kind.fits(members):
                return kind
    return SHANNON


def _members(text: bytes) -> Iterable[str]:
    """The names of the members of the object that a text, or what there is of it, begins with."""
    depth = 0
    for token in _TOKEN.finditer(text):
        name, colon = token.groups()
        if name is None:
            depth += 1 if token[0] in b"{[" else -1
        elif colon and depth == 1:
            yield name.decode("utf-8", "replace")
