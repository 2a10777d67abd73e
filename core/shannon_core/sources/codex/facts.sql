-- Codex rollout lines → facts (spec: sources.md §3.2).
-- Reads clean(line, line_no, file_no, notes): valid JSON objects; file_names(file_no, source_file); main.facts, for the
-- session of a file whose beginning an earlier statement read.
-- Gives file_no, source_line, session_id, kind, key, timestamp, fields (JSON), notes, record, reason. Every line is a
-- record; one without a kind has no fact. Of texts only the size is kept.
WITH record_json AS (
    -- Until the middle of 2025 Codex wrote payloads bare, under a first line that is the meta record: wrapped here,
    -- they have one form.
    SELECT
        line_no, file_no, notes, contains(line, '"payload"') AS wrapped,
        json_transform(
            CASE WHEN contains(line, '"payload"') THEN line ELSE '{"payload":' || line || '}' END,
            '{
                "timestamp": "VARCHAR", "type": "VARCHAR",
                "payload": {
                    "timestamp": "VARCHAR", "type": "VARCHAR", "record_type": "VARCHAR", "id": "VARCHAR",
                    "call_id": "VARCHAR", "turn_id": "VARCHAR", "cwd": "VARCHAR", "originator": "VARCHAR",
                    "cli_version": "VARCHAR", "source": "JSON", "model_provider": "VARCHAR",
                    "git": {"branch": "VARCHAR", "commit_hash": "VARCHAR"}, "forked_from_id": "VARCHAR",
                    "parent_thread_id": "VARCHAR", "model": "VARCHAR", "model_name": "VARCHAR",
                    "service_tier": "VARCHAR", "thread_settings": {"service_tier": "VARCHAR"},
                    "info": {
                        "model": "VARCHAR", "model_name": "VARCHAR",
                        "total_token_usage": {
                            "input_tokens": "BIGINT", "cached_input_tokens": "BIGINT", "output_tokens": "BIGINT",
                            "reasoning_output_tokens": "BIGINT", "total_tokens": "BIGINT"
                        },
                        "last_token_usage": {
                            "input_tokens": "BIGINT", "cached_input_tokens": "BIGINT", "output_tokens": "BIGINT",
                            "reasoning_output_tokens": "BIGINT", "total_tokens": "BIGINT",
                            "cache_write_input_tokens": "BIGINT"
                        }
                    },
                    "name": "VARCHAR", "namespace": "VARCHAR", "arguments": "VARCHAR", "input": "VARCHAR",
                    "action": "VARCHAR", "output": "VARCHAR", "status": "VARCHAR", "exit_code": "BIGINT",
                    "success": "BOOLEAN", "duration": {"secs": "DOUBLE", "nanos": "DOUBLE"},
                    "invocation": {"server": "VARCHAR", "tool": "VARCHAR"},
                    "result": {"Ok": {"is_error": "BOOLEAN", "isError": "BOOLEAN"}, "Err": "VARCHAR"},
                    "new_thread_id": "VARCHAR", "new_agent_role": "VARCHAR", "new_agent_nickname": "VARCHAR",
                    "reason": "VARCHAR", "duration_ms": "DOUBLE", "time_to_first_token_ms": "DOUBLE",
                    "error": "VARCHAR", "codex_error_info": "VARCHAR", "ghost_commit": {"id": "VARCHAR"}
                }
            }'
        ) AS r
    FROM clean
), typed AS (
    SELECT
        line_no, file_no, notes, r.payload AS p, coalesce(r.timestamp, r.payload.timestamp) AS time,
        CASE
            WHEN wrapped THEN coalesce(r.type, 'unknown')
            WHEN r.payload.record_type IS NOT NULL THEN r.payload.record_type
            WHEN r.payload.type IS NOT NULL THEN 'response_item'
            WHEN r.payload.id IS NOT NULL AND r.payload.timestamp IS NOT NULL THEN 'session_meta'
            ELSE 'unknown'
        END AS envelope
    FROM record_json
), timed AS (
    SELECT
        *, rfc3339_parts(time) AS t, CASE WHEN envelope IN ('event_msg', 'response_item') THEN p.type END AS inner_type
    FROM typed
), classified AS (
    SELECT
        *, instant_of(t) AS instant,
        CASE
            WHEN envelope = 'session_meta' THEN 'meta'
            WHEN envelope = 'turn_context' OR inner_type = 'thread_settings_applied' THEN 'turn'
            WHEN envelope = 'compacted' OR inner_type = 'context_compacted' THEN 'compaction'
            WHEN inner_type = 'token_count' THEN CASE
                WHEN coalesce(p.info.total_token_usage, p.info.last_token_usage) IS NOT NULL THEN 'usage'
            END
            WHEN inner_type = 'ghost_snapshot' THEN 'checkpoint'
            WHEN envelope = 'response_item' AND ends_with(inner_type, '_call') THEN 'call'
            WHEN envelope = 'response_item' AND ends_with(inner_type, '_output') THEN 'output'
            WHEN
                inner_type IN ('exec_command_end', 'patch_apply_end', 'mcp_tool_call_end', 'dynamic_tool_call_response')
            THEN 'end'
            WHEN inner_type = 'collab_agent_spawn_end' THEN 'agent'
            WHEN inner_type IN ('task_started', 'turn_started') THEN 'started'
            WHEN inner_type IN ('task_complete', 'turn_complete') THEN 'complete'
            WHEN inner_type = 'turn_aborted' THEN 'aborted'
            WHEN envelope = 'event_msg' AND inner_type = 'error' THEN 'error'
        END AS kind
    FROM timed
), measured AS (
    -- The headers that Codex writes before an output are within its first 4,000 characters; a pattern over whole
    -- outputs would read megabytes. Outputs are a list of blocks, an object with "output", or bare text, by version.
    SELECT
        file_no, line_no, kind, instant, p, notes | time_notes(t) AS notes,
        left(envelope || coalesce('/' || inner_type, ''), 100) AS record,
        CASE WHEN time IS NOT NULL AND instant IS NULL THEN 'bad_timestamp' END AS reason,
        CASE
            WHEN kind = 'output'
            THEN coalesce(
                CASE WHEN starts_with(p.output, '[{') THEN TRY(json_extract_string(p.output, '$[0].text')) END,
                CASE WHEN starts_with(p.output, '{"output"') THEN TRY(json_extract_string(p.output, '$.output')) END,
                p.output
            )[:4000]
        END AS beginning
    FROM classified
), facts_of_lines AS MATERIALIZED (
    SELECT
        file_no, line_no, record, reason, instant, notes, CASE WHEN reason IS NULL THEN kind END AS kind,
        -- A key names the same thing in every session; facts without one refer to something in theirs by fields.ref.
        CASE kind
            WHEN 'meta' THEN p.id
            WHEN 'agent' THEN coalesce(p.new_thread_id, p.call_id)
            WHEN 'usage' THEN md5(concat_ws('|', instant, p.info.last_token_usage, p.info.total_token_usage))
        END AS key,
        CASE kind
            WHEN 'meta' THEN json_object(
                'id', p.id, 'cwd', p.cwd, 'branch', p.git.branch, 'commit', p.git.commit_hash, 'version', p.cli_version,
                'originator', p.originator,
                'origin', CASE
                    WHEN is_object(p.source) THEN coalesce(
                        json_keys(p.source, '$.subagent')[1], p.source ->> '$.subagent', 'other'
                    )
                    ELSE p.source ->> '$'
                END,
                'provider', p.model_provider, 'forked_from', p.forked_from_id,
                'parent', coalesce(p.parent_thread_id, p.source ->> '$.subagent.thread_spawn.parent_thread_id'),
                'role', p.source ->> '$.subagent.thread_spawn.agent_role',
                'nickname', p.source ->> '$.subagent.thread_spawn.agent_nickname'
            )
            WHEN 'turn' THEN json_object(
                'model', coalesce(p.model, p.model_name), 'cwd', p.cwd,
                'tier', coalesce(
                    p.thread_settings.service_tier, p.service_tier,
                    CASE WHEN p.type = 'thread_settings_applied' THEN 'default' END
                )
            )
            WHEN 'usage' THEN json_object(
                'model', coalesce(p.model, p.info.model, p.info.model_name), 'total', p.info.total_token_usage,
                'last', p.info.last_token_usage
            )
            WHEN 'call' THEN json_object(
                'ref', nullif(coalesce(p.call_id, p.id), ''), 'name', coalesce(p.name, left(p.type, -5)),
                'namespace', p.namespace, 'status', p.status, 'size', strlen(coalesce(p.arguments, p.input, p.action))
            )
            WHEN 'output' THEN json_object(
                'ref', nullif(p.call_id, ''), 'size', length(p.output),
                'exit_code', coalesce(
                    TRY_CAST(
                        regexp_extract(
                            beginning,
                            '^(?:Command: (?s:.*?)\n)?(?:Chunk ID: .*\n)?(?:Wall time: .*\n)?'
                            || '(?:Process exited with code|Exit code:) (-?[0-9]+)',
                            1
                        ) AS BIGINT
                    ),
                    CASE
                        WHEN starts_with(p.output, '{"output"') THEN TRY(CAST(
                            p.output ->> '$.metadata.exit_code' AS BIGINT
                        ))
                    END
                ),
                'running', regexp_matches(
                    beginning,
                    '^(?:Command: (?s:.*?)\n)?(?:Chunk ID: .*\n)?(?:Wall time: .*\n)?'
                    || '(?:Process running with session ID|Script running)'
                ),
                'failure', CASE
                    WHEN regexp_matches(beginning, '^(?:Wall time: .*\n)?aborted') THEN 'aborted'
                    WHEN regexp_matches(beginning, '^[^\n]*(?:rejected by (?:the )?user|user rejected|[Rr]ejected\()')
                    THEN 'user_rejected'
                    WHEN
                        regexp_matches(
                            beginning,
                            '^(?i:[a-z_]+ (?:verification )?failed\b|failed to |unsupported |unknown |invalid '
                            || '|error\b|err: |tool call error)'
                        )
                    THEN 'tool_error'
                END
            )
            WHEN 'end' THEN json_object(
                'ref', nullif(p.call_id, ''),
                'name', CASE p.type
                    WHEN 'exec_command_end' THEN 'exec_command'
                    WHEN 'patch_apply_end' THEN 'apply_patch'
                    ELSE concat_ws('__', 'mcp', p.invocation.server, p.invocation.tool)
                END,
                'by_user', p.source = '"user_shell"', 'exit_code', p.exit_code, 'declined', p.status = 'declined',
                'success', CASE
                    WHEN p.status = 'declined' OR p.result.Err IS NOT NULL THEN FALSE
                    WHEN p.type = 'mcp_tool_call_end'
                    THEN NOT coalesce(p.result.Ok.is_error, p.result.Ok.isError, FALSE)
                    ELSE coalesce(p.exit_code = 0, p.success, p.status = 'completed')
                END,
                'duration_ms', coalesce(
                    finite(p.duration.secs * 1000 + p.duration.nanos / 1000000), finite(p.duration_ms)
                )
            )
            WHEN 'agent' THEN json_object(
                'role', p.new_agent_role, 'nickname', p.new_agent_nickname, 'model', p.model,
                'spawned', p.new_thread_id IS NOT NULL
            )
            WHEN 'complete' THEN json_object(
                'ref', p.turn_id, 'duration_ms', finite(p.duration_ms),
                'first_token_ms', finite(p.time_to_first_token_ms),
                'error_type', CASE
                    WHEN p.error IS NOT NULL THEN coalesce(
                        nullif(
                            regexp_extract(TRY(json_extract_string(p.error, '$.codex_error_info')), '[A-Za-z_]+'), ''
                        ),
                        'task_error'
                    )
                END
            )
            WHEN 'aborted' THEN json_object(
                'ref', p.turn_id, 'duration_ms', finite(p.duration_ms), 'error_type', coalesce(p.reason, 'aborted')
            )
            WHEN 'error' THEN json_object(
                'error_type', coalesce(nullif(regexp_extract(p.codex_error_info, '[A-Za-z_]+'), ''), 'error')
            )
            WHEN 'compaction' THEN json_object('by_event', coalesce(p.type = 'context_compacted', FALSE))
            WHEN 'checkpoint' THEN json_object('ref', p.ghost_commit.id)
            ELSE '{}'
        END AS fields
    FROM measured
), spans AS (
    -- First and last time of a file, so that not every line has to leave a fact; and gpt-5, the model of sessions that
    -- name none (September 2025), so that its price is looked up.
    SELECT
        file_no, arg_max(line_no, (instant, line_no)) AS line_no, NULL AS record, NULL AS reason,
        max(instant) AS instant, 0 AS notes, 'span' AS kind, NULL AS key,
        json_object('first', min(instant), 'model', 'gpt-5') AS fields
    FROM facts_of_lines
    WHERE instant IS NOT NULL
    GROUP BY file_no
), spawned AS (
    SELECT
        * REPLACE (
            NULL AS record, 'agent' AS kind,
            json_object('role', fields ->> '$.role', 'nickname', fields ->> '$.nickname', 'child', TRUE) AS fields
        )
    FROM facts_of_lines
    WHERE kind = 'meta' AND fields ->> '$.origin' = 'thread_spawn'
), sessions AS (
    SELECT
        file_no,
        coalesce(
            (SELECT any_value(session_id) FROM main.facts WHERE facts.source_file = file_names.source_file),
            (
                SELECT arg_min(key, line_no)
                FROM facts_of_lines
                WHERE kind = 'meta' AND facts_of_lines.file_no = file_names.file_no
            ),
            nullif(regexp_extract(source_file, '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})[^/\\]*$', 1), ''),
            regexp_extract(source_file, '([^/\\]+?)(?:\.jsonl)?(?:\.gz|\.zst)?$', 1)
        ) AS session_id
    FROM file_names
)
SELECT
    file_no, line_no AS source_line, session_id, kind, key, instant AS timestamp, CAST(fields AS VARCHAR) AS fields,
    notes, record, reason
FROM (
    FROM facts_of_lines
    UNION ALL BY NAME
    FROM spans
    UNION ALL BY NAME
    FROM spawned
)
JOIN sessions USING (file_no)
