"""."""

from __future__ import annotations

from shannon_core.sources.source_kinds import SourceKind, _names, _signs

CLAUDE_CODE = SourceKind(
    "claude-code",
    "Claude Code",
    __package__,
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
