-- Facts of OTLP files → events of their sessions (spec: sources.md §2.2, §2.3, §5).
-- Reads facts (all of the sessions to derive; position is the line), prices(model, …), and main.facts, whether any
-- request was ever read.
-- Gives the columns of events but source and extra. Each branch of events is one type of event; native is what its id
-- is made from.
WITH distinct_fact AS (
    -- An exporter may send a batch again: records of one session, time and attributes are one (QUALIFY). digest names a
    -- record in ids, for OTLP gives it no key.
    SELECT
        nullif(session_id, '') AS session_id, source_file, position, timestamp, notes, kind,
        md5(concat_ws('|', timestamp, fields)) AS digest,
        json_transform(
            fields,
            '{
                "family": "VARCHAR", "name": "VARCHAR", "user.email": "VARCHAR", "user.account_uuid": "VARCHAR",
                "user.id": "VARCHAR", "app.version": "VARCHAR", "service.version": "VARCHAR", "project_path": "VARCHAR",
                "project.path": "VARCHAR", "cwd": "VARCHAR", "event.kind": "VARCHAR", "prompt.id": "VARCHAR",
                "start_type": "VARCHAR", "type": "VARCHAR", "model": "VARCHAR", "cost_usd": "DOUBLE",
                "duration_ms": "DOUBLE", "ttft_ms": "DOUBLE", "input_tokens": "BIGINT", "output_tokens": "BIGINT",
                "cache_read_tokens": "BIGINT", "cache_creation_tokens": "BIGINT", "request_id": "VARCHAR",
                "speed": "VARCHAR", "query_source": "VARCHAR", "effort": "VARCHAR", "agent.name": "VARCHAR",
                "input_token_count": "BIGINT", "output_token_count": "BIGINT", "cached_token_count": "BIGINT",
                "cached_content_token_count": "BIGINT", "reasoning_token_count": "BIGINT",
                "thoughts_token_count": "BIGINT", "tool_name": "VARCHAR", "function_name": "VARCHAR",
                "tool_use_id": "VARCHAR", "call_id": "VARCHAR", "success": "BOOLEAN", "decision": "VARCHAR",
                "source": "VARCHAR", "decision_source": "VARCHAR", "tool_input_size_bytes": "BIGINT",
                "tool_result_size_bytes": "BIGINT", "arguments_size": "BIGINT", "output_size": "BIGINT",
                "error_type": "VARCHAR", "error.type": "VARCHAR", "error_name": "VARCHAR", "error_code": "VARCHAR",
                "status_code": "VARCHAR", "http.response.status_code": "VARCHAR", "attempt": "BIGINT",
                "status": "VARCHAR", "hook_event": "VARCHAR", "hook_name": "VARCHAR", "hook_event_name": "VARCHAR",
                "num_hooks": "BIGINT", "num_success": "BIGINT", "num_blocking": "BIGINT",
                "num_non_blocking_error": "BIGINT", "num_cancelled": "BIGINT", "total_duration_ms": "DOUBLE",
                "agent_type": "VARCHAR", "agent_name": "VARCHAR", "total_tokens": "BIGINT", "total_tool_uses": "BIGINT",
                "is_async": "BOOLEAN", "terminate_reason": "VARCHAR", "trigger": "VARCHAR", "pre_tokens": "BIGINT",
                "post_tokens": "BIGINT", "command_name": "VARCHAR", "command": "VARCHAR", "value": "DOUBLE",
                "start": "VARCHAR", "series": "VARCHAR", "is_cumulative": "BOOLEAN"
            }'
        ) AS d
    FROM facts
    QUALIFY row_number() OVER (PARTITION BY facts.session_id, timestamp, fields ORDER BY source_file, position) = 1
), records AS (
    SELECT
        *, d.family, d.name,
        coalesce(nullif(d."user.email", ''), nullif(d."user.account_uuid", ''), nullif(d."user.id", '')) AS user_id,
        coalesce(d."app.version", d."service.version") AS version,
        coalesce(d.project_path, d."project.path", d.cwd) AS project,
        regexp_replace(d.model, '\[[^\]]*\]$', '') AS model, coalesce(d.tool_use_id, d.call_id) AS call,
        finite(coalesce(d.total_duration_ms, d.duration_ms)) AS took
    FROM distinct_fact
), metric_points AS (
    -- amount is what a point adds: a delta as it is, a running total what it gained since the point before in its
    -- series and start. A new start, or a value that fell, begins from nothing.
    SELECT *, CASE WHEN d.is_cumulative AND before <= d.value THEN d.value - before ELSE d.value END AS amount
    FROM (
        SELECT *, lag(d.value) OVER (PARTITION BY session_id, name, d.series, d.start ORDER BY timestamp) AS before
        FROM records
        WHERE kind = 'metric' AND family = 'claude_code'
    )
), requests AS (
    SELECT
        *,
        CASE
            WHEN family = 'claude_code' THEN tokens_of(d.input_tokens)
            ELSE greatest(tokens_of(d.input_token_count) - cached, 0)
        END AS input_tokens,
        CASE
            WHEN family = 'claude_code' THEN tokens_of(d.output_tokens)
            ELSE tokens_of(d.output_token_count) + coalesce(tokens_of(d.thoughts_token_count), 0)
        END AS output_tokens,
        CASE WHEN family = 'claude_code' THEN tokens_of(d.cache_read_tokens) ELSE cached END AS cache_read_tokens,
        tokens_of(d.cache_creation_tokens) AS cache_creation_tokens, finite(d.cost_usd) AS cost_usd
    FROM (
        SELECT *, coalesce(tokens_of(d.cached_token_count), tokens_of(d.cached_content_token_count), 0) AS cached
        FROM records
    )
    WHERE kind = 'log'
        AND (
            family = 'claude_code' AND name = 'api_request'
            OR family = 'gemini_cli' AND name = 'api_response'
            OR family = 'codex' AND d."event.kind" = 'response.completed' AND d.input_token_count IS NOT NULL
        )
), metered_usages AS (
    -- Tokens and cost by metric points, of sessions without requests: counting both would count twice. Points without a
    -- session are counted only where no request was ever read.
    SELECT
        session_id, timestamp, model, min(family) AS family, arg_min(source_file, digest) AS source_file,
        arg_min(position, digest) AS position, bit_or(notes) AS notes, arg_min(user_id, digest) AS user_id,
        arg_min(version, digest) AS version, min(digest) AS digest,
        tokens_of(TRY_CAST(sum(amount) FILTER (WHERE d.type = 'input') AS BIGINT)) AS input_tokens,
        tokens_of(TRY_CAST(sum(amount) FILTER (WHERE d.type = 'output') AS BIGINT)) AS output_tokens,
        tokens_of(TRY_CAST(sum(amount) FILTER (WHERE d.type = 'cacheRead') AS BIGINT)) AS cache_read_tokens,
        tokens_of(TRY_CAST(sum(amount) FILTER (WHERE d.type = 'cacheCreation') AS BIGINT)) AS cache_creation_tokens,
        finite(sum(amount) FILTER (WHERE name = 'cost.usage')) AS cost_usd
    FROM metric_points
    WHERE name IN ('token.usage', 'cost.usage')
        AND coalesce(
            session_id NOT IN (SELECT session_id FROM requests WHERE session_id IS NOT NULL),
            NOT EXISTS (
                FROM main.facts
                WHERE source = 'otlp' AND contains(fields, '"family":"claude_code","name":"api_request"')
            )
        )
    GROUP BY session_id, timestamp, model
    HAVING sum(amount) > 0
), usages AS (
    SELECT
        request.*,
        CASE
            WHEN
                coalesce(
                    request.input_tokens, request.output_tokens, request.cache_read_tokens,
                    request.cache_creation_tokens
                ) IS NOT NULL
            THEN (
                coalesce(request.input_tokens, 0)
                + coalesce(request.output_tokens, 0)
                + coalesce(request.cache_read_tokens, 0)
                + coalesce(request.cache_creation_tokens, 0)
            )
        END AS token_count,
        coalesce(
            request.cost_usd,
            cost_of(
                prices, request.input_tokens, request.output_tokens, request.cache_creation_tokens, NULL,
                request.cache_read_tokens, request.d.speed
            )
        ) AS cost
    FROM (
        FROM requests
        UNION ALL BY NAME
        SELECT *, NULL AS d
        FROM metered_usages
    ) AS request
    LEFT JOIN prices USING (model)
), refusals AS (
    SELECT
        *,
        CASE
            WHEN starts_with(coalesce(d.source, d.decision_source, 'user'), 'user') OR lower(d.source) = 'user'
            THEN 'user_rejected'
            ELSE 'rejected'
        END AS error_type
    FROM records
    WHERE name = 'tool_decision' AND kind = 'log' AND d.decision IN ('reject', 'rejected', 'denied', 'abort')
), tools AS (
    SELECT result.*, d.success AS went_well, coalesce(refusal.error_type, d.error_type, d."error.type") AS error_type
    FROM (FROM records WHERE kind = 'log' AND name IN ('tool_result', 'tool_call')) AS result
    LEFT JOIN (
        SELECT session_id, call, min(error_type) AS error_type FROM refusals GROUP BY ALL
    ) AS refusal USING (session_id, call)
    UNION ALL BY NAME
    -- A tool that was refused has no result.
    SELECT * REPLACE (error_type AS error_type), FALSE AS went_well
    FROM refusals
    ANTI JOIN (
        FROM records WHERE kind = 'log' AND name IN ('tool_result', 'tool_call')
    ) AS result USING (session_id, call)
), failures AS (
    SELECT
        *,
        CASE
            WHEN family = 'claude_code' AND name = 'internal_error' THEN coalesce(d.error_name, d.error_code, name)
            WHEN family = 'claude_code' AND name IN ('api_refusal', 'mcp_server_connection') THEN name
            ELSE
                coalesce(
                    d.error_type, d."error.type", 'status_' || coalesce(d.status_code, d."http.response.status_code"),
                    'api_error'
                )
        END AS error_type
    FROM records
    WHERE kind = 'log'
        AND (
            (
                family = 'claude_code'
                AND (
                    name IN ('api_error', 'api_retries_exhausted', 'api_refusal', 'internal_error')
                    OR name = 'mcp_server_connection' AND d.status = 'failed'
                )
            )
            OR (
                family = 'codex'
                AND name = 'api_request'
                AND (TRY_CAST(d."http.response.status_code" AS INTEGER) >= 400 OR NOT d.success)
            )
            OR family = 'gemini_cli' AND name = 'api_error'
        )
), errors AS (
    -- The last retry is reported as an error and as the end of the retries: one failure.
    FROM failures
    WHERE name <> 'api_retries_exhausted'
        OR NOT EXISTS (
            FROM failures AS other
            WHERE other.name = 'api_error'
                AND other.session_id IS NOT DISTINCT FROM failures.session_id
                AND other.d."prompt.id" IS NOT DISTINCT FROM failures.d."prompt.id"
                AND abs(date_diff('second', other.timestamp, failures.timestamp)) <= 60
        )
), performances AS (
    SELECT
        *, CASE WHEN name = 'api_response' THEN 'api_request' ELSE name END AS operation,
        CASE
            WHEN name = 'mcp_server_connection' THEN d.status <> 'failed'
            WHEN family = 'codex' AND name = 'api_request' THEN coalesce(
                d.success, TRY_CAST(d."http.response.status_code" AS INTEGER) < 400
            )
            WHEN name = 'compaction' THEN d.success
            ELSE TRUE
        END AS went_well
    FROM records
    WHERE kind = 'log'
        AND name IN ('api_request', 'api_response', 'compaction', 'mcp_server_connection')
        AND took IS NOT NULL
        AND coalesce(d.status, '') <> 'disconnected'
    UNION ALL BY NAME
    SELECT
        * EXCLUDE (before, amount) REPLACE (finite(amount * 1000) AS took), 'active_time' AS operation,
        NULL AS went_well
    FROM metric_points
    WHERE name = 'active_time.total' AND amount > 0
), sessions AS (
    SELECT seen.*, usage.tokens, usage.model, coalesce(tool.uses, 0) AS uses, active.seconds
    FROM (
        SELECT
            session_id, min(timestamp) AS first, max(timestamp) AS last,
            arg_min(source_file, (timestamp, digest)) AS first_file,
            arg_min(position, (timestamp, digest)) AS first_line,
            arg_max(source_file, (timestamp, digest)) AS last_file, arg_max(position, (timestamp, digest)) AS last_line,
            arg_min(user_id, (timestamp, digest)) AS user_id, arg_min(version, (timestamp, digest)) AS version,
            arg_min(project, (timestamp, digest)) AS project, arg_min(d.start_type, (timestamp, digest)) AS start_type,
            arg_min(model, (timestamp, digest)) AS any_model, min(family) AS family
        FROM records
        WHERE session_id IS NOT NULL
        GROUP BY 1
    ) AS seen
    LEFT JOIN (
        SELECT session_id, sum(token_count)::BIGINT AS tokens, arg_min(model, (timestamp, digest)) AS model
        FROM usages
        GROUP BY 1
    ) AS usage USING (session_id)
    LEFT JOIN (SELECT session_id, count(*) AS uses FROM tools GROUP BY 1) AS tool USING (session_id)
    LEFT JOIN (
        SELECT session_id, sum(took) / 1000 AS seconds
        FROM performances
        WHERE operation = 'active_time'
        GROUP BY 1
    ) AS active USING (session_id)
), events AS (
    SELECT
        'start' AS native, session_id, user_id, first AS timestamp, 'session_start' AS type, first_file AS source_file,
        first_line AS position, project AS project_path, coalesce(model, any_model) AS model, version,
        TRUE AS is_derived,
        json_object(
            'project_path', project, 'model', coalesce(model, any_model), 'start_type', start_type, 'agent', family
        ) AS data
    FROM sessions
    UNION ALL BY NAME
    SELECT
        'end' AS native, session_id, user_id, last AS timestamp, 'session_end' AS type, last_file AS source_file,
        last_line AS position, project AS project_path, coalesce(model, any_model) AS model, version,
        TRUE AS is_derived, date_diff('microsecond', first, last) / 1000 AS duration_ms, tokens AS token_count,
        json_object(
            'duration_seconds', date_diff('microsecond', first, last) / 1000000, 'active_seconds', seconds,
            'total_tokens', tokens, 'tools_used', uses
        ) AS data
    FROM sessions
    UNION ALL BY NAME
    SELECT
        'usage|' || digest AS native, session_id, user_id, timestamp, 'token_usage' AS type, source_file, position,
        notes, model, version, d IS NULL AS is_derived, token_count, input_tokens, output_tokens, cache_read_tokens,
        cache_creation_tokens, cost AS cost_usd,
        json_object(
            'model', model, 'input_tokens', input_tokens, 'output_tokens', output_tokens,
            'cache_read_tokens', cache_read_tokens, 'cache_creation_tokens', cache_creation_tokens,
            'reasoning_tokens', coalesce(d.reasoning_token_count, d.thoughts_token_count), 'total_tokens', token_count,
            'cost_usd', cost, 'request_id', d.request_id, 'query_source', d.query_source, 'agent_name', d."agent.name",
            'effort', d.effort, 'speed', d.speed
        ) AS data
    FROM usages
    UNION ALL BY NAME
    SELECT
        'tool|' || digest AS native, session_id, user_id, timestamp, 'tool_use' AS type, source_file, position, notes,
        version, coalesce(d.tool_name, d.function_name) AS tool_name, took AS duration_ms, went_well AS success,
        error_type,
        json_object(
            'tool_name', coalesce(d.tool_name, d.function_name), 'tool_use_id', call, 'success', went_well,
            'duration_ms', took, 'error_type', error_type,
            'input_size', coalesce(d.tool_input_size_bytes, d.arguments_size),
            'output_size', coalesce(d.tool_result_size_bytes, d.output_size),
            'decision_source', coalesce(d.decision_source, d.source)
        ) AS data
    FROM tools
    UNION ALL BY NAME
    SELECT
        'error|' || digest AS native, session_id, user_id, timestamp, 'error_occurred' AS type, source_file, position,
        notes, version, model, FALSE AS success, error_type,
        json_object(
            'error_type', error_type, 'model', model, 'attempt', d.attempt,
            'status_code', coalesce(d.status_code, d."http.response.status_code"), 'duration_ms', took
        ) AS data
    FROM errors
    UNION ALL BY NAME
    SELECT
        'performance|' || digest AS native, session_id, user_id, timestamp, 'performance' AS type, source_file,
        position, notes, version, operation, took AS duration_ms, went_well AS success,
        json_object(
            'operation', operation, 'duration_ms', took, 'success', went_well, 'ttft_ms', finite(d.ttft_ms),
            'trigger', d.trigger, 'pre_tokens', d.pre_tokens, 'post_tokens', d.post_tokens
        ) AS data
    FROM performances
    UNION ALL BY NAME
    SELECT
        'hook|' || digest AS native, session_id, user_id, timestamp, 'hook_triggered' AS type, source_file, position,
        notes, version, took AS duration_ms,
        coalesce(
            d.success,
            coalesce(d.num_blocking, 0) + coalesce(d.num_non_blocking_error, 0) + coalesce(d.num_cancelled, 0) = 0
        ) AS success,
        json_object(
            'hook_event', coalesce(d.hook_event, d.hook_event_name), 'hook_name', d.hook_name, 'duration_ms', took,
            'num_hooks', d.num_hooks, 'num_success', d.num_success, 'num_blocking', d.num_blocking,
            'num_non_blocking_error', d.num_non_blocking_error, 'num_cancelled', d.num_cancelled
        ) AS data
    FROM records
    WHERE kind = 'log' AND name IN ('hook_execution_complete', 'hook_call')
    UNION ALL BY NAME
    SELECT
        'agent|' || digest AS native, session_id, user_id, timestamp, 'agent_execution' AS type, source_file, position,
        notes, version, model, coalesce(d.agent_type, d.agent_name) AS agent_id, took AS duration_ms,
        coalesce(d.success, coalesce(d.terminate_reason, 'GOAL') = 'GOAL') AS success,
        json_object(
            'agent_id', coalesce(d.agent_type, d.agent_name), 'model', model, 'duration_ms', took,
            'success', coalesce(d.success, coalesce(d.terminate_reason, 'GOAL') = 'GOAL'),
            'total_tool_uses', d.total_tool_uses, 'last_request_tokens', d.total_tokens, 'is_async', d.is_async
        ) AS data
    FROM records
    WHERE kind = 'log' AND name IN ('subagent_completed', 'agent.finish')
    UNION ALL BY NAME
    SELECT
        'command|' || digest AS native, session_id, user_id, timestamp, 'command_executed' AS type, source_file,
        position, notes, version, coalesce(d.command_name, d.command) AS command_name,
        coalesce(d.status <> 'error', TRUE) AS success,
        json_object(
            'command_name', coalesce(d.command_name, d.command), 'success', coalesce(d.status <> 'error', TRUE)
        ) AS data
    FROM records
    WHERE kind = 'log' AND (name = 'user_prompt' AND d.command_name IS NOT NULL OR name = 'slash_command')
)
SELECT
    stable_id('otlp|' || coalesce(session_id, '') || '|' || native) AS id, timestamp, type, session_id, user_id,
    json_merge_patch('{}', data) AS data,
    json_merge_patch(
        '{}',
        json_object(
            'source', 'otlp', 'source_file', source_file, 'line', position, 'agent_cli_version', version,
            'derived', nullif(is_derived, FALSE)
        )
    ) AS metadata,
    tool_name, duration_ms, success, token_count, project_path, model, agent_id, command_name, error_type, operation,
    input_tokens, output_tokens, cache_creation_tokens, cache_read_tokens, cost_usd, source_file,
    position AS source_line, coalesce(notes, 0) AS notes
FROM events
