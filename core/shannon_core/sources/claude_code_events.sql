-- Facts of Claude Code sessions → their events (spec: sources.md §1.3, §5). Reads facts, and prices for cost.
WITH typed AS MATERIALIZED (
    SELECT session_id, kind, key, timestamp, notes, source_file, source_line, json_transform(fields, '{
        "cwd": "VARCHAR", "branch": "VARCHAR", "version": "VARCHAR", "entrypoint": "VARCHAR", "model": "VARCHAR", "last": "TIMESTAMP",
        "agent": "VARCHAR", "sidechain": "BOOLEAN", "message": "VARCHAR", "request": "VARCHAR", "input": "BIGINT", "output": "BIGINT",
        "written": "BIGINT", "written_5m": "BIGINT", "written_1h": "BIGINT", "read": "BIGINT", "speed": "VARCHAR", "service_tier": "VARCHAR",
        "web_searches": "BIGINT", "web_fetches": "BIGINT", "cost": "DOUBLE", "name": "VARCHAR", "input_size": "BIGINT",
        "is_agent": "BOOLEAN", "agent_type": "VARCHAR", "agent_model": "VARCHAR", "is_error": "BOOLEAN", "failure": "VARCHAR",
        "output_size": "BIGINT", "duration": "DOUBLE", "tokens": "BIGINT", "tool_uses": "BIGINT", "ran_agent": "VARCHAR",
        "is_async": "BOOLEAN", "ran_model": "VARCHAR", "tool": "VARCHAR", "error": "VARCHAR", "is_message": "BOOLEAN",
        "attempt": "BIGINT", "attempts": "BIGINT", "wait": "DOUBLE", "event": "VARCHAR", "exit_code": "BIGINT", "outcome": "VARCHAR",
        "files": "BIGINT", "task": "VARCHAR", "status": "VARCHAR", "operation": "VARCHAR", "messages": "BIGINT", "trigger": "VARCHAR",
        "before": "BIGINT", "after": "BIGINT", "api": "DOUBLE", "tools": "DOUBLE", "whole": "DOUBLE", "added": "BIGINT", "removed": "BIGINT"}') AS f
    FROM facts
), usage AS MATERIALIZED (
    -- One row a request: the main thread before its replay in a sidechain, then the largest total, then the first in the order of paths.
    SELECT * FROM (
        SELECT *,
            coalesce(key, source_file || ':' || source_line) AS answer,
            bool_or(NOT f.sidechain) OVER (PARTITION BY answer) AS has_main,
            CASE WHEN has_main THEN coalesce(f.request, max(f.request) OVER (PARTITION BY answer), '') ELSE '' END AS request,
            CASE WHEN coalesce(f.written_5m, f.written_1h) IS NULL THEN coalesce(f.written, 0) ELSE coalesce(f.written_5m, 0) END AS five,
            coalesce(f.written_1h, 0) AS hour, coalesce(f.input, 0) AS input_tokens, coalesce(f.output, 0) AS output_tokens,
            coalesce(f.read, 0) AS read_tokens, input_tokens + output_tokens + five + hour + read_tokens AS total
        FROM typed WHERE kind = 'usage'
    )
    WHERE NOT (has_main AND f.sidechain) AND NOT (coalesce(f.model, '') = '<synthetic>' AND total = 0)
    QUALIFY row_number() OVER (PARTITION BY answer, request ORDER BY total DESC, f.speed IS NULL, source_file, source_line) = 1
), once AS MATERIALIZED (
    -- One row a thing in a session; of the reports of one hook that with its duration. The copies in a fork have the same time.
    SELECT * FROM (
        SELECT * FROM typed WHERE key IS NOT NULL AND kind <> 'usage'
        QUALIFY row_number() OVER (PARTITION BY session_id, kind, key ORDER BY f.duration IS NULL, source_file, source_line) = 1
    )
    QUALIFY row_number() OVER (PARTITION BY kind, key, timestamp ORDER BY source_file, source_line) = 1
), stretch AS NOT MATERIALIZED (
    SELECT session_id, min(timestamp) AS first, max(last) AS last
    FROM (
        SELECT *, count_if(starts) OVER (PARTITION BY session_id ORDER BY timestamp, last ROWS UNBOUNDED PRECEDING) AS number
        FROM (
            SELECT session_id, timestamp, f.last AS last, coalesce(timestamp - max(f.last) OVER (PARTITION BY session_id
                ORDER BY timestamp, f.last ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) >= INTERVAL 30 MINUTE, false) AS starts
            FROM typed WHERE kind = 'span'
        )
    )
    GROUP BY session_id, number
), session AS MATERIALIZED (
    SELECT * FROM (
        SELECT session_id, min(first) AS first, max(last) AS last, sum(epoch_us(last) - epoch_us(first)) / 1e6 AS active_seconds
        FROM stretch GROUP BY session_id
    )
    LEFT JOIN (
        SELECT session_id, arg_min(f.cwd, timestamp) AS project, arg_min(f.branch, timestamp) AS branch,
            arg_min(f.version, timestamp) AS version, arg_min(f.entrypoint, timestamp) AS entrypoint, arg_min(f.model, timestamp) AS model,
            arg_min(source_file, (timestamp, source_file)) AS source_file, arg_min(source_line, (timestamp, source_file)) AS source_line
        FROM typed WHERE kind = 'context' GROUP BY session_id
    ) USING (session_id)
), agent AS NOT MATERIALIZED (
    -- The runs of subagents: when each was last heard of, what it used, and which tool use started it.
    SELECT * FROM (SELECT session_id, f.agent AS agent, min(timestamp) AS first, max(f.last) AS last,
            arg_min(source_file, (timestamp, source_file)) AS source_file, arg_min(source_line, (timestamp, source_file)) AS source_line
        FROM typed WHERE kind = 'span' AND f.agent IS NOT NULL GROUP BY ALL)
    LEFT JOIN (SELECT session_id, f.agent AS agent, sum(total)::BIGINT AS tokens FROM usage GROUP BY ALL) USING (session_id, agent)
    LEFT JOIN (SELECT session_id, f.agent AS agent, count(*) AS tool_uses FROM once WHERE kind = 'tool_use' GROUP BY ALL) USING (session_id, agent)
    LEFT JOIN (
        SELECT session_id, agent, min(tool) AS tool FROM (
            SELECT session_id, f.ran_agent AS agent, key AS tool FROM once WHERE kind = 'tool_result'
            UNION ALL SELECT session_id, f.agent, f.tool FROM typed WHERE kind = 'agent_of'
        ) WHERE agent IS NOT NULL GROUP BY ALL
    ) USING (session_id, agent)
), tool AS MATERIALIZED (
    SELECT u.session_id, u.key, u.timestamp, u.notes, u.source_file, u.source_line, u.f, r.f AS r, r.key IS NOT NULL AS is_answered,
        coalesce(r.f.duration, greatest(epoch_us(r.timestamp) - epoch_us(u.timestamp), 0) / 1e3) AS duration_ms,
        CASE WHEN r.key IS NOT NULL THEN NOT r.f.is_error END AS success
    FROM (SELECT * FROM once WHERE kind = 'tool_use') AS u LEFT JOIN (SELECT * FROM once WHERE kind = 'tool_result') AS r USING (session_id, key)
), event AS (
    SELECT 'session_start' AS type, session_id, '' AS thing, first AS timestamp, source_file, source_line, 0 AS notes, true AS derived,
        branch, version, project AS project_path, model,
        to_json({'project_path': project, 'model': model, 'git_branch': branch, 'version': version, 'entrypoint': entrypoint,
            'start_type': start_type}) AS data
    FROM session LEFT JOIN (
        SELECT session_id, arg_min(regexp_extract(f.name, '^SessionStart:(.+)$', 1), timestamp) AS start_type
        FROM once WHERE kind = 'hook' AND f.event = 'SessionStart' AND starts_with(f.name, 'SessionStart:') GROUP BY 1
    ) USING (session_id)
    UNION ALL BY NAME
    SELECT 'session_end' AS type, session_id, '' AS thing, last AS timestamp, source_file, source_line, 0 AS notes, true AS derived,
        branch, version, project AS project_path, model, epoch_ms(last) - epoch_ms(first) AS duration_ms, tokens AS token_count,
        coalesce(broken < answered, true) AS success,
        to_json({'project_path': project, 'model': model, 'duration_seconds': (epoch_us(last) - epoch_us(first)) / 1e6,
            'active_seconds': active_seconds, 'total_tokens': coalesce(tokens, 0), 'token_count': coalesce(tokens, 0), 'requests': coalesce(requests, 0),
            'tools_used': coalesce(tools_used, []), 'tool_uses': coalesce(tool_uses, 0), 'success': coalesce(broken < answered, true)}) AS data
    FROM session
    LEFT JOIN (SELECT session_id, sum(total)::BIGINT AS tokens, count(*) AS requests, max(timestamp) AS answered FROM usage GROUP BY 1)
        USING (session_id)
    LEFT JOIN (SELECT session_id, list_sort(list(DISTINCT f.name)) AS tools_used, count(*) AS tool_uses FROM tool GROUP BY 1) USING (session_id)
    LEFT JOIN (SELECT session_id, max(timestamp) AS broken FROM once WHERE kind = 'error' AND f.is_message GROUP BY 1) USING (session_id)
    UNION ALL BY NAME
    SELECT 'token_usage' AS type, session_id, answer || '|' || request AS thing, timestamp, source_file, source_line, notes,
        f.branch, f.version, f.model, total AS token_count, input_tokens, output_tokens,
        five + hour AS cache_creation_tokens, read_tokens AS cache_read_tokens,
        coalesce(f.cost, cost_of(prices, input_tokens, output_tokens, five, hour, read_tokens, f.speed)) AS cost_usd,
        to_json({'model': f.model, 'prompt_tokens': input_tokens, 'completion_tokens': output_tokens, 'cache_creation_tokens': five + hour,
            'cache_creation_5m_tokens': five, 'cache_creation_1h_tokens': hour, 'cache_read_tokens': read_tokens, 'total_tokens': total,
            'speed': f.speed, 'service_tier': f.service_tier, 'web_search_requests': nullif(f.web_searches, 0),
            'web_fetch_requests': nullif(f.web_fetches, 0), 'message_id': f.message, 'request_id': f.request, 'agent_id': f.agent,
            'is_sidechain': nullif(f.sidechain, false)}) AS data
    FROM usage LEFT JOIN prices ON prices.model = f.model
    UNION ALL BY NAME
    SELECT 'tool_use' AS type, session_id, key AS thing, timestamp, source_file, source_line, notes, f.branch, f.version, f.name AS tool_name,
        duration_ms, success, r.failure AS error_type,
        to_json({'tool_name': f.name, 'duration_ms': duration_ms,
            'duration_source': CASE WHEN r.duration IS NOT NULL THEN 'reported' WHEN is_answered THEN 'timestamps' END, 'success': success,
            'error_type': r.failure, 'input_size': f.input_size, 'output_size': r.output_size, 'tool_use_id': key, 'agent_id': f.agent,
            'is_sidechain': nullif(f.sidechain, false)}) AS data
    FROM tool
    UNION ALL BY NAME
    SELECT 'agent_execution' AS type, session_id, key AS thing, timestamp, source_file, source_line, notes, f.branch, f.version,
        agent_id, ran_ms AS duration_ms, ended AS success, r.failure AS error_type,
        to_json({'agent_id': agent_id, 'agent_name': agent_id, 'run_id': run, 'duration_ms': ran_ms, 'success': ended,
            'is_async': is_async, 'model': coalesce(r.ran_model, f.agent_model), 'agent_tokens': coalesce(r.tokens, tokens),
            'tool_uses': coalesce(r.tool_uses, tool_uses), 'tool_use_id': key}) AS data
    FROM (
        SELECT tool.*, coalesce(tool.f.agent_type, 'general-purpose') AS agent_id, coalesce(r.ran_agent, agent.agent) AS run,
            coalesce(r.is_async, false) AS is_async, agent.tokens, agent.tool_uses,
            CASE WHEN r.is_async THEN (epoch_us(coalesce(told.timestamp, agent.last)) - epoch_us(tool.timestamp)) / 1e3 ELSE duration_ms END AS ran_ms,
            CASE WHEN r.is_async THEN told.status = 'completed' ELSE success END AS ended
        FROM tool
        LEFT JOIN agent ON agent.session_id = tool.session_id AND agent.tool = tool.key
        LEFT JOIN (SELECT session_id, key, timestamp, f.status AS status FROM once WHERE kind = 'task_end') AS told
            ON told.session_id = tool.session_id AND told.key = tool.key
        WHERE tool.f.is_agent
        QUALIFY row_number() OVER (PARTITION BY tool.key ORDER BY agent.agent = r.ran_agent DESC NULLS LAST, agent.agent) = 1
    )
    UNION ALL BY NAME
    SELECT 'hook_triggered' AS type, session_id, key AS thing, timestamp, source_file, source_line, notes, f.branch, f.version,
        f.duration AS duration_ms, CASE WHEN f.outcome <> 'cancelled' THEN f.outcome = 'success' END AS success,
        to_json({'hook_name': f.name, 'hook_event': f.event, 'duration_ms': f.duration, 'outcome': f.outcome, 'exit_code': f.exit_code}) AS data
    FROM once WHERE kind = 'hook'
    UNION ALL BY NAME
    SELECT 'checkpoint_created' AS type, session_id, key AS thing, timestamp, source_file, source_line, notes,
        to_json({'checkpoint_id': key, 'files_changed': coalesce(f.files, 0)}) AS data
    FROM once WHERE kind = 'checkpoint'
    UNION ALL BY NAME
    SELECT 'command_executed' AS type, session_id, key AS thing, timestamp, source_file, source_line, notes, f.branch, f.version,
        f.name AS command_name, true AS success, to_json({'command_name': f.name, 'success': true}) AS data
    FROM once WHERE kind = 'command'
    UNION ALL BY NAME
    SELECT 'error_occurred' AS type, session_id, key AS thing, timestamp, source_file, source_line, notes, f.branch, f.version,
        f.error AS error_type, false AS success,
        to_json({'error_type': f.error, 'retry_attempt': f.attempt, 'max_retries': f.attempts, 'retry_in_ms': f.wait,
            'recoverable': f.attempt < f.attempts, 'agent_id': f.agent}) AS data
    FROM once WHERE kind = 'error'
    UNION ALL BY NAME
    SELECT 'performance' AS type, session_id, key AS thing, timestamp, source_file, source_line, notes, f.branch, f.version,
        f.operation, f.duration AS duration_ms,
        to_json({'operation': f.operation, 'duration_ms': f.duration, 'messages': f.messages, 'trigger': f.trigger, 'tokens_before': f.before,
            'tokens_after': f.after}) AS data
    FROM once WHERE kind = 'performance'
    UNION ALL BY NAME
    -- The running totals of a session grow: the largest is the last. They repeat what requests cost and stand in no column.
    SELECT 'performance' AS type, session_id, 'totals' AS thing, last AS timestamp, t.source_file, t.source_line, 0 AS notes, true AS derived,
        branch, version, 'session_totals' AS operation,
        to_json({'operation': 'session_totals', 'cost_usd': t.f.cost, 'api_duration_ms': t.f.api, 'tool_duration_ms': t.f.tools,
            'wall_duration_ms': t.f.whole, 'lines_added': t.f.added, 'lines_removed': t.f.removed}) AS data
    FROM session JOIN (
        SELECT * FROM typed WHERE kind = 'totals'
        QUALIFY row_number() OVER (PARTITION BY session_id ORDER BY f.cost DESC NULLS LAST, source_file DESC, source_line DESC) = 1
    ) AS t USING (session_id)
)
SELECT
    stable_id('claude-code|' || type || '|' || session_id || '|' || thing) AS id, timestamp, type, session_id, NULL AS user_id,
    json_merge_patch('{}', data) AS data,
    json_merge_patch('{}', to_json({'source': 'claude-code', 'source_file': source_file, 'line': source_line, 'agent_cli_version': version,
        'git_branch': branch, 'derived': derived})) AS metadata,
    tool_name, duration_ms, success, token_count, project_path, model, agent_id, command_name, error_type, operation,
    input_tokens, output_tokens, cache_creation_tokens, cache_read_tokens, cost_usd, source_file, source_line, notes
FROM event
