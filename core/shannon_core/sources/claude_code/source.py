"""Claude Code: a transcript for each session, and one for each of its agents (spec: sources.md §1)."""

from __future__ import annotations

from shannon_core.sources.registry import LogLocation, SourceSpec, any_of, names

CLAUDE_CODE = SourceSpec(
    id="claude-code",
    title="Claude Code",
    package=__package__,
    lines="records",
    signs=any_of(
        *("type sessionId", "type message", "sessionId message", "parentUuid", "leafUuid", "type messageId"),
        "type key agentId",
    ),
    records=names(
        "assistant user system progress attachment summary file-history-snapshot file-history-delta queue-operation"
        " pr-link custom-title agent-name agent-color agent-setting ai-title last-prompt tag mode permission-mode"
        " bridge-session"
        " atis-latch cost-state relocated worktree-state frame-link artifact-autoreact-ledger artifact-comment-monitor"
        " content-replacement continued-in ended-by-model attribution-snapshot launched started result failed"
    ),
    macros=("macros",),
    locations=(
        LogLocation(("~/.claude", "{config}/claude"), ("projects",), "CLAUDE_CONFIG_DIR", is_folder=True),
    ),
    set_aside=(".orphaned", ".superseded"),
    has_carriers=True,
)
