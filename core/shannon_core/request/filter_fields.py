"""."""

from __future__ import annotations

FILTER_OPTIONS = {
    "--session": "session_id",
    "--user": "user_id",
    "--type": "type",
    "--tool": "tool_name",
    "--agent": "agent_id",
    "--project": "project_path",
    "--model": "model",
    "--source-type": "source",
    "--success": "success",
}
"""Each repeatable option with its filter field; ``!value`` negates."""
