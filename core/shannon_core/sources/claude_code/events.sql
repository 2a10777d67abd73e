-- Facts of Claude Code sessions → their events (spec: sources.md §1.3, §5).
-- Reads facts (all of the sessions to derive, and of those that share a key with them) and prices(model, …).
-- Gives the columns of events but source and extra. Each branch of event is one type of event; thing is what its id is
-- made from.
WITH answer AS NOT MATERIALIZED (
    -- Reports of requests; sources.md §1.3 says which of them counts.
    SELECT
        session_id, timestamp, notes, source_file, source_line,
        coalesce(key, source_file || ':' || source_line) AS message,
        json_transform(
            fields,
            '{
                "message": "VARCHAR", "request": "VARCHAR", "model": "VARCHAR", "input": "BIGINT", "output": "BIGINT",
                "five": "BIGINT", "hour": "BIGINT", "read": "BIGINT", "speed": "VARCHAR", "tier": "VARCHAR",
                "searches": "BIGINT", "fetches": "BIGINT", "cost": "DOUBLE", "sidechain": "BOOLEAN", "agent": "VARCHAR",
                "agent_type": "VARCHAR", "branch": "VARCHAR", "version": "VARCHAR"
            }'
        ) AS f
    FROM facts
    WHERE kind = 'usage'
), repeated_answer AS NOT MATERIALIZED (
    -- Most messages are reported once. Only those that are not take the way through GROUP BY, which is costly with wide
    -- rows.
    SELECT message, bool_or(NOT f.sidechain) AS has_main, max(f.request) AS any_request
    FROM answer
    GROUP BY message
    HAVING count(*) > 1
), usage AS MATERIALIZED (
    -- One row per request: a report of the main thread before its replay in a sidechain, then the one with the largest
    -- total, then the first by path and line.
    SELECT
        message, CASE WHEN f.sidechain THEN '' ELSE coalesce(f.request, '') END AS request, session_id, timestamp,
        notes, source_file, source_line, f
    FROM answer
    WHERE message NOT IN (SELECT message FROM repeated_answer)
    UNION ALL BY NAME
    SELECT
        message, CASE WHEN has_main THEN coalesce(f.request, any_request, '') ELSE '' END AS request,
        unnest(arg_min(
            {
                'session_id': session_id, 'timestamp': timestamp, 'notes': notes, 'source_file': source_file,
                'source_line': source_line, 'f': f
            },
            (-(f.input + f.output + f.five + f.hour + f.read), f.speed IS NULL, source_file, source_line)
        ))
    FROM answer JOIN repeated_answer USING (message)
    WHERE NOT (has_main AND f.sidechain)
    GROUP BY 1, 2
), keyed_fact AS NOT MATERIALIZED (
    -- kind and key as one text, so that repeated facts are found with one column.
    SELECT kind || ':' || key AS name, * FROM facts WHERE key IS NOT NULL AND kind <> 'usage'
), repeated_key AS NOT MATERIALIZED (
    SELECT name FROM keyed_fact GROUP BY name HAVING count(*) > 1
), distinct_fact AS MATERIALIZED (
    -- One row per thing: within a session first, where of the reports of one hook the one with its duration counts;
    -- then among sessions, where the copies in a fork have the same time.
    SELECT kind, key, timestamp, session_id, notes, source_file, source_line, fields
    FROM keyed_fact
    WHERE name NOT IN (SELECT name FROM repeated_key)
    UNION ALL BY NAME
    SELECT
        kind, key, timestamp,
        unnest(arg_min(
            {
                'session_id': session_id, 'notes': notes, 'source_file': source_file, 'source_line': source_line,
                'fields': fields
            },
            (source_file, source_line, fields)
        ))
    FROM (
        SELECT
            session_id, kind, key,
            unnest(arg_min(
                {
                    'timestamp': timestamp, 'notes': notes, 'source_file': source_file, 'source_line': source_line,
                    'fields': fields
                },
                (kind = 'hook' AND contains(fields, '"duration":null'), source_file, source_line, fields)
            ))
        FROM keyed_fact
        WHERE name IN (SELECT name FROM repeated_key)
        GROUP BY 1, 2, 3
    )
    GROUP BY 1, 2, 3
), span AS NOT MATERIALIZED (
    SELECT
        session_id, timestamp AS first, source_file, source_line,
        unnest(json_transform(
            fields, '{"last": "TIMESTAMP", "last_line": "BIGINT", "agent": "VARCHAR", "is_copy": "BOOLEAN"}'
        ))
    FROM facts
    WHERE kind = 'span'
), own_span AS NOT MATERIALIZED (
    -- Records that a fork copied do not belong to its time, unless it has no others.
    SELECT * FROM span WHERE NOT is_copy OR session_id NOT IN (SELECT session_id FROM span WHERE NOT is_copy)
), stretch AS NOT MATERIALIZED (
    -- Gaps and islands: a stretch begins where 30 minutes or more have passed since the latest end before it, not since
    -- the row before, because spans of subagents overlap those of the main thread.
    SELECT session_id, min(first) AS first, max(last) AS last
    FROM (
        SELECT
            *, count_if(starts) OVER (PARTITION BY session_id ORDER BY first, last ROWS UNBOUNDED PRECEDING) AS number
        FROM (
            SELECT
                session_id, first, last,
                coalesce(
                    first
                    - max(last) OVER (
                        PARTITION BY session_id
                        ORDER BY first, last
                        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                    ) >= INTERVAL 30 MINUTE,
                    FALSE
                ) AS starts
            FROM own_span
        )
    )
    GROUP BY session_id, number
), session AS MATERIALIZED (
    -- Extent, the lines that prove its ends, and its context: of each field of the context the first value that is
    -- known.
    SELECT *
    FROM (
        SELECT
            session_id, min(first) AS first, max(last) AS last,
            sum(epoch_us(last) - epoch_us(first)) / 1e6 AS active_seconds
        FROM stretch
        GROUP BY session_id
    )
    JOIN (
        SELECT
            session_id,
            unnest(arg_min({'first_file': source_file, 'first_line': source_line}, (first, source_file, source_line))),
            unnest(arg_max({'last_file': source_file, 'last_line': last_line}, (last, source_file, last_line)))
        FROM own_span
        GROUP BY session_id
    ) USING (session_id)
    LEFT JOIN (
        SELECT
            session_id, arg_min(f.cwd, place) AS project, arg_min(f.branch, place) AS branch,
            arg_min(f.version, place) AS version, arg_min(f.entrypoint, place) AS entrypoint,
            arg_min(f.model, place) AS model
        FROM (
            SELECT
                session_id, (timestamp, source_file, source_line) AS place,
                json_transform(
                    fields,
                    '{
                        "cwd": "VARCHAR", "branch": "VARCHAR", "version": "VARCHAR", "entrypoint": "VARCHAR",
                        "model": "VARCHAR"
                    }'
                ) AS f
            FROM facts
            WHERE kind = 'context'
        )
        GROUP BY session_id
    ) USING (session_id)
), tool AS MATERIALIZED (
    -- A use and its result by the id of the block; the time between the two where the result reports none.
    SELECT
        u.* EXCLUDE (fields), r.*,
        coalesce(
            r.reported,
            CASE WHEN answered IS NOT NULL THEN greatest(epoch_us(answered) - epoch_us(timestamp), 0) / 1e3 END
        ) AS duration_ms
    FROM (
        SELECT
            *,
            unnest(json_transform(
                fields,
                '{
                    "name": "VARCHAR", "input_size": "BIGINT", "is_agent": "BOOLEAN", "agent_type": "VARCHAR",
                    "agent_model": "VARCHAR", "sidechain": "BOOLEAN", "agent": "VARCHAR", "branch": "VARCHAR",
                    "version": "VARCHAR"
                }'
            ))
        FROM distinct_fact
        WHERE kind = 'tool_use'
    ) AS u
    LEFT JOIN (
        SELECT
            session_id, key, timestamp AS answered,
            unnest(json_transform(
                fields,
                '{
                    "success": "BOOLEAN", "failure": "VARCHAR", "output_size": "BIGINT", "reported": "DOUBLE",
                    "tokens": "BIGINT", "tool_uses": "BIGINT", "ran_agent": "VARCHAR", "is_async": "BOOLEAN",
                    "ran_model": "VARCHAR"
                }'
            ))
        FROM distinct_fact
        WHERE kind = 'tool_result'
    ) AS r USING (session_id, key)
), agent AS MATERIALIZED (
    -- Runs of subagents: first and last time, what each used, and the tool use that started it.
    SELECT *
    FROM (
        SELECT
            session_id, agent, min(first) AS first, max(last) AS last,
            unnest(arg_min({'source_file': source_file, 'source_line': source_line}, (first, source_file, source_line)))
        FROM span
        WHERE agent IS NOT NULL
        GROUP BY session_id, agent
    )
    LEFT JOIN (
        SELECT
            session_id, f.agent AS agent, max(f.agent_type) AS runs_as,
            sum(f.input + f.output + f.five + f.hour + f.read)::BIGINT AS tokens
        FROM usage
        GROUP BY ALL
    ) USING (session_id, agent)
    LEFT JOIN (SELECT session_id, agent, count(*) AS tool_uses FROM tool GROUP BY ALL) USING (session_id, agent)
    LEFT JOIN (
        SELECT session_id, agent, min(tool) AS tool
        FROM (
            SELECT session_id, ran_agent AS agent, key AS tool
            FROM tool
            UNION ALL
            SELECT session_id, fields ->> '$.agent', fields ->> '$.tool'
            FROM facts
            WHERE kind = 'agent_of'
        )
        GROUP BY ALL
    ) USING (session_id, agent)
), run AS NOT MATERIALIZED (
    -- An asynchronous agent outlives the result of its tool: it lasts until a task notification reports its end, else
    -- until its last record. QUALIFY keeps one row per tool use where several runs name it, its own run first.
    SELECT
        tool.* EXCLUDE (tokens, tool_uses, is_async), coalesce(ran_agent, agent.agent) AS run, runs_as,
        coalesce(tool.tokens, agent.tokens) AS tokens, coalesce(tool.tool_uses, agent.tool_uses) AS tool_uses,
        coalesce(is_async, FALSE) AS is_async,
        CASE
            WHEN is_async THEN (epoch_us(coalesce(ended, agent.last)) - epoch_us(timestamp)) / 1e3
            ELSE duration_ms
        END AS ran_ms,
        CASE WHEN is_async THEN status = 'completed' ELSE success END AS succeeded
    FROM tool LEFT JOIN agent ON agent.session_id = tool.session_id AND agent.tool = tool.key
    LEFT JOIN (
        SELECT session_id, key AS ended_key, timestamp AS ended, fields ->> '$.status' AS status
        FROM distinct_fact
        WHERE kind = 'task_end'
    ) AS task_end
        ON task_end.session_id = tool.session_id AND ended_key IN (tool.key, ran_agent)
    WHERE is_agent
    QUALIFY
        row_number() OVER (
            PARTITION BY tool.session_id, tool.key
            ORDER BY agent.agent = ran_agent DESC NULLS LAST, agent.agent, ended
        ) = 1
), event AS NOT MATERIALIZED (
    SELECT
        'session_start' AS type, session_id, '' AS thing, first AS timestamp, first_file AS source_file,
        first_line AS source_line, 0 AS notes, TRUE AS derived, branch, version, project AS project_path, model,
        to_json({
            'project_path': project, 'model': model, 'git_branch': branch, 'version': version, 'entrypoint': entrypoint,
            'start_type': start_type
        }) AS data
    FROM session
    LEFT JOIN (
        SELECT session_id, arg_min(split_part(fields ->> '$.name', ':', 2), timestamp) AS start_type
        FROM distinct_fact
        WHERE kind = 'hook' AND contains(fields, '"SessionStart:')
        GROUP BY 1
    ) USING (session_id)
    UNION ALL BY NAME
    SELECT
        'session_end' AS type, session_id, '' AS thing, last AS timestamp, last_file AS source_file,
        last_line AS source_line, 0 AS notes, TRUE AS derived, branch, version, project AS project_path, model,
        (epoch_us(last) - epoch_us(first)) / 1e3 AS duration_ms, coalesce(tokens, 0) AS token_count,
        coalesce(broken < answered, broken IS NULL) AS success,
        to_json({
            'project_path': project, 'model': model, 'duration_seconds': (epoch_us(last) - epoch_us(first)) / 1e6,
            'active_seconds': active_seconds, 'total_tokens': coalesce(tokens, 0), 'token_count': coalesce(tokens, 0),
            'requests': coalesce(requests, 0), 'tools_used': coalesce(tools_used, []),
            'tool_uses': coalesce(tool_uses, 0), 'success': coalesce(broken < answered, broken IS NULL)
        }) AS data
    FROM session
    LEFT JOIN (
        SELECT
            session_id, sum(f.input + f.output + f.five + f.hour + f.read)::BIGINT AS tokens, count(*) AS requests,
            max(timestamp) AS answered
        FROM usage
        GROUP BY 1
    ) USING (session_id)
    LEFT JOIN (
        SELECT session_id, list_sort(list(DISTINCT name)) AS tools_used, count(*) AS tool_uses FROM tool GROUP BY 1
    ) USING (session_id)
    LEFT JOIN (
        SELECT session_id, max(timestamp) AS broken
        FROM distinct_fact
        WHERE kind = 'error' AND contains(fields, '"is_message":true')
        GROUP BY 1
    ) USING (session_id)
    UNION ALL BY NAME
    SELECT
        'token_usage' AS type, session_id, message || '|' || request AS thing, timestamp, source_file, source_line,
        notes, f.branch, f.version, f.model, f.input + f.output + f.five + f.hour + f.read AS token_count,
        f.input AS input_tokens, f.output AS output_tokens, f.five + f.hour AS cache_creation_tokens,
        f.read AS cache_read_tokens,
        coalesce(f.cost, cost_of(prices, f.input, f.output, f.five, f.hour, f.read, f.speed)) AS cost_usd,
        to_json({
            'model': f.model, 'prompt_tokens': f.input, 'completion_tokens': f.output,
            'cache_creation_tokens': f.five + f.hour, 'cache_creation_5m_tokens': f.five,
            'cache_creation_1h_tokens': f.hour, 'cache_read_tokens': f.read,
            'total_tokens': f.input + f.output + f.five + f.hour + f.read, 'speed': f.speed, 'service_tier': f.tier,
            'web_search_requests': f.searches, 'web_fetch_requests': f.fetches, 'message_id': f.message,
            'request_id': f.request, 'agent_id': f.agent, 'is_sidechain': nullif(f.sidechain, FALSE)
        }) AS data
    FROM usage LEFT JOIN prices ON prices.model = f.model
    UNION ALL BY NAME
    SELECT
        'tool_use' AS type, session_id, key AS thing, timestamp, source_file, source_line, notes, branch, version,
        name AS tool_name, duration_ms, success, failure AS error_type,
        to_json({
            'tool_name': name, 'duration_ms': duration_ms,
            'duration_source': CASE
                WHEN reported IS NOT NULL THEN 'reported'
                WHEN answered IS NOT NULL THEN 'timestamps'
            END,
            'success': success, 'error_type': failure, 'input_size': input_size, 'output_size': output_size,
            'tool_use_id': key, 'agent_id': agent, 'is_sidechain': nullif(sidechain, FALSE)
        }) AS data
    FROM tool
    UNION ALL BY NAME
    SELECT
        'agent_execution' AS type, session_id, key AS thing, timestamp, source_file, source_line, notes, branch,
        version, coalesce(agent_type, runs_as, 'general-purpose') AS agent_id, ran_ms AS duration_ms,
        succeeded AS success, failure AS error_type,
        to_json({
            'agent_id': coalesce(agent_type, runs_as, 'general-purpose'), 'run_id': run, 'duration_ms': ran_ms,
            'success': succeeded, 'error_type': failure, 'is_async': is_async,
            'model': coalesce(ran_model, agent_model), 'agent_tokens': tokens, 'tool_uses': tool_uses,
            'tool_use_id': key
        }) AS data
    FROM run
    UNION ALL BY NAME
    -- Runs that no tool use is known to have started, of sessions where each agent tool use has its run; in others such
    -- a run may be the one that is missing, and would count twice.
    SELECT
        'agent_execution' AS type, session_id, agent AS thing, first AS timestamp, source_file, source_line, 0 AS notes,
        TRUE AS derived, coalesce(runs_as, 'unknown') AS agent_id,
        (epoch_us(last) - epoch_us(first)) / 1e3 AS duration_ms,
        to_json({
            'agent_id': coalesce(runs_as, 'unknown'), 'run_id': agent,
            'duration_ms': (epoch_us(last) - epoch_us(first)) / 1e3, 'agent_tokens': tokens, 'tool_uses': tool_uses
        }) AS data
    FROM agent
    WHERE tool IS NULL AND session_id NOT IN (SELECT session_id FROM run WHERE run IS NULL)
    UNION ALL BY NAME
    SELECT
        'hook_triggered' AS type, session_id, key AS thing, timestamp, source_file, source_line, notes, f.branch,
        f.version, f.duration AS duration_ms,
        CASE WHEN f.outcome <> 'cancelled' THEN f.outcome = 'success' END AS success,
        to_json({
            'hook_name': f.name, 'hook_event': f.event, 'duration_ms': f.duration, 'outcome': f.outcome,
            'exit_code': f.exit_code
        }) AS data
    FROM (
        SELECT
            *,
            json_transform(
                fields,
                '{
                    "event": "VARCHAR", "name": "VARCHAR", "duration": "DOUBLE", "exit_code": "BIGINT",
                    "outcome": "VARCHAR", "branch": "VARCHAR", "version": "VARCHAR"
                }'
            ) AS f
        FROM distinct_fact
        WHERE kind = 'hook'
    )
    UNION ALL BY NAME
    SELECT
        'checkpoint_created' AS type, session_id, key AS thing, timestamp, source_file, source_line, notes,
        to_json({'checkpoint_id': key, 'files_changed': (fields ->> '$.files')::BIGINT}) AS data
    FROM distinct_fact
    WHERE kind = 'checkpoint'
    UNION ALL BY NAME
    SELECT
        'command_executed' AS type, session_id, key AS thing, timestamp, source_file, source_line, notes,
        fields ->> '$.branch' AS branch, fields ->> '$.version' AS version, fields ->> '$.name' AS command_name,
        TRUE AS success, to_json({'command_name': fields ->> '$.name', 'success': TRUE}) AS data
    FROM distinct_fact
    WHERE kind = 'command'
    UNION ALL BY NAME
    SELECT
        'error_occurred' AS type, session_id, key AS thing, timestamp, source_file, source_line, notes, f.branch,
        f.version, f.error AS error_type, FALSE AS success,
        to_json({
            'error_type': f.error, 'retry_attempt': f.attempt, 'max_retries': f.attempts, 'retry_in_ms': f.wait,
            'recoverable': f.attempt < f.attempts, 'agent_id': f.agent
        }) AS data
    FROM (
        SELECT
            *,
            json_transform(
                fields,
                '{
                    "error": "VARCHAR", "attempt": "BIGINT", "attempts": "BIGINT", "wait": "DOUBLE", "agent": "VARCHAR",
                    "branch": "VARCHAR", "version": "VARCHAR"
                }'
            ) AS f
        FROM distinct_fact
        WHERE kind = 'error'
    )
    UNION ALL BY NAME
    SELECT
        'performance' AS type, session_id, key AS thing, timestamp, source_file, source_line, notes, f.branch,
        f.version, f.operation, f.duration AS duration_ms,
        to_json({
            'operation': f.operation, 'duration_ms': f.duration, 'messages': f.messages, 'trigger': f.trigger,
            'tokens_before': f.before, 'tokens_after': f.after
        }) AS data
    FROM (
        SELECT
            *,
            json_transform(
                fields,
                '{
                    "operation": "VARCHAR", "duration": "DOUBLE", "messages": "BIGINT", "trigger": "VARCHAR",
                    "before": "BIGINT", "after": "BIGINT", "branch": "VARCHAR", "version": "VARCHAR"
                }'
            ) AS f
        FROM distinct_fact
        WHERE kind = 'performance'
    )
    UNION ALL BY NAME
    -- Running totals of a session: the largest is the last. They repeat the cost of its requests and so fill no column.
    SELECT
        'performance' AS type, session_id, 'totals' AS thing, last AS timestamp, total.source_file, total.source_line,
        0 AS notes, TRUE AS derived, branch, version, 'session_totals' AS operation,
        json_merge_patch(total.fields, '{"operation": "session_totals"}') AS data
    FROM session
    JOIN (
        SELECT
            session_id,
            unnest(arg_max(
                {'source_file': source_file, 'source_line': source_line, 'fields': fields},
                ((fields ->> '$.cost_usd')::DOUBLE, source_file, source_line)
            ))
        FROM facts
        WHERE kind = 'totals'
        GROUP BY 1
    ) AS total USING (session_id)
)
SELECT
    -- json_merge_patch drops null members, and so keeps data free of them. metadata is concatenated, because only two
    -- of its members may be null, and concat leaves out a null.
    stable_id('claude-code|' || type || '|' || session_id || '|' || thing) AS id, timestamp, type, session_id,
    NULL AS user_id, json_merge_patch('{}', data) AS data,
    concat(
        '{"source":"claude-code","source_file":', to_json(parse_filename(source_file)), ',"line":', source_line,
        ',"agent_cli_version":' || to_json(version), ',"git_branch":' || to_json(branch),
        CASE WHEN derived THEN ',"derived":true}' ELSE '}' END
    ) AS metadata,
    tool_name, duration_ms, success, token_count, project_path, model, agent_id, command_name, error_type, operation,
    input_tokens, output_tokens, cache_creation_tokens, cache_read_tokens, cost_usd, source_file, source_line, notes
FROM event
