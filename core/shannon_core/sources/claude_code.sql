-- Claude Code transcript lines → facts (spec: sources.md §1). Reads clean(line, line_no, file_no, notes): valid JSON objects, and
-- file_names(file_no, source_file). A line gives one row that names its record, and one for each fact. Texts are measured and left
-- behind. A key is the same thing wherever it occurs: in another file, in a fork, in a progress record.
WITH told AS NOT MATERIALIZED (
    SELECT file_no, line_no, notes, line, false AS is_inner, NULL AS o FROM clean
    UNION ALL
    -- The records of subagents, which progress records carry whole.
    SELECT file_no, line_no, notes, o[1], true, o
    FROM (
        SELECT file_no, line_no, notes, json_extract(line, ['$.data.message', '$.data.type', '$.sessionId', '$.data.agentId', '$.timestamp',
            '$.cwd', '$.gitBranch', '$.version', '$.parentToolUseID']) AS o
        FROM clean WHERE contains(line, '"agent_progress"')
    )
    WHERE o[2] ->> '$' = 'agent_progress' AND is_object(o[1])
), parsed AS NOT MATERIALIZED (
    SELECT file_no, line_no, notes, line, is_inner, o, json_transform(line, '{
        "type": "VARCHAR", "subtype": "VARCHAR", "sessionId": "VARCHAR", "session_id": "VARCHAR", "uuid": "VARCHAR", "timestamp": "VARCHAR",
        "cwd": "VARCHAR", "gitBranch": "VARCHAR", "version": "VARCHAR", "entrypoint": "VARCHAR", "isSidechain": "BOOLEAN", "agentId": "VARCHAR",
        "requestId": "VARCHAR", "costUSD": "DOUBLE", "isApiErrorMessage": "BOOLEAN", "error": "JSON",
        "message": {"id": "VARCHAR", "role": "VARCHAR", "model": "VARCHAR",
            "usage": {"input_tokens": "BIGINT", "output_tokens": "BIGINT", "cache_creation_input_tokens": "BIGINT",
                "cache_read_input_tokens": "BIGINT", "speed": "VARCHAR", "service_tier": "VARCHAR",
                "cache_creation": {"ephemeral_5m_input_tokens": "BIGINT", "ephemeral_1h_input_tokens": "BIGINT"},
                "server_tool_use": {"web_search_requests": "BIGINT", "web_fetch_requests": "BIGINT"}},
            "content": [{"type": "VARCHAR", "id": "VARCHAR", "name": "VARCHAR", "input": "JSON", "tool_use_id": "VARCHAR",
                "is_error": "BOOLEAN", "content": "JSON"}]},
        "toolUseResult": {"totalDurationMs": "DOUBLE", "durationMs": "DOUBLE", "durationSeconds": "DOUBLE", "totalTokens": "BIGINT",
            "totalToolUseCount": "BIGINT", "agentId": "VARCHAR", "isAsync": "BOOLEAN", "resolvedModel": "VARCHAR"},
        "durationMs": "DOUBLE", "messageCount": "BIGINT", "toolUseID": "VARCHAR", "hookInfos": [{"command": "VARCHAR", "durationMs": "DOUBLE"}],
        "compactMetadata": {"trigger": "VARCHAR", "preTokens": "BIGINT", "postTokens": "BIGINT"},
        "microcompactMetadata": {"trigger": "VARCHAR", "preTokens": "BIGINT", "tokensSaved": "BIGINT"},
        "retryAttempt": "BIGINT", "maxRetries": "BIGINT", "retryInMs": "DOUBLE",
        "data": {"type": "VARCHAR", "hookEvent": "VARCHAR", "hookName": "VARCHAR", "command": "VARCHAR"},
        "attachment": {"type": "VARCHAR", "hookEvent": "VARCHAR", "hookName": "VARCHAR", "command": "VARCHAR", "toolUseID": "VARCHAR",
            "durationMs": "DOUBLE", "exitCode": "BIGINT"},
        "messageId": "VARCHAR", "isSnapshotUpdate": "BOOLEAN", "snapshot": {"timestamp": "VARCHAR", "trackedFileBackups": "JSON"},
        "totalCostUSD": "DOUBLE", "totalAPIDuration": "DOUBLE", "totalToolDuration": "DOUBLE", "totalDuration": "DOUBLE",
        "totalLinesAdded": "BIGINT", "totalLinesRemoved": "BIGINT"}') AS r
    FROM told
), measured AS MATERIALIZED (
    SELECT
        file_no, line_no, is_inner, o[9] ->> '$' AS parent_tool,
        nullif(coalesce(o[3] ->> '$', r.sessionId, r.session_id), '') AS own_session,
        nullif(coalesce(r.agentId, o[4] ->> '$'), '') AS agent, coalesce(r.cwd, o[6] ->> '$') AS cwd,
        nullif(coalesce(r.gitBranch, o[7] ->> '$'), '') AS branch, coalesce(r.version, o[8] ->> '$') AS version,
        is_inner OR coalesce(r.isSidechain, false) AS is_sidechain,
        rfc3339_parts(coalesce(r.timestamp, r.snapshot.timestamp, o[5] ->> '$')) AS t, instant_of(t) AS instant,
        notes | time_notes(t) AS notes, r.timestamp IS NULL AS is_timeless,
        coalesce(r.type, r.message.role) AS type, coalesce(r.subtype, r.data.type, r.attachment.type) AS subtype,
        r.uuid, r.entrypoint, r.requestId AS request, r.message.id AS message, r.message.model AS model,
        finite(r.costUSD) AS cost, r.message.usage AS usage,
        CASE WHEN r.isApiErrorMessage OR r.subtype = 'api_error' THEN coalesce(error_type_of(r.error), 'unknown') END AS error,
        list_transform(
            list_filter(r.message.content, lambda b: b.type IN ('tool_use', 'tool_result')),
            lambda b: {
                'is_use': b.type = 'tool_use', 'id': CASE b.type WHEN 'tool_use' THEN b.id ELSE b.tool_use_id END, 'name': b.name,
                'input_size': strlen(b.input), 'output_size': text_size(b.content), 'is_error': coalesce(b.is_error, false),
                'failure': CASE WHEN b.is_error THEN failure_of(left(b.content, 400)) END,
                'agent': CASE WHEN b.name IN ('Task', 'Agent')
                    THEN json_transform(b.input, '{"subagent_type": "VARCHAR", "model": "VARCHAR"}') END
            }
        ) AS blocks,
        r.toolUseResult AS result,
        CASE WHEN contains(line, '<command-name>') AND r.type IN ('user', 'system')
            OR contains(line, '<task-notification>') AND r.type IN ('user', 'queue-operation')
            THEN left(coalesce(line ->> '$.content', line ->> '$.message.content[0].text', line ->> '$.message.content'), 2000)
        END AS told_text,
        CASE
            WHEN r.attachment.type IN ('hook_success', 'hook_non_blocking_error', 'hook_blocking_error', 'hook_cancelled')
                THEN [{'event': r.attachment.hookEvent, 'name': r.attachment.hookName, 'command': r.attachment.command,
                    'tool': r.attachment.toolUseID, 'duration': finite(r.attachment.durationMs), 'exit_code': r.attachment.exitCode,
                    'outcome': r.attachment.type[6:]}]
            WHEN r.data.type = 'hook_progress'
                THEN [{'event': r.data.hookEvent, 'name': r.data.hookName, 'command': r.data.command, 'tool': r.toolUseID,
                    'duration': NULL::DOUBLE, 'exit_code': NULL::BIGINT, 'outcome': NULL::VARCHAR}]
            WHEN r.subtype = 'stop_hook_summary'
                THEN list_transform(r.hookInfos, lambda h: {'event': 'Stop', 'name': 'Stop', 'command': h.command, 'tool': r.toolUseID,
                    'duration': finite(h.durationMs), 'exit_code': NULL::BIGINT, 'outcome': NULL::VARCHAR})
        END AS hooks,
        CASE WHEN r.type = 'system' THEN {'duration': finite(r.durationMs), 'messages': r.messageCount,
            'trigger': coalesce(r.compactMetadata.trigger, r.microcompactMetadata.trigger),
            'before': coalesce(r.compactMetadata.preTokens, r.microcompactMetadata.preTokens),
            'after': coalesce(r.compactMetadata.postTokens, r.microcompactMetadata.preTokens - r.microcompactMetadata.tokensSaved),
            'attempt': r.retryAttempt, 'attempts': r.maxRetries, 'wait': finite(r.retryInMs)} END AS done,
        CASE WHEN r.type = 'file-history-snapshot' AND NOT coalesce(r.isSnapshotUpdate, false)
            THEN {'id': r.messageId, 'files': len(json_keys(r.snapshot.trackedFileBackups))} END AS checkpoint,
        CASE WHEN r.type = 'cost-state' THEN {'cost': finite(r.totalCostUSD), 'api': finite(r.totalAPIDuration),
            'tools': finite(r.totalToolDuration), 'whole': finite(r.totalDuration), 'added': r.totalLinesAdded,
            'removed': r.totalLinesRemoved} END AS totals
    FROM parsed
), record AS NOT MATERIALIZED (
    SELECT * FROM measured JOIN file_names USING (file_no)
    WHERE instant IS NOT NULL
), moment AS NOT MATERIALIZED (
    SELECT *, coalesce(instant - lag(instant) OVER (PARTITION BY file_no, own_session, agent ORDER BY instant) >= INTERVAL 30 MINUTE, false) AS is_new
    FROM record WHERE NOT is_timeless OR is_inner
), stretch AS NOT MATERIALIZED (
    SELECT file_no, line_no, own_session, agent, instant,
        count_if(is_new) OVER (PARTITION BY file_no, own_session, agent ORDER BY instant ROWS UNBOUNDED PRECEDING) AS stretch
    FROM moment
), fact AS NOT MATERIALIZED (
    SELECT file_no, min(line_no) AS line_no, own_session, 'context' AS kind, NULL AS key, min(instant) AS instant,
        to_json({'cwd': cwd, 'branch': branch, 'version': version, 'entrypoint': entrypoint, 'model': model}) AS fields, 0 AS notes
    FROM (SELECT file_no, line_no, own_session, instant, cwd, branch, version, entrypoint, nullif(model, '<synthetic>') AS model
        FROM record WHERE NOT is_sidechain AND NOT is_timeless)
    GROUP BY file_no, own_session, cwd, branch, version, entrypoint, model
    UNION ALL
    SELECT file_no, min(line_no), own_session, 'span', NULL, min(instant), to_json({'last': max(instant), 'agent': agent}), 0
    FROM stretch GROUP BY file_no, own_session, agent, stretch
    UNION ALL
    SELECT file_no, line_no, own_session, 'usage', coalesce(message, uuid), instant,
        to_json({'message': message, 'request': request, 'model': model, 'input': tokens_of(usage.input_tokens),
            'output': tokens_of(usage.output_tokens), 'written': tokens_of(usage.cache_creation_input_tokens),
            'written_5m': tokens_of(usage.cache_creation.ephemeral_5m_input_tokens),
            'written_1h': tokens_of(usage.cache_creation.ephemeral_1h_input_tokens),
            'read': tokens_of(usage.cache_read_input_tokens), 'speed': usage.speed, 'service_tier': usage.service_tier,
            'web_searches': usage.server_tool_use.web_search_requests, 'web_fetches': usage.server_tool_use.web_fetch_requests,
            'cost': cost, 'sidechain': is_sidechain, 'agent': agent, 'branch': branch, 'version': version}), notes
    FROM record
    WHERE coalesce(usage.input_tokens, usage.output_tokens, usage.cache_creation_input_tokens, usage.cache_read_input_tokens) IS NOT NULL
    UNION ALL
    SELECT file_no, line_no, own_session, CASE WHEN b.is_use THEN 'tool_use' ELSE 'tool_result' END,
        coalesce(b.id, coalesce(uuid, source_file || ':' || line_no) || '#' || place), instant,
        CASE WHEN b.is_use
            THEN to_json({'name': b.name, 'input_size': b.input_size, 'is_agent': b.agent IS NOT NULL, 'agent_type': b.agent.subagent_type,
                'agent_model': b.agent.model, 'sidechain': is_sidechain, 'agent': agent, 'branch': branch, 'version': version})
            ELSE to_json({'is_error': b.is_error, 'failure': b.failure, 'output_size': b.output_size,
                'duration': CASE WHEN len(blocks) = 1
                    THEN finite(coalesce(result.totalDurationMs, result.durationMs, result.durationSeconds * 1000)) END,
                'tokens': tokens_of(result.totalTokens), 'tool_uses': result.totalToolUseCount, 'ran_agent': result.agentId,
                'is_async': result.isAsync, 'ran_model': result.resolvedModel})
        END, notes
    FROM (SELECT *, unnest(blocks) AS b, generate_subscripts(blocks, 1) AS place FROM record WHERE len(blocks) > 0)
    UNION ALL
    SELECT DISTINCT ON (file_no, own_session, agent, parent_tool) file_no, line_no, own_session, 'agent_of', NULL, instant,
        to_json({'agent': agent, 'tool': parent_tool}), 0
    FROM record WHERE parent_tool IS NOT NULL AND agent IS NOT NULL
    UNION ALL
    SELECT file_no, line_no, own_session, 'error', coalesce(uuid, source_file || ':' || line_no), instant,
        to_json({'error': error, 'is_message': type = 'assistant', 'attempt': done.attempt, 'attempts': done.attempts, 'wait': done.wait,
            'model': nullif(model, '<synthetic>'), 'sidechain': is_sidechain, 'agent': agent, 'branch': branch, 'version': version}), notes
    FROM record WHERE error IS NOT NULL
    UNION ALL
    SELECT file_no, line_no, own_session, 'hook', coalesce(h.tool, uuid, source_file || ':' || line_no) || '|' || coalesce(h.event, '')
        || '|' || md5(coalesce(h.command, '')), instant,
        to_json({'event': h.event, 'name': h.name, 'duration': h.duration, 'exit_code': h.exit_code, 'outcome': h.outcome,
            'branch': branch, 'version': version}), notes
    FROM (SELECT *, unnest(hooks) AS h FROM record WHERE len(hooks) > 0)
    UNION ALL
    SELECT file_no, line_no, own_session, 'checkpoint', coalesce(checkpoint.id, source_file || ':' || line_no), instant,
        to_json({'files': checkpoint.files}), notes
    FROM record WHERE checkpoint IS NOT NULL
    UNION ALL
    SELECT file_no, line_no, own_session, 'command', coalesce(uuid, source_file || ':' || line_no), instant,
        to_json({'name': command, 'branch': branch, 'version': version}), notes
    FROM (SELECT *, regexp_extract(told_text, '^\s*(?:<command-message>[^<]*</command-message>\s*)?<command-name>\s*/?([^<]*?)\s*</command-name>', 1)
        AS command FROM record WHERE told_text IS NOT NULL)
    WHERE command <> ''
    UNION ALL
    SELECT file_no, line_no, own_session, 'task_end', coalesce(tool, task), instant, to_json({'task': task, 'status': status}), notes
    FROM (SELECT *, nullif(regexp_extract(told_text, '<task-id>\s*([^<]*?)\s*</task-id>', 1), '') AS task,
            nullif(regexp_extract(told_text, '<tool-use-id>\s*([^<]*?)\s*</tool-use-id>', 1), '') AS tool,
            nullif(regexp_extract(told_text, '<status>\s*([^<]*?)\s*</status>', 1), '') AS status
        FROM record WHERE starts_with(ltrim(told_text), '<task-notification>'))
    WHERE coalesce(tool, task) IS NOT NULL
    UNION ALL
    SELECT file_no, line_no, own_session, 'performance', coalesce(uuid, source_file || ':' || line_no), instant,
        to_json({'operation': CASE subtype WHEN 'turn_duration' THEN 'turn' WHEN 'compact_boundary' THEN 'compaction' ELSE 'microcompaction' END,
            'duration': done.duration, 'messages': done.messages, 'trigger': done.trigger, 'before': done.before, 'after': done.after,
            'branch': branch, 'version': version}), notes
    FROM record WHERE type = 'system' AND subtype IN ('turn_duration', 'compact_boundary', 'microcompact_boundary')
    UNION ALL
    SELECT file_no, line_no, own_session, 'totals', NULL, instant, to_json(totals), notes FROM measured WHERE totals IS NOT NULL
), named AS NOT MATERIALIZED (
    SELECT file_no, line_no, own_session, kind, key, instant, fields, notes, NULL AS record, NULL AS reason FROM fact
    UNION ALL
    -- Records like these have a time in every version; what they tell cannot become an event without.
    SELECT file_no, line_no, NULL, NULL, NULL, NULL, NULL, NULL,
        left(coalesce(type, '(none)') || CASE WHEN type IN ('system', 'progress', 'attachment') THEN coalesce('/' || subtype, '') ELSE '' END, 80),
        CASE WHEN instant IS NULL AND type IN ('assistant', 'user', 'system', 'progress', 'attachment')
            THEN CASE WHEN is_timeless THEN 'missing: timestamp' ELSE 'bad_timestamp' END END
    FROM measured WHERE NOT is_inner
)
SELECT file_no, line_no AS source_line, coalesce(own_session, file_session, session_of_path(source_file)) AS session_id, kind, key,
    instant AS timestamp, fields, notes, record, reason
FROM named JOIN file_names USING (file_no)
LEFT JOIN (SELECT file_no, arg_min(own_session, line_no) AS file_session FROM measured WHERE own_session IS NOT NULL GROUP BY file_no)
    USING (file_no)
