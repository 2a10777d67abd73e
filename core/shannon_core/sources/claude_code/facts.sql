-- Claude Code transcript lines → facts (spec: sources.md §1.2).
-- Reads clean(line, line_no, file_no, notes): valid JSON objects; file_names(file_no, source_file). $carried: read the
-- records of subagents that progress records carry, in place of the lines themselves.
-- Gives file_no, source_line, session_id, kind, key, timestamp, fields (JSON), notes, record, reason. A line gives one
-- row that names its record (record, or reason where it is rejected; key 'carrier' where it carries another) and one
-- row of a kind for each fact. Of texts only the size is kept. A key names the same thing wherever it occurs: in
-- another file, in a fork, in a progress record.
WITH outermost AS NOT MATERIALIZED (
    -- Of texts only the beginning is kept, and only where it says what the record is: an error, a command, the end of a
    -- task. contains() on the line first: reading the text out of the JSON of every record takes longer.
    SELECT
        file_no, line_no, notes, r,
        CASE
            WHEN r.isApiErrorMessage THEN error_beginning(line ->> '$.message.content[0].text')
            WHEN
                (contains(line, '<command-name>') OR contains(line, '<task-notification>'))
                AND r.type IN ('user', 'system', 'queue-operation')
            THEN left(
                coalesce(line ->> '$.content', line ->> '$.message.content[0].text', line ->> '$.message.content'), 2000
            )
        END AS beginning
    FROM (
        SELECT file_no, line_no, notes, line, claude_record(line) AS r
        FROM clean
        WHERE NOT $carried OR contains(line, '"agent_progress"')
    )
), parsed AS NOT MATERIALIZED (
    SELECT file_no, line_no, notes, r, beginning, NULL AS o
    FROM outermost
    WHERE NOT $carried
    UNION ALL
    SELECT file_no, line_no, notes, claude_record(r.data.message), NULL, r
    FROM outermost
    WHERE $carried AND is_carrier(r)
), measured AS MATERIALIZED (
    -- MATERIALIZED: every branch of fact reads this. The CTEs between are NOT MATERIALIZED, so that the engine reads
    -- only the columns that a branch needs.
    SELECT
        file_no, line_no, o IS NOT NULL AS is_inner, o.parentToolUseID AS parent_tool, beginning,
        nullif(coalesce(o.sessionId, r.sessionId, r.session_id), '') AS own_session,
        nullif(coalesce(r.agentId, o.data.agentId), '') AS agent, coalesce(r.cwd, o.cwd) AS cwd,
        nullif(coalesce(r.gitBranch, o.gitBranch), '') AS branch, coalesce(r.version, o.version) AS version,
        is_inner OR coalesce(r.isSidechain, FALSE) AS is_sidechain,
        rfc3339_parts(coalesce(r.timestamp, r.snapshot.timestamp, o.timestamp)) AS t, instant_of(t) AS instant,
        notes | time_notes(t) AS notes, r.timestamp IS NULL AND NOT is_inner AS is_timeless,
        coalesce(r.type, r.message.role) AS type, coalesce(r.subtype, r.data.type, r.attachment.type) AS subtype,
        is_carrier(r) AS is_carrier, r.uuid, r.attributionAgent AS agent_type, r.forkedFrom IS NOT NULL AS is_copy,
        r.entrypoint, r.requestId AS request, r.message.id AS message, r.message.model AS model,
        finite(r.costUSD) AS cost, r.message.usage AS usage,
        CASE WHEN r.isApiErrorMessage OR r.subtype = 'api_error' THEN error_type_of(r.error, beginning) END AS error,
        list_transform(
            list_filter(r.message.content, LAMBDA b: b.type IN ('tool_use', 'tool_result')),
            LAMBDA b: {
                'is_use': b.type = 'tool_use', 'id': CASE b.type WHEN 'tool_use' THEN b.id ELSE b.tool_use_id END,
                'name': b.name, 'input_size': strlen(b.input), 'output_size': length(b.content),
                'is_error': coalesce(b.is_error, FALSE),
                'agent_input': CASE WHEN b.name IN ('Task', 'Agent') THEN b.input END,
                'output': CASE
                    WHEN starts_with(b.content, '[{"type":') THEN b.content
                    WHEN b.is_error THEN error_beginning(b.content)
                END
            }
        ) AS blocks,
        r.toolUseResult AS result,
        CASE
            WHEN
                r.attachment.type IN (
                    'hook_success', 'hook_non_blocking_error', 'hook_blocking_error', 'hook_cancelled'
                )
            THEN [{
                'event': r.attachment.hookEvent, 'name': r.attachment.hookName, 'command': r.attachment.command,
                'tool': r.attachment.toolUseID, 'duration': finite(r.attachment.durationMs),
                'exit_code': r.attachment.exitCode, 'outcome': r.attachment.type[6:]
            }]
            WHEN r.data.type = 'hook_progress' THEN [{
                'event': r.data.hookEvent, 'name': r.data.hookName, 'command': r.data.command, 'tool': r.toolUseID,
                'duration': NULL::DOUBLE, 'exit_code': NULL::BIGINT, 'outcome': NULL::VARCHAR
            }]
            WHEN r.subtype = 'stop_hook_summary' THEN list_transform(
                r.hookInfos,
                LAMBDA h: {
                    'event': 'Stop', 'name': 'Stop', 'command': h.command, 'tool': r.toolUseID,
                    'duration': finite(h.durationMs), 'exit_code': NULL::BIGINT, 'outcome': NULL::VARCHAR
                }
            )
        END AS hooks,
        CASE
            WHEN r.type = 'system' THEN {
                'duration': finite(coalesce(r.durationMs, r.compactMetadata.durationMs)), 'messages': r.messageCount,
                'trigger': coalesce(r.compactMetadata.trigger, r.microcompactMetadata.trigger),
                'before': coalesce(r.compactMetadata.preTokens, r.microcompactMetadata.preTokens),
                'after': coalesce(
                    r.compactMetadata.postTokens, r.microcompactMetadata.preTokens - r.microcompactMetadata.tokensSaved
                ),
                'attempt': r.retryAttempt, 'attempts': r.maxRetries, 'wait': finite(r.retryInMs)
            }
        END AS done,
        CASE
            WHEN r.type = 'file-history-snapshot' AND NOT coalesce(r.isSnapshotUpdate, FALSE) THEN {
                'id': r.messageId, 'files': len(json_keys(r.snapshot.trackedFileBackups))
            }
        END AS checkpoint,
        CASE
            WHEN r.type = 'cost-state' THEN {
                'cost': finite(r.totalCostUSD), 'api': finite(r.totalAPIDuration), 'tools': finite(r.totalToolDuration),
                'whole': finite(r.totalDuration), 'added': r.totalLinesAdded, 'removed': r.totalLinesRemoved
            }
        END AS totals
    FROM parsed
), record AS NOT MATERIALIZED (
    SELECT * FROM measured WHERE instant IS NOT NULL
), answer AS NOT MATERIALIZED (
    -- An answer is repeated on a line for each of its blocks: of each, the line with the largest total is enough for
    -- the events (sources.md §1.3).
    SELECT
        file_no, own_session, request, is_sidechain,
        arg_min(u, (-(u.input + u.output + u.five + u.hour + u.read), u.usage.speed IS NULL, u.line_no)) AS u
    FROM (
        SELECT
            file_no, own_session, request, is_sidechain,
            {
                'message': message, 'uuid': uuid, 'line_no': line_no, 'instant': instant, 'notes': notes,
                'model': model, 'usage': usage, 'cost': cost, 'agent': agent, 'agent_type': agent_type,
                'branch': branch, 'version': version, 'input': coalesce(tokens_of(usage.input_tokens), 0),
                'output': coalesce(tokens_of(usage.output_tokens), 0),
                -- Older versions report cache writes as one sum, then all of them were for five minutes.
                'five': coalesce(
                    tokens_of(usage.cache_creation.ephemeral_5m_input_tokens),
                    CASE
                        WHEN usage.cache_creation.ephemeral_1h_input_tokens IS NULL THEN tokens_of(
                            usage.cache_creation_input_tokens
                        )
                    END,
                    0
                ),
                'hour': coalesce(tokens_of(usage.cache_creation.ephemeral_1h_input_tokens), 0),
                'read': coalesce(tokens_of(usage.cache_read_input_tokens), 0)
            } AS u
        FROM record
        WHERE
            coalesce(
                usage.input_tokens, usage.output_tokens, usage.cache_creation_input_tokens,
                usage.cache_read_input_tokens
            ) IS NOT NULL
            AND NOT (
                model IS NOT DISTINCT FROM '<synthetic>'
                AND coalesce(usage.input_tokens, 0) + coalesce(usage.output_tokens, 0) = 0
            )
    )
    GROUP BY file_no, own_session, coalesce(u.message, u.uuid, u.line_no::VARCHAR), request, is_sidechain
), fact AS NOT MATERIALIZED (
    SELECT
        file_no, min(line_no) AS line_no, own_session, 'context' AS kind, NULL AS key, min(instant) AS instant,
        to_json({'cwd': cwd, 'branch': branch, 'version': version, 'entrypoint': entrypoint, 'model': model}) AS fields,
        0 AS notes
    FROM (
        SELECT
            file_no, line_no, own_session, instant, cwd, branch, version, entrypoint,
            nullif(model, '<synthetic>') AS model
        FROM record
        WHERE NOT is_sidechain AND NOT is_timeless
    )
    GROUP BY file_no, own_session, cwd, branch, version, entrypoint, model
    UNION ALL
    -- Times within 15 minutes leave one fact, not one each: events.sql joins spans less than 30 minutes apart,
    -- so that a quarter of an hour cannot hide a pause.
    SELECT
        file_no, arg_min(line_no, (instant, line_no)), own_session, 'span', NULL, min(instant),
        to_json({
            'last': max(instant), 'last_line': arg_max(line_no, (instant, line_no)), 'agent': agent, 'is_copy': is_copy
        }),
        0
    FROM record
    WHERE NOT is_timeless
    GROUP BY file_no, own_session, agent, is_copy, epoch_us(instant) // 900_000_000
    UNION ALL
    SELECT
        file_no, u.line_no, own_session, 'usage', coalesce(u.message, u.uuid), u.instant,
        to_json({
            'message': u.message, 'request': request, 'model': u.model, 'input': u.input, 'output': u.output,
            'five': u.five, 'hour': u.hour, 'read': u.read, 'speed': u.usage.speed, 'tier': u.usage.service_tier,
            'searches': nullif(u.usage.server_tool_use.web_search_requests, 0),
            'fetches': nullif(u.usage.server_tool_use.web_fetch_requests, 0), 'cost': u.cost, 'sidechain': is_sidechain,
            'agent': u.agent, 'agent_type': u.agent_type, 'branch': u.branch, 'version': u.version
        }),
        u.notes
    FROM answer
    UNION ALL
    SELECT
        file_no, line_no, own_session, CASE WHEN b.is_use THEN 'tool_use' ELSE 'tool_result' END,
        coalesce(b.id, uuid || '#' || place), instant,
        CASE
            WHEN b.is_use THEN to_json({
                'name': b.name, 'input_size': b.input_size, 'is_agent': agent_input IS NOT NULL,
                'agent_type': agent_input.subagent_type, 'agent_model': agent_input.model, 'sidechain': is_sidechain,
                'agent': agent, 'branch': branch, 'version': version
            })
            ELSE
                to_json({
                    'success': NOT b.is_error,
                    'failure': CASE WHEN b.is_error THEN failure_of(error_beginning(b.output)) END,
                    'output_size': CASE
                        WHEN starts_with(b.output, '[{"type":') THEN text_size(b.output)
                        ELSE b.output_size
                    END,
                    'reported': CASE
                        WHEN len(blocks) = 1 THEN finite(coalesce(
                            result.totalDurationMs, result.durationMs, result.durationSeconds * 1000
                        ))
                    END,
                    'tokens': tokens_of(result.totalTokens), 'tool_uses': result.totalToolUseCount,
                    'ran_agent': result.agentId, 'is_async': result.isAsync, 'ran_model': result.resolvedModel
                })
        END,
        notes
    FROM (
        SELECT *, json_transform(b.agent_input, '{"subagent_type": "VARCHAR", "model": "VARCHAR"}') AS agent_input
        FROM (SELECT *, unnest(blocks) AS b, generate_subscripts(blocks, 1) AS place FROM record WHERE len(blocks) > 0)
    )
    UNION ALL
    SELECT DISTINCT ON (file_no, own_session, agent, parent_tool)
        file_no, line_no, own_session, 'agent_of', NULL, instant, to_json({'agent': agent, 'tool': parent_tool}), 0
    FROM record
    WHERE parent_tool IS NOT NULL AND agent IS NOT NULL
    UNION ALL
    SELECT
        file_no, line_no, own_session, 'error', uuid, instant,
        to_json({
            'error': error, 'is_message': type = 'assistant', 'attempt': done.attempt, 'attempts': done.attempts,
            'wait': done.wait, 'model': nullif(model, '<synthetic>'), 'sidechain': is_sidechain, 'agent': agent,
            'branch': branch, 'version': version
        }),
        notes
    FROM record
    WHERE error IS NOT NULL
    UNION ALL
    SELECT
        file_no, line_no, own_session, 'hook',
        coalesce(h.tool, uuid)
        || '|'
        || replace(coalesce(h.event, ''), 'SubagentStop', 'Stop')
        || '|'
        || md5(coalesce(h.command, '')),
        instant,
        to_json({
            'event': h.event, 'name': h.name, 'duration': h.duration, 'exit_code': h.exit_code, 'outcome': h.outcome,
            'branch': branch, 'version': version
        }),
        notes
    FROM (SELECT *, unnest(hooks) AS h FROM record WHERE len(hooks) > 0)
    UNION ALL
    SELECT
        file_no, line_no, own_session, 'checkpoint', checkpoint.id, instant, to_json({'files': checkpoint.files}), notes
    FROM record
    WHERE checkpoint IS NOT NULL
    UNION ALL
    SELECT
        file_no, line_no, own_session, 'command', uuid, instant,
        to_json({'name': command, 'branch': branch, 'version': version}), notes
    FROM (
        SELECT
            *,
            regexp_extract(
                beginning,
                '^\s*(?:<command-message>[^<]*</command-message>\s*)?<command-name>\s*/?([^<]*?)\s*</command-name>', 1
            ) AS command
        FROM record
        WHERE beginning IS NOT NULL
    )
    WHERE command <> ''
    UNION ALL
    SELECT file_no, line_no, own_session, 'task_end', coalesce(tool, task), instant, to_json({'status': status}), notes
    FROM (
        SELECT
            *, nullif(regexp_extract(beginning, '<task-id>\s*([^<]*?)\s*</task-id>', 1), '') AS task,
            nullif(regexp_extract(beginning, '<tool-use-id>\s*([^<]*?)\s*</tool-use-id>', 1), '') AS tool,
            nullif(regexp_extract(beginning, '<status>\s*([^<]*?)\s*</status>', 1), '') AS status
        FROM record
        WHERE starts_with(ltrim(beginning), '<task-notification>')
    )
    WHERE coalesce(tool, task) IS NOT NULL
    UNION ALL
    SELECT
        file_no, line_no, own_session, 'performance', uuid, instant,
        to_json({
            'operation': CASE subtype
                WHEN 'turn_duration' THEN 'turn'
                WHEN 'compact_boundary' THEN 'compaction'
                ELSE 'microcompaction'
            END,
            'duration': done.duration, 'messages': done.messages, 'trigger': done.trigger, 'before': done.before,
            'after': done.after, 'branch': branch, 'version': version
        }),
        notes
    FROM record
    WHERE type = 'system' AND subtype IN ('turn_duration', 'compact_boundary', 'microcompact_boundary')
    UNION ALL
    SELECT
        file_no, line_no, own_session, 'totals', NULL, instant,
        to_json({
            'cost_usd': totals.cost, 'api_duration_ms': totals.api, 'tool_duration_ms': totals.tools,
            'wall_duration_ms': totals.whole, 'lines_added': totals.added, 'lines_removed': totals.removed
        }),
        notes
    FROM measured
    WHERE totals IS NOT NULL
), file AS MATERIALIZED (
    SELECT file_no, source_file, coalesce(first_session, session_of_path(source_file)) AS file_session
    FROM file_names
    LEFT JOIN (
        SELECT file_no, arg_min(own_session, line_no) AS first_session
        FROM measured
        WHERE own_session IS NOT NULL
        GROUP BY file_no
    ) USING (file_no)
)
SELECT
    file_no, line_no AS source_line, coalesce(own_session, file_session) AS session_id, kind,
    coalesce(
        key, CASE WHEN kind NOT IN ('context', 'span', 'agent_of', 'totals') THEN source_file || ':' || line_no END
    ) AS key,
    instant AS timestamp, fields, notes, NULL AS record, NULL AS reason
FROM fact JOIN file USING (file_no)
UNION ALL
-- Records of these types have a time in every version; without one they cannot become an event.
SELECT
    file_no, line_no, NULL, NULL, CASE WHEN is_carrier THEN 'carrier' END, NULL, NULL, NULL,
    left(
        coalesce(type, '(none)')
        || CASE WHEN type IN ('system', 'progress', 'attachment') THEN coalesce('/' || subtype, '') ELSE '' END,
        80
    ),
    CASE
        WHEN instant IS NULL AND type IN ('assistant', 'user', 'system', 'progress', 'attachment') THEN CASE
            WHEN is_timeless THEN 'missing: timestamp'
            ELSE 'bad_timestamp'
        END
    END
FROM measured
WHERE NOT is_inner
