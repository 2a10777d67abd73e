-- Macros of Claude Code transcripts: what is read of a record, and how errors and sessions are found (sources.md §1).
-- Read no relation.

-- A record, as far as it is read: null where a member is missing or of another type. VARCHAR takes a member of any type
-- as text, so that lists and objects stay JSON until they are needed.
CREATE OR REPLACE TEMP MACRO claude_record(record) AS json_transform(
    record,
    '{
        "type": "VARCHAR", "subtype": "VARCHAR", "sessionId": "VARCHAR", "session_id": "VARCHAR", "uuid": "VARCHAR",
        "timestamp": "VARCHAR", "cwd": "VARCHAR", "gitBranch": "VARCHAR", "version": "VARCHAR", "entrypoint": "VARCHAR",
        "isSidechain": "BOOLEAN", "agentId": "VARCHAR", "attributionAgent": "VARCHAR", "requestId": "VARCHAR",
        "forkedFrom": "JSON", "costUSD": "DOUBLE", "isApiErrorMessage": "BOOLEAN", "error": "JSON",
        "message": {
            "id": "VARCHAR", "role": "VARCHAR", "model": "VARCHAR",
            "usage": {
                "input_tokens": "BIGINT", "output_tokens": "BIGINT", "cache_creation_input_tokens": "BIGINT",
                "cache_read_input_tokens": "BIGINT", "speed": "VARCHAR", "service_tier": "VARCHAR",
                "cache_creation": {"ephemeral_5m_input_tokens": "BIGINT", "ephemeral_1h_input_tokens": "BIGINT"},
                "server_tool_use": {"web_search_requests": "BIGINT", "web_fetch_requests": "BIGINT"}
            },
            "content": [{
                "type": "VARCHAR", "id": "VARCHAR", "name": "VARCHAR", "input": "VARCHAR", "tool_use_id": "VARCHAR",
                "is_error": "BOOLEAN", "content": "VARCHAR"
            }]
        },
        "toolUseResult": {
            "totalDurationMs": "DOUBLE", "durationMs": "DOUBLE", "durationSeconds": "DOUBLE", "totalTokens": "BIGINT",
            "totalToolUseCount": "BIGINT", "agentId": "VARCHAR", "isAsync": "BOOLEAN", "resolvedModel": "VARCHAR"
        },
        "durationMs": "DOUBLE", "messageCount": "BIGINT", "toolUseID": "VARCHAR", "parentToolUseID": "VARCHAR",
        "hookInfos": [{"command": "VARCHAR", "durationMs": "DOUBLE"}],
        "compactMetadata": {
            "trigger": "VARCHAR", "preTokens": "BIGINT", "postTokens": "BIGINT", "durationMs": "DOUBLE"
        },
        "microcompactMetadata": {"trigger": "VARCHAR", "preTokens": "BIGINT", "tokensSaved": "BIGINT"},
        "retryAttempt": "BIGINT", "maxRetries": "BIGINT", "retryInMs": "DOUBLE",
        "data": {
            "type": "VARCHAR", "agentId": "VARCHAR", "message": "JSON", "hookEvent": "VARCHAR", "hookName": "VARCHAR",
            "command": "VARCHAR"
        },
        "attachment": {
            "type": "VARCHAR", "hookEvent": "VARCHAR", "hookName": "VARCHAR", "command": "VARCHAR",
            "toolUseID": "VARCHAR", "durationMs": "DOUBLE", "exitCode": "BIGINT"
        },
        "messageId": "VARCHAR", "isSnapshotUpdate": "BOOLEAN",
        "snapshot": {"timestamp": "VARCHAR", "trackedFileBackups": "JSON"},
        "totalCostUSD": "DOUBLE", "totalAPIDuration": "DOUBLE", "totalToolDuration": "DOUBLE",
        "totalDuration": "DOUBLE", "totalLinesAdded": "BIGINT", "totalLinesRemoved": "BIGINT"
    }'
);

-- Whether a record carries one of a subagent, whole.
CREATE OR REPLACE TEMP MACRO is_carrier(record) AS (
    record.data.type = 'agent_progress' AND is_object(record.data.message)
);

-- Why a tool failed, by the beginning of its output; the kind of an API error; the session of a file, by its path.
CREATE OR REPLACE TEMP MACRO error_beginning(text) AS left(text, 400);
CREATE OR REPLACE TEMP MACRO failure_of(beginning) AS CASE
    WHEN contains(beginning, 'The user doesn''t want to') OR contains(beginning, 'Request interrupted by user')
    THEN 'user_rejected'
    WHEN regexp_matches(beginning, 'Permission to use .* has been denied|requested permissions? to ')
    THEN 'permission_denied'
    WHEN contains(beginning, '<tool_use_error>') THEN 'tool_use_error'
    WHEN regexp_matches(beginning, '^(?:\[\{"type":"text","text":")?(?:Error: )?Exit code [0-9]+') THEN 'exit_code'
    ELSE 'tool_error'
END;
CREATE OR REPLACE TEMP MACRO error_type_of(error, beginning) AS left(
    coalesce(
        CASE
            WHEN is_object(error) THEN coalesce(
                error ->> '$.error.error.type', error ->> '$.error.type', error ->> '$.type', error ->> '$.status',
                error ->> '$.connection.code', error ->> '$.code'
            )
            ELSE error ->> '$'
        END,
        nullif(regexp_extract(beginning, '"type":\s*"([a-z_]+_error)"', 1), ''),
        nullif(regexp_extract(beginning, '^API Error:? \(?([0-9]{3})\b', 1), ''), 'unknown'
    ),
    100
);
CREATE OR REPLACE TEMP MACRO session_of_path(path) AS coalesce(
    nullif(regexp_extract(path, '([^/\\]+)[/\\]+subagents[/\\]', 1), ''),
    regexp_extract(path, '([^/\\]*?)(?:\.jsonl)?(?:\.gz|\.zst)?$', 1)
);
