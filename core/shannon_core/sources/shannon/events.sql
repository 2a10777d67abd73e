-- Shannon MCP event lines → events (spec: events.md §1, sources.md §0).
-- Reads clean(line, line_no, file_no, notes): valid JSON objects. $extends: some line has members beside the seven of
-- an event.
-- Gives the columns of events but source_file, file_no in its place, and reason: a row with a reason is a rejected
-- line.
WITH members AS (
    SELECT
        line_no, file_no, notes, line,
        json_transform(
            line,
            '{
                "id": "JSON", "timestamp": "JSON", "type": "JSON", "session_id": "JSON", "user_id": "JSON",
                "data": "JSON", "metadata": "JSON"
            }'
        ) AS m
    FROM clean
), event AS (
    -- extra is computed only where $extends says that some line has a further member: looking for them costs a second
    -- parse of each line.
    SELECT
        line_no, file_no, notes, m, text_of(m.id) AS id, text_of(m.type) AS type,
        rfc3339_parts(text_of(m.timestamp)) AS t, text_of(m.session_id) AS session_id, text_of(m.user_id) AS user_id,
        CASE WHEN is_object(m.data) THEN CAST(m.data AS VARCHAR) ELSE '{}' END AS data,
        CASE WHEN is_object(m.metadata) THEN CAST(m.metadata AS VARCHAR) ELSE '{}' END AS metadata,
        CASE
            WHEN
                $extends
                AND len(list_filter(
                    json_keys(line),
                    LAMBDA k: k NOT IN ('id', 'timestamp', 'type', 'session_id', 'user_id', 'data', 'metadata')
                )) > 0
            THEN json_merge_patch(
                line,
                '{"id":null,"timestamp":null,"type":null,"session_id":null,"user_id":null,"data":null,"metadata":null}'
            )
        END AS extra
    FROM members
), detailed AS (
    SELECT
        *, instant_of(t) AS instant,
        json_transform(
            data,
            '{
                "tool_name": "JSON", "duration_ms": "JSON", "duration_seconds": "JSON", "success": "JSON",
                "agent_id": "JSON", "agent_name": "JSON", "command_name": "JSON", "error_type": "JSON",
                "operation": "JSON", "metric_name": "JSON", "project_path": "JSON", "model": "JSON",
                "total_tokens": "JSON", "token_count": "JSON", "input_tokens": "JSON", "prompt_tokens": "JSON",
                "output_tokens": "JSON", "completion_tokens": "JSON", "cache_creation_tokens": "JSON",
                "cache_read_tokens": "JSON", "cost_usd": "JSON", "cost_estimate": "JSON", "cost": "JSON"
            }'
        ) AS d
    FROM event
), typed AS (
    SELECT
        line_no, file_no, notes, m, id, instant, t, type, session_id, user_id, data, metadata, extra, d,
        CASE WHEN type = 'tool_use' THEN text_of(d.tool_name) END AS tool_name,
        CASE
            WHEN type IN ('tool_use', 'command_executed', 'performance') THEN number_of(d.duration_ms)
            WHEN type = 'agent_execution' THEN coalesce(number_of(d.duration_ms), number_of(d.duration_seconds) * 1000)
            WHEN type IN ('session_start', 'session_end') THEN number_of(d.duration_seconds) * 1000
        END AS duration_ms,
        CASE
            WHEN type IN ('tool_use', 'agent_execution', 'performance', 'session_start', 'session_end') THEN boolean_of(
                d.success
            )
            WHEN type = 'command_executed' THEN CASE WHEN is_absent(d.success) THEN TRUE ELSE boolean_of(d.success) END
            WHEN type = 'error_occurred' THEN FALSE
        END AS success,
        CASE WHEN type = 'agent_execution' THEN coalesce(text_of(d.agent_id), text_of(d.agent_name)) END AS agent_id,
        CASE WHEN type = 'command_executed' THEN text_of(d.command_name) END AS command_name,
        CASE WHEN type = 'error_occurred' THEN text_of(d.error_type) END AS error_type,
        CASE WHEN type = 'performance' THEN coalesce(text_of(d.operation), text_of(d.metric_name)) END AS operation,
        CASE WHEN type IN ('session_start', 'session_end') THEN text_of(d.project_path) END AS project_path,
        CASE WHEN type IN ('session_start', 'session_end', 'token_usage') THEN text_of(d.model) END AS model,
        CASE
            WHEN type = 'token_usage' THEN coalesce(integer_of(d.input_tokens), integer_of(d.prompt_tokens))
        END AS input_tokens,
        CASE
            WHEN type = 'token_usage' THEN coalesce(integer_of(d.output_tokens), integer_of(d.completion_tokens))
        END AS output_tokens,
        CASE WHEN type = 'token_usage' THEN integer_of(d.cache_creation_tokens) END AS cache_creation_tokens,
        CASE WHEN type = 'token_usage' THEN integer_of(d.cache_read_tokens) END AS cache_read_tokens,
        CASE
            WHEN type = 'token_usage' THEN coalesce(integer_of(d.total_tokens), integer_of(d.token_count))
            WHEN type IN ('session_start', 'session_end') THEN coalesce(
                integer_of(d.token_count), integer_of(d.total_tokens)
            )
        END AS given_tokens,
        CASE
            WHEN type = 'token_usage' THEN coalesce(
                number_of(d.cost_usd), number_of(d.cost_estimate), number_of(d.cost)
            )
        END AS cost_usd
    FROM detailed
)
SELECT
    id, instant AS timestamp, type, session_id, user_id, data, metadata, tool_name, duration_ms, success,
    coalesce(
        given_tokens,
        CASE
            WHEN coalesce(input_tokens, output_tokens, cache_creation_tokens, cache_read_tokens) IS NOT NULL
            THEN (
                coalesce(input_tokens, 0)
                + coalesce(output_tokens, 0)
                + coalesce(cache_creation_tokens, 0)
                + coalesce(cache_read_tokens, 0)
            )
        END
    ) AS token_count,
    project_path, model, agent_id, command_name, error_type, operation, input_tokens, output_tokens,
    cache_creation_tokens, cache_read_tokens, cost_usd, extra,
    notes
    | time_notes(t)
    | CASE
        WHEN
            mismatched(m.session_id, session_id)
            OR mismatched(m.user_id, user_id)
            OR NOT is_absent(m.data) AND NOT is_object(m.data)
            OR NOT is_absent(m.metadata) AND NOT is_object(m.metadata)
            OR type = 'tool_use' AND mismatched(d.tool_name, tool_name)
            OR (
                type IN ('tool_use', 'agent_execution', 'command_executed', 'performance')
                AND mismatched(d.duration_ms, duration_ms)
            )
            OR (
                type IN ('session_start', 'session_end', 'agent_execution')
                AND mismatched(d.duration_seconds, number_of(d.duration_seconds))
            )
            OR (
                type IN (
                    'tool_use', 'agent_execution', 'command_executed', 'performance', 'session_start', 'session_end'
                )
                AND mismatched(d.success, success)
            )
            OR (
                type = 'agent_execution'
                AND (mismatched(d.agent_id, text_of(d.agent_id)) OR mismatched(d.agent_name, text_of(d.agent_name)))
            )
            OR type = 'command_executed' AND mismatched(d.command_name, command_name)
            OR type = 'error_occurred' AND mismatched(d.error_type, error_type)
            OR (
                type = 'performance'
                AND (mismatched(d.operation, text_of(d.operation)) OR mismatched(d.metric_name, text_of(d.metric_name)))
            )
            OR type IN ('session_start', 'session_end') AND mismatched(d.project_path, project_path)
            OR (
                type IN ('session_start', 'session_end', 'token_usage')
                AND (
                    mismatched(d.model, model)
                    OR mismatched(d.total_tokens, integer_of(d.total_tokens))
                    OR mismatched(d.token_count, integer_of(d.token_count))
                )
            )
            OR (
                type = 'token_usage'
                AND (
                    mismatched(d.input_tokens, integer_of(d.input_tokens))
                    OR mismatched(d.prompt_tokens, integer_of(d.prompt_tokens))
                    OR mismatched(d.output_tokens, integer_of(d.output_tokens))
                    OR mismatched(d.completion_tokens, integer_of(d.completion_tokens))
                    OR mismatched(d.cache_creation_tokens, cache_creation_tokens)
                    OR mismatched(d.cache_read_tokens, cache_read_tokens)
                    OR mismatched(d.cost_usd, number_of(d.cost_usd))
                    OR mismatched(d.cost_estimate, number_of(d.cost_estimate))
                    OR mismatched(d.cost, number_of(d.cost))
                )
            )
        THEN note_bit('type_mismatch')
        ELSE 0
    END AS notes,
    file_no, line_no AS source_line,
    CASE
        WHEN is_absent(m.id) THEN 'missing: id'
        WHEN is_absent(m.timestamp) THEN 'missing: timestamp'
        WHEN is_absent(m.type) THEN 'missing: type'
        WHEN id IS NULL THEN 'bad_type: id'
        WHEN type IS NULL THEN 'bad_type: type'
        WHEN instant IS NULL THEN 'bad_timestamp'
    END AS reason
FROM typed
