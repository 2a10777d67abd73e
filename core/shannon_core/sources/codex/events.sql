-- Facts of Codex sessions → their events (spec: sources.md §3, §5).
-- Reads facts (all of the sessions to derive, and of those that share a key with them; position is the line) and
-- prices(model, …).
-- Gives the columns of events but source and extra. Each branch of events is one type of event; native is what its id
-- is made from.
WITH path AS MATERIALIZED (
    -- A file is a number until the end, its place among all paths: sorting and joining by a number carries less than by
    -- a path, and keeps the order of paths.
    SELECT path, row_number() OVER (ORDER BY path) AS source_file FROM (SELECT DISTINCT source_file AS path FROM facts)
), located AS (
    -- fields is taken apart only where it is needed, so that sorting carries little.
    SELECT
        facts.* REPLACE (path.source_file AS source_file),
        CASE
            WHEN kind = 'turn' THEN json_transform(fields, '{"model": "VARCHAR", "tier": "VARCHAR", "cwd": "VARCHAR"}')
        END AS turn
    FROM facts JOIN path ON path = facts.source_file
), ordered_facts AS (
    -- Old records have no time of their own: theirs is that of the record before, else of the one after.
    SELECT
        * EXCLUDE (turn) REPLACE (
            coalesce(
                timestamp, last_value(timestamp IGNORE NULLS) OVER (in_file ROWS UNBOUNDED PRECEDING),
                first_value(timestamp IGNORE NULLS) OVER (in_file ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
            ) AS timestamp
        ),
        row_number() OVER in_file AS place,
        last_value(turn.model IGNORE NULLS) OVER (in_file ROWS UNBOUNDED PRECEDING) AS turn_model,
        last_value(turn.tier IGNORE NULLS) OVER (in_file ROWS UNBOUNDED PRECEDING) AS tier,
        last_value(
            CASE WHEN kind = 'started' THEN timestamp END IGNORE NULLS
        ) OVER (in_file ROWS UNBOUNDED PRECEDING) AS turn_started
    FROM located
    WHERE kind <> 'span'
    WINDOW in_file AS (PARTITION BY source_file ORDER BY position, timestamp, kind = 'usage', fields)
), own_meta AS (
    -- The first meta record of a file is its own; in a fork those of its ancestors follow.
    SELECT *, coalesce(meta.origin = 'thread_spawn', FALSE) OR meta.forked_from IS NOT NULL AS is_fork
    FROM (
        SELECT
            source_file, session_id AS own_session, position AS own_position, timestamp AS made,
            json_transform(
                fields,
                '{
                    "id": "VARCHAR", "cwd": "VARCHAR", "branch": "VARCHAR", "commit": "VARCHAR", "version": "VARCHAR",
                    "originator": "VARCHAR", "origin": "VARCHAR", "provider": "VARCHAR", "forked_from": "VARCHAR",
                    "parent": "VARCHAR"
                }'
            ) AS meta
        FROM ordered_facts
        WHERE kind = 'meta'
        QUALIFY row_number() OVER (PARTITION BY source_file ORDER BY place) = 1
    )
), replay_seconds AS (
    -- A fork begins with the records of its parent, all stamped with the second of the fork: two requests within one
    -- second are the parent's (sources.md §3.3).
    SELECT source_file, date_trunc('second', usages[1]) AS second
    FROM (
        SELECT source_file, list(timestamp ORDER BY place) AS usages
        FROM ordered_facts JOIN own_meta USING (source_file)
        WHERE kind = 'usage' AND is_fork
        GROUP BY 1
    )
    WHERE date_trunc('second', usages[1]) = date_trunc('second', usages[2])
), replayed_requests AS (
    -- Of a replay only the requests at the beginning of the file count: bool_and over the rows so far ends with the
    -- first one of another second.
    SELECT source_file, place
    FROM (
        SELECT
            source_file, place,
            bool_and(
                date_trunc('second', timestamp) = second
            ) OVER (PARTITION BY source_file ORDER BY place) AS is_replayed
        FROM ordered_facts JOIN replay_seconds USING (source_file)
        WHERE kind = 'usage'
    )
    WHERE is_replayed
), replay_ends AS (
    SELECT source_file, max(place) AS place
    FROM (
        SELECT source_file, place
        FROM replayed_requests
        UNION ALL
        SELECT source_file, place
        FROM ordered_facts JOIN own_meta USING (source_file)
        WHERE is_fork
            AND (kind = 'meta' AND key <> meta.id OR date_trunc('second', timestamp) = date_trunc('second', made))
    )
    GROUP BY 1
), repeated_facts AS (
    -- Where several files of a session have a thing, the first file counts.
    SELECT source_file, place
    FROM ordered_facts
    WHERE kind <> 'usage'
        AND session_id IN (SELECT session_id FROM located GROUP BY 1 HAVING count(DISTINCT source_file) > 1)
    QUALIFY
        source_file <> first_value(source_file) OVER (
            PARTITION BY session_id, kind, coalesce(key, fields ->> '$.ref', CAST(timestamp AS VARCHAR))
            ORDER BY source_file
        )
), own_facts AS (
    SELECT ordered_facts.*
    FROM ordered_facts LEFT JOIN replay_ends USING (source_file)
    ANTI JOIN repeated_facts
        ON repeated_facts.source_file = ordered_facts.source_file AND repeated_facts.place = ordered_facts.place
    WHERE kind IN ('usage', 'agent') AND (kind = 'usage' OR fields ->> '$.child' = 'true')
        OR replay_ends.place IS NULL
        OR ordered_facts.place > replay_ends.place
), token_counts AS (
    SELECT
        *,
        last_value(d.total IGNORE NULLS) OVER (
            PARTITION BY source_file
            ORDER BY place
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS previous
    FROM (
        SELECT
            * EXCLUDE (fields),
            json_transform(
                fields,
                '{
                    "model": "VARCHAR",
                    "total": {
                        "input_tokens": "BIGINT", "cached_input_tokens": "BIGINT", "output_tokens": "BIGINT",
                        "reasoning_output_tokens": "BIGINT", "total_tokens": "BIGINT"
                    },
                    "last": {
                        "input_tokens": "BIGINT", "cached_input_tokens": "BIGINT", "output_tokens": "BIGINT",
                        "reasoning_output_tokens": "BIGINT", "cache_write_input_tokens": "BIGINT"
                    }
                }'
            ) AS d
        FROM own_facts
        WHERE kind = 'usage'
    )
), new_counts AS (
    -- Codex reports a count again when only its limits changed: the totals then equal those before. base is what the
    -- totals already held, where a record has no count of its own.
    SELECT *, CASE WHEN d.last IS NULL AND previous.total_tokens <= d.total.total_tokens THEN previous END AS base
    FROM token_counts ANTI JOIN replayed_requests USING (source_file, place)
    WHERE d.total IS NULL OR d.total IS DISTINCT FROM previous
), requests AS (
    -- Cached tokens are within the input, hence least(). QUALIFY: equal requests of several files are one.
    SELECT
        *, coalesce(d.model, turn_model, 'gpt-5') AS model, coalesce(d.model, turn_model) IS NULL AS is_assumed,
        greatest(
            coalesce(tokens_of(d.last.input_tokens), tokens_of(d.total.input_tokens), 0)
            - coalesce(tokens_of(base.input_tokens), 0),
            0
        ) AS all_input,
        least(
            greatest(
                coalesce(tokens_of(d.last.cached_input_tokens), tokens_of(d.total.cached_input_tokens), 0)
                - coalesce(tokens_of(base.cached_input_tokens), 0),
                0
            ),
            all_input
        ) AS cached,
        greatest(
            coalesce(tokens_of(d.last.output_tokens), tokens_of(d.total.output_tokens), 0)
            - coalesce(tokens_of(base.output_tokens), 0),
            0
        ) AS output,
        greatest(
            coalesce(tokens_of(d.last.reasoning_output_tokens), tokens_of(d.total.reasoning_output_tokens), 0)
            - coalesce(tokens_of(base.reasoning_output_tokens), 0),
            0
        ) AS reasoning
    FROM new_counts
    QUALIFY
        row_number() OVER (
            PARTITION BY timestamp, model, all_input, cached, output, reasoning
            ORDER BY source_file, place
        ) = 1
), usages AS (
    SELECT
        requests.*,
        cost_of(
            prices, all_input - cached, requests.output, NULL, NULL, cached,
            CASE WHEN tier IN ('priority', 'fast') THEN 'priority' END
        ) AS cost
    FROM requests LEFT JOIN prices USING (model)
    WHERE all_input + requests.output > 0
), tool_records AS (
    -- An id may be used again within a file: nth pairs the first call with the first output and the first end, and so
    -- on.
    SELECT *, d.ref, row_number() OVER (PARTITION BY source_file, kind, d.ref ORDER BY place) AS nth
    FROM (
        SELECT
            session_id, source_file, position, timestamp, notes, kind, place,
            json_transform(
                fields,
                '{
                    "ref": "VARCHAR", "name": "VARCHAR", "namespace": "VARCHAR", "status": "VARCHAR", "size": "BIGINT",
                    "exit_code": "BIGINT", "running": "BOOLEAN", "failure": "VARCHAR", "by_user": "BOOLEAN",
                    "declined": "BOOLEAN", "success": "BOOLEAN", "duration_ms": "DOUBLE"
                }'
            ) AS d
        FROM own_facts
        WHERE kind IN ('call', 'output', 'end')
    )
), tools AS (
    SELECT
        call.session_id, call.source_file, call.position, call.timestamp, call.notes, call.ref, call.nth, call.d AS c,
        output.d AS o, ended.d AS e,
        CASE
            WHEN call.d.namespace IS NULL THEN call.d.name
            ELSE rtrim(call.d.namespace, '_') || '__' || ltrim(call.d.name, '_')
        END AS tool_name,
        CASE
            WHEN output.timestamp >= call.timestamp
            THEN date_diff('microsecond', call.timestamp, output.timestamp) / 1000
        END AS waited,
        output.ref IS NOT NULL AS is_answered
    FROM tool_records AS call
    LEFT JOIN tool_records AS output
        ON output.source_file = call.source_file
            AND output.ref = call.ref
            AND output.nth = call.nth
            AND output.kind = 'output'
    LEFT JOIN tool_records AS ended
        ON ended.source_file = call.source_file AND ended.ref = call.ref AND ended.nth = call.nth AND ended.kind = 'end'
    WHERE call.kind = 'call'
    UNION ALL BY NAME
    -- A tool that another tool ran has an end only.
    SELECT
        session_id, source_file, position, timestamp, notes, ref, nth, d AS e, TRUE AS is_inner, d.name AS tool_name,
        FALSE AS is_answered
    FROM tool_records AS ended
    WHERE kind = 'end'
        AND NOT coalesce(d.by_user, FALSE)
        AND NOT EXISTS (
            FROM tool_records AS call
            WHERE call.kind = 'call'
                AND call.source_file = ended.source_file
                AND call.ref = ended.ref
                AND call.nth = ended.nth
        )
), tool_outcomes AS (
    SELECT
        *, coalesce(e.duration_ms, waited) AS duration_ms,
        CASE WHEN e.declined THEN 'user_rejected' ELSE o.failure END AS error_type,
        CASE
            WHEN e.success IS NOT NULL THEN e.success
            WHEN o.failure IS NOT NULL THEN FALSE
            WHEN o.exit_code IS NOT NULL THEN o.exit_code = 0
            WHEN o.running THEN NULL
            WHEN is_answered THEN TRUE
            WHEN c.name IN ('web_search', 'image_generation') THEN c.status = 'completed'
        END AS success
    FROM tools
), detailed_facts AS (
    SELECT
        * EXCLUDE (fields),
        json_transform(
            fields,
            '{
                "ref": "VARCHAR", "duration_ms": "DOUBLE", "first_token_ms": "DOUBLE", "error_type": "VARCHAR",
                "by_event": "BOOLEAN", "child": "BOOLEAN", "role": "VARCHAR", "nickname": "VARCHAR", "model": "VARCHAR",
                "spawned": "BOOLEAN"
            }'
        ) AS d
    FROM own_facts
    WHERE kind IN ('complete', 'aborted', 'error', 'compaction', 'checkpoint', 'agent')
), turns AS (
    SELECT *, coalesce(d.duration_ms, date_diff('microsecond', turn_started, timestamp) / 1000) AS duration_ms
    FROM detailed_facts
    WHERE kind IN ('complete', 'aborted')
), busy AS (
    -- Active milliseconds of sessions without the duration of any turn: the time without pauses of 30 minutes and more.
    SELECT session_id, sum(gap) FILTER (WHERE gap < 30 * 60000) AS busy
    FROM (
        SELECT
            session_id,
            date_diff(
                'microsecond', lag(timestamp) OVER (PARTITION BY session_id ORDER BY timestamp), timestamp
            ) / 1000 AS gap
        FROM own_facts
        WHERE session_id NOT IN (SELECT session_id FROM turns WHERE duration_ms IS NOT NULL)
    )
    GROUP BY 1
), spans AS (
    SELECT
        session_id, min(CAST(fields ->> '$.first' AS TIMESTAMP)) AS first, max(timestamp) AS last,
        arg_max(source_file, (timestamp, source_file, position)) AS last_file,
        arg_max(position, (timestamp, source_file, position)) AS last_line
    FROM located
    WHERE kind = 'span'
    GROUP BY 1
), sessions AS (
    SELECT
        spans.*, about.* EXCLUDE (session_id), turn.model, coalesce(meta.cwd, turn.cwd) AS project_path, usage.tokens,
        coalesce(turn_sums.active, busy, 0) AS active, coalesce(turn_sums.turns, 0) AS turns, tool.uses,
        turn_sums.success, meta.version, meta.branch
    FROM spans LEFT JOIN busy USING (session_id)
    LEFT JOIN (
        SELECT own_session AS session_id, meta, made, source_file, own_position
        FROM own_meta
        QUALIFY row_number() OVER (PARTITION BY own_session ORDER BY made, source_file) = 1
    ) AS about USING (session_id)
    LEFT JOIN (
        SELECT
            session_id, arg_min(turn.model, (timestamp, source_file, position)) AS model,
            arg_min(turn.cwd, (timestamp, source_file, position)) AS cwd
        FROM located
        WHERE kind = 'turn'
        GROUP BY 1
    ) AS turn USING (session_id)
    LEFT JOIN (
        SELECT session_id, sum(all_input + output)::BIGINT AS tokens FROM usages GROUP BY 1
    ) AS usage USING (session_id)
    LEFT JOIN (
        SELECT
            session_id, sum(duration_ms) AS active, count(*) AS turns,
            arg_max(d.error_type IS NULL, (timestamp, source_file, place)) AS success
        FROM turns
        GROUP BY 1
    ) AS turn_sums USING (session_id)
    LEFT JOIN (SELECT session_id, count(*) AS uses FROM tools GROUP BY 1) AS tool USING (session_id)
), agents AS (
    -- The parent's rollout says that it spawned an agent, the agent's own rollout how it ended; either may be missing.
    SELECT
        key, coalesce(parent.session_id, child.session_id) AS session_id,
        coalesce(parent.timestamp, child.timestamp) AS timestamp,
        coalesce(parent.source_file, child.source_file) AS source_file,
        coalesce(parent.position, child.position) AS position, coalesce(parent.notes, child.notes) AS notes,
        coalesce(parent.d.role, child.d.role, 'default') AS agent_id,
        coalesce(parent.d.nickname, child.d.nickname) AS agent_name, coalesce(parent.d.model, run.model) AS model,
        run.active AS duration_ms, run.tokens,
        CASE WHEN NOT parent.d.spawned THEN FALSE ELSE run.success END AS success, child.session_id AS agent_session
    FROM (
        FROM detailed_facts
        WHERE kind = 'agent' AND d.child IS NULL
        QUALIFY row_number() OVER (PARTITION BY key ORDER BY timestamp, source_file, place) = 1
    ) AS parent
    FULL JOIN (
        FROM detailed_facts JOIN own_meta USING (source_file)
        WHERE kind = 'agent' AND d.child AND key = meta.id
        QUALIFY row_number() OVER (PARTITION BY key ORDER BY timestamp, source_file, place) = 1
    ) AS child USING (key)
    LEFT JOIN sessions AS run ON run.session_id = child.session_id
), events AS (
    SELECT
        'start' AS native, session_id, coalesce(made, first) AS timestamp, 'session_start' AS type,
        coalesce(source_file, last_file) AS source_file, coalesce(own_position, 1) AS source_line, project_path, model,
        json_object(
            'project_path', project_path, 'model', model, 'originator', meta.originator, 'origin', meta.origin,
            'model_provider', meta.provider, 'git_commit', meta.commit, 'forked_from', meta.forked_from,
            'parent_session_id', meta.parent
        ) AS data,
        meta IS NULL AS is_derived
    FROM sessions
    UNION ALL BY NAME
    SELECT
        'end' AS native, session_id, last AS timestamp, 'session_end' AS type, last_file AS source_file,
        last_line AS source_line, project_path, model, success,
        date_diff('microsecond', coalesce(made, first), last) / 1000 AS duration_ms, tokens AS token_count,
        json_object(
            'duration_seconds', date_diff('microsecond', coalesce(made, first), last) / 1000000,
            'active_seconds', round(active / 1000, 3), 'total_tokens', tokens, 'turns', turns,
            'tools_used', coalesce(uses, 0), 'success', success
        ) AS data,
        TRUE AS is_derived
    FROM sessions
    UNION ALL BY NAME
    SELECT
        'usage|' || key AS native, session_id, timestamp, 'token_usage' AS type, source_file, position AS source_line,
        notes, model, all_input + output AS token_count, all_input - cached AS input_tokens, output AS output_tokens,
        cached AS cache_read_tokens, cost AS cost_usd,
        json_object(
            'model', model, 'model_is_assumed', nullif(is_assumed, FALSE), 'input_tokens', all_input - cached,
            'cache_read_tokens', cached, 'output_tokens', output, 'reasoning_tokens', reasoning,
            'cache_write_input_tokens', nullif(d.last.cache_write_input_tokens, 0), 'total_tokens', all_input + output,
            'service_tier', tier, 'cost_usd', cost
        ) AS data
    FROM usages
    UNION ALL BY NAME
    SELECT
        CASE WHEN is_inner THEN 'inner|' ELSE 'tool|' END
        || coalesce(ref, epoch_us(timestamp)::VARCHAR)
        || '|'
        || nth AS native,
        session_id, timestamp, 'tool_use' AS type, source_file, position AS source_line, notes, tool_name, duration_ms,
        success, error_type,
        json_object(
            'tool_name', tool_name, 'call_id', ref, 'success', success, 'duration_ms', duration_ms,
            'duration_source', CASE
                WHEN e.duration_ms IS NOT NULL THEN 'reported'
                WHEN waited IS NOT NULL THEN 'timestamps'
            END,
            'exit_code', coalesce(e.exit_code, o.exit_code), 'error_type', error_type, 'input_size', c.size,
            'output_size', o.size
        ) AS data
    FROM tool_outcomes
    UNION ALL BY NAME
    SELECT
        'agent|' || key AS native, session_id, timestamp, 'agent_execution' AS type, source_file,
        position AS source_line, notes, agent_id, model, duration_ms, success,
        json_object(
            'agent_id', agent_id, 'agent_name', agent_name, 'agent_session_id', agent_session, 'model', model,
            'duration_ms', duration_ms, 'success', success, 'total_tokens', tokens
        ) AS data
    FROM agents
    UNION ALL BY NAME
    SELECT
        'command|' || coalesce(d.ref, epoch_us(timestamp)::VARCHAR) AS native, session_id, timestamp,
        'command_executed' AS type, source_file, position AS source_line, notes, '!' AS command_name, d.duration_ms,
        d.success,
        json_object(
            'command_name', '!', 'duration_ms', d.duration_ms, 'success', d.success, 'exit_code', d.exit_code
        ) AS data
    FROM tool_records
    WHERE kind = 'end' AND d.by_user
    UNION ALL BY NAME
    SELECT
        kind || '|' || coalesce(d.ref, epoch_us(timestamp)::VARCHAR) AS native, session_id, timestamp,
        'performance' AS type, source_file, position AS source_line, notes, 'turn' AS operation, turns.duration_ms,
        d.error_type IS NULL AS success,
        json_object(
            'operation', 'turn', 'duration_ms', turns.duration_ms, 'success', d.error_type IS NULL,
            'time_to_first_token_ms', d.first_token_ms
        ) AS data
    FROM turns
    UNION ALL BY NAME
    SELECT
        'error|' || kind || '|' || coalesce(d.ref, '') || '|' || epoch_us(timestamp) AS native, session_id, timestamp,
        'error_occurred' AS type, source_file, position AS source_line, notes, d.error_type, FALSE AS success,
        json_object('error_type', d.error_type, 'turn_id', d.ref) AS data
    FROM detailed_facts
    WHERE kind IN ('error', 'complete', 'aborted') AND d.error_type IS NOT NULL
    UNION ALL BY NAME
    SELECT
        'compaction|' || epoch_us(timestamp) AS native, session_id, timestamp, 'performance' AS type, source_file,
        position AS source_line, notes, 'compaction' AS operation, json_object('operation', 'compaction') AS data
    FROM detailed_facts
    WHERE kind = 'compaction'
        AND (
            NOT d.by_event
            OR source_file NOT IN (SELECT source_file FROM detailed_facts WHERE kind = 'compaction' AND NOT d.by_event)
        )
    UNION ALL BY NAME
    SELECT
        'checkpoint|' || coalesce(d.ref, epoch_us(timestamp)::VARCHAR) AS native, session_id, timestamp,
        'checkpoint_created' AS type, source_file, position AS source_line, notes,
        json_object('checkpoint_id', d.ref) AS data
    FROM detailed_facts
    WHERE kind = 'checkpoint'
)
SELECT
    stable_id('codex|' || session_id || '|' || native) AS id, events.timestamp, type, session_id, NULL AS user_id,
    json_merge_patch('{}', data) AS data,
    json_merge_patch(
        '{}',
        json_object(
            'source', 'codex', 'source_file', path, 'line', source_line, 'agent_cli_version', version,
            'git_branch', branch, 'derived', nullif(is_derived, FALSE)
        )
    ) AS metadata,
    tool_name, duration_ms, events.success, token_count, events.project_path, events.model, agent_id, command_name,
    error_type, operation, input_tokens, output_tokens, NULL AS cache_creation_tokens, cache_read_tokens, cost_usd,
    path AS source_file, source_line, coalesce(notes, 0) AS notes
FROM events JOIN path USING (source_file) JOIN (SELECT session_id, version, branch FROM sessions) USING (session_id)
WHERE events.timestamp IS NOT NULL
