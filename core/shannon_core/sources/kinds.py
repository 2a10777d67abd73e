"""The kinds of log that are read, and how a file's kind is told from its beginning.

A kind of events has one line for each event (Shannon). A kind of transcripts holds records that become events together: lines
become facts (``<script>.sql``), the facts of a session become its events (``<script>_events.sql``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceKind:
    """One kind of log. ``name`` is what the column ``source`` holds, ``script`` the stem of its SQL files.

    A line with all the members of one of ``signs`` is of this kind. ``records`` are the types of record that are known: others are
    counted and named, for a newer version of the tool may have put something into them. ``has_carriers``: some records carry
    others, which the script reads when it is asked to.
    """

    name: str
    label: str
    script: str
    signs: tuple[frozenset[str], ...]
    records: frozenset[str] = frozenset()
    has_carriers: bool = False

    @property
    def is_transcript(self) -> bool:
        """Whether records become events together."""
        return bool(self.records)

    def fits(self, members: set[str]) -> bool:
        """Whether a line with these members is of this kind."""
        return any(sign <= members for sign in self.signs)


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _signs(*members: str) -> tuple[frozenset[str], ...]:
    return tuple(map(_names, members))


SHANNON = SourceKind("shannon", "Shannon MCP", "shannon", _signs("id timestamp type"))
CLAUDE_CODE = SourceKind(
    "claude-code",
    "Claude Code",
    "claude_code",
    _signs(
        *("type sessionId", "type message", "sessionId message", "parentUuid", "leafUuid", "type messageId"),
        "type key agentId",
    ),
    _names(
        "assistant user system progress attachment summary file-history-snapshot file-history-delta queue-operation pr-link"
        " custom-title agent-name agent-color agent-setting ai-title last-prompt tag mode permission-mode bridge-session"
        " atis-latch cost-state relocated worktree-state frame-link artifact-autoreact-ledger artifact-comment-monitor"
        " content-replacement continued-in ended-by-model attribution-snapshot launched started result failed"
    ),
    has_carriers=True,
)
CODEX = SourceKind(
    "codex",
    "Codex",
    "codex",
    _signs("type payload", "id timestamp instructions", "id timestamp git"),
    _names(
        "session_meta turn_context event_msg response_item compacted world_state inter_agent_communication_metadata state"
    ),
)
OTLP = SourceKind(
    "otlp",
    "OpenTelemetry",
    "otlp",
    _signs("resourceLogs", "resourceMetrics", "resourceSpans", "ts url body"),
    _names("logs log metrics metric spans"),
)
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
