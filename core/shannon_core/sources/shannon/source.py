"""."""

from __future__ import annotations

from shannon_core.sources.source_kinds import SourceKind, _signs

SHANNON = SourceKind("shannon", "Shannon MCP", __package__, _signs("id timestamp type"))
