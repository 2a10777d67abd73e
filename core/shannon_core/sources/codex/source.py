"""Codex: a rollout for each session; compressed and archived ones are copies (spec: sources.md §3)."""

from __future__ import annotations

import os
from pathlib import Path

from shannon_core.files.path_text import printable
from shannon_core.messages.rendering import Phrase
from shannon_core.sources.found_files import Discovery
from shannon_core.sources.registry import LogLocation, SourceSpec, any_of, names

_ARCHIVE = "archived_sessions"
_ROLLOUT_FOLDERS = ("sessions", _ARCHIVE)

CODEX = SourceSpec(
    id="codex",
    title="Codex",
    package=__package__,
    lines="records",
    signs=any_of("type payload", "id timestamp instructions", "id timestamp git"),
    records=names(
        "session_meta turn_context event_msg response_item compacted world_state"
        " inter_agent_communication_metadata state"
    ),
    locations=(LogLocation(("~/.codex",), _ROLLOUT_FOLDERS, "CODEX_HOME"),),
    discard_copies=f"{__name__}:discard_copies",
    decides_early=True,  # the texts in the first line of a rollout are long
)


def discard_copies(found: Discovery) -> None:
    """Keep one copy of each rollout: Codex compresses and archives them; the active, plain one is kept (sources.md
    §3.1)."""
    best: dict[tuple[Path, str], Path] = {}
    for path in sorted((path for path in found.files if path.name.startswith("rollout-")), key=_rank):
        taken = best.setdefault(_rollout(path), path)
        if taken is not path:
            found.skipped.append((path, Phrase("same_rollout", {"path": printable(taken)})))
            del found.status[path]
    found.files = [path for path in found.files if path in found.status]


def _rank(path: Path) -> tuple[bool, bool, bytes]:
    return _ARCHIVE in path.parts, path.suffix != ".jsonl", os.fsencode(path)


def _rollout(path: Path) -> tuple[Path, str]:
    """The Codex home of a rollout, or else its folder; and its name without suffixes."""
    homes = (folder.parent for folder in path.parents if folder.name in _ROLLOUT_FOLDERS)
    return next(homes, path.parent), path.name.partition(".jsonl")[0]
