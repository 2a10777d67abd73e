-- OTLP JSON lines (logs, metrics and spans of Claude Code, Codex and Gemini) → facts (spec: sources.md §2). Reads clean(line, line_no, file_no, notes): valid
-- JSON objects; a receiver may have wrapped one in a body. One line holds many records. Of attributes only those named here are taken; texts leave as sizes.
WITH told AS (
    SELECT line_no, file_no, notes, json_transform(
        CASE WHEN NOT starts_with(line, '{"resource') AND is_object(line -> '$.body') THEN line -> '$.body' ELSE line END,
        '{"resourceLogs": [{"resource": {"attributes": [{"key": "VARCHAR", "value": {"stringValue": "VARCHAR", "intValue": "VARCHAR", "doubleValue": "VARCHAR", "boolValue": "VARCHAR"}}]},
            "scopeLogs": [{"scope": {"name": "VARCHAR"}, "logRecords": [{"timeUnixNano": "VARCHAR", "observedTimeUnixNano": "VARCHAR", "eventName": "VARCHAR", "body": {"stringValue": "VARCHAR"},
                "attributes": [{"key": "VARCHAR", "value": {"stringValue": "VARCHAR", "intValue": "VARCHAR", "doubleValue": "VARCHAR", "boolValue": "VARCHAR"}}]}]}]}],
          "resourceMetrics": [{"resource": {"attributes": [{"key": "VARCHAR", "value": {"stringValue": "VARCHAR", "intValue": "VARCHAR", "doubleValue": "VARCHAR", "boolValue": "VARCHAR"}}]},
            "scopeMetrics": [{"metrics": [{"name": "VARCHAR", "sum": {"aggregationTemporality": "VARCHAR", "dataPoints": [{"startTimeUnixNano": "VARCHAR", "timeUnixNano": "VARCHAR",
                "asDouble": "DOUBLE", "asInt": "DOUBLE",
                "attributes": [{"key": "VARCHAR", "value": {"stringValue": "VARCHAR", "intValue": "VARCHAR", "doubleValue": "VARCHAR", "boolValue": "VARCHAR"}}]}]}}]}]}],
          "resourceSpans": ["JSON"]}'
    ) AS r
    FROM clean
), logs AS (
    SELECT line_no, file_no, notes, resource, scope, unnest(records) AS record FROM (
        SELECT line_no, file_no, notes, resource, scope_logs.scope.name AS scope, scope_logs.logRecords AS records FROM (
            SELECT line_no, file_no, notes, resource_logs.resource.attributes AS resource, unnest(resource_logs.scopeLogs) AS scope_logs
            FROM (SELECT line_no, file_no, notes, unnest(r.resourceLogs) AS resource_logs FROM told)))
), points AS (
    SELECT line_no, file_no, notes, resource, name, temporality, unnest(data_points) AS point FROM (
        SELECT line_no, file_no, notes, resource, metric.name AS name, metric.sum.aggregationTemporality AS temporality, metric.sum.dataPoints AS data_points FROM (
            SELECT line_no, file_no, notes, resource, unnest(scope_metrics.metrics) AS metric FROM (
                SELECT line_no, file_no, notes, resource_metrics.resource.attributes AS resource, unnest(resource_metrics.scopeMetrics) AS scope_metrics
                FROM (SELECT line_no, file_no, notes, unnest(r.resourceMetrics) AS resource_metrics FROM told))))
), records AS (
    SELECT line_no, file_no, notes, 'log' AS kind, resource, record.attributes AS attributes,
        record.body.stringValue AS body, scope, record.eventName AS name, nullif(record.timeUnixNano, '0') AS time, nullif(record.observedTimeUnixNano, '0') AS observed,
        NULL AS temporality, NULL AS start, NULL AS value
    FROM logs
    UNION ALL BY NAME
    SELECT line_no, file_no, notes, 'metric' AS kind, resource, point.attributes AS attributes, NULL AS body, NULL AS scope, name, point.timeUnixNano AS time, NULL AS observed,
        temporality, point.startTimeUnixNano AS start, coalesce(point.asDouble, point.asInt) AS value
    FROM points
), chosen AS (
    SELECT * REPLACE (list_transform(
        list_filter(coalesce(attributes, []) || coalesce(list_filter(resource, lambda a: a.key IN ('service.name', 'service.version', 'project_path', 'project.path', 'cwd')), []), lambda a: a.key IN (
            'session.id', 'conversation.id', 'user.email', 'user.account_uuid', 'user.id', 'app.version', 'service.name', 'service.version', 'project_path', 'project.path', 'cwd',
            'event.name', 'event.timestamp', 'event.sequence', 'event.kind', 'prompt.id', 'start_type', 'type',
            'model', 'cost_usd', 'duration_ms', 'ttft_ms', 'input_tokens', 'output_tokens', 'cache_read_tokens', 'cache_creation_tokens', 'request_id', 'speed', 'query_source', 'effort',
            'agent.name', 'input_token_count', 'output_token_count', 'cached_token_count', 'cached_content_token_count', 'reasoning_token_count', 'thoughts_token_count', 'tool_token_count',
            'tool_name', 'function_name', 'tool_use_id', 'call_id', 'success', 'decision', 'source', 'decision_source', 'tool_input_size_bytes', 'tool_result_size_bytes', 'arguments', 'output',
            'error_type', 'error.type', 'error_name', 'error_code', 'status_code', 'http.response.status_code', 'attempt', 'status',
            'hook_event', 'hook_name', 'hook_event_name', 'num_hooks', 'num_success', 'num_blocking', 'num_non_blocking_error', 'num_cancelled', 'total_duration_ms',
            'agent_type', 'agent_name', 'total_tokens', 'total_tool_uses', 'is_async', 'terminate_reason', 'trigger', 'pre_tokens', 'post_tokens', 'command_name', 'command', 'prompt_length'
        )),
        lambda a: {
            'key': CASE WHEN a.key IN ('arguments', 'output') THEN a.key || '_size' ELSE a.key END,
            'value': CASE WHEN a.key IN ('arguments', 'output') THEN CAST(length(a.value.stringValue) AS VARCHAR)
                ELSE coalesce(a.value.stringValue, a.value.intValue, a.value.doubleValue, a.value.boolValue) END
        }
    ) AS attributes), CASE WHEN kind = 'metric' THEN md5(CAST(list_sort(coalesce(attributes, []) || coalesce(resource, [])) AS VARCHAR)) END AS series
    FROM records
), named AS (
    SELECT * EXCLUDE (name, attributes, resource, body, scope),
        '{' || coalesce(array_to_string(list_transform(attributes, lambda a: CAST(to_json(a.key) AS VARCHAR) || ':' || coalesce(CAST(to_json(a.value) AS VARCHAR), 'null')), ','), '') || '}' AS attributes,
        regexp_extract(coalesce(CASE WHEN regexp_matches(body, '^(claude_code|codex|gemini_cli)\.') THEN body END,
            list_filter(attributes, lambda a: a.key = 'event.name')[1].value, name),
            '^(?:(claude_code|codex|gemini_cli)\.)?(.*)$', ['family', 'name']) AS n,
        CASE
            WHEN starts_with(scope, 'com.anthropic.claude_code') THEN 'claude_code'
            WHEN starts_with(scope, 'codex') THEN 'codex'
            ELSE regexp_extract(replace(list_filter(attributes, lambda a: a.key = 'service.name')[1].value, '-', '_'), '^(claude_code|codex|gemini_cli)')
        END AS origin
    FROM chosen
), typed AS (
    SELECT *, json_transform(attributes, '{"session.id": "VARCHAR", "conversation.id": "VARCHAR", "event.timestamp": "VARCHAR"}') AS d,
        coalesce(nullif(n.family, ''), nullif(origin, '')) AS family
    FROM named
), timed AS (
    SELECT *, TRY_CAST(coalesce(time, observed) AS BIGINT) AS nanos, coalesce(
        in_range(make_timestamp(nullif(TRY_CAST(coalesce(time, observed) AS BIGINT), 0) // 1000)), instant_of(rfc3339_parts(d."event.timestamp"))
    ) AS instant
    FROM typed
)
SELECT file_no, line_no AS source_line, coalesce(d."session.id", d."conversation.id", '') AS session_id,
    CASE WHEN family IS NOT NULL AND instant IS NOT NULL THEN kind END AS kind, NULL AS key, instant AS timestamp,
    '{"family":"' || family || '","name":' || CAST(to_json(n.name) AS VARCHAR) || CASE WHEN attributes = '{}' THEN '' ELSE ',' END || attributes[2:-2] || CASE kind WHEN 'log' THEN '}'
        ELSE ',' || CAST(json_object('value', finite(value), 'start', start, 'series', series, 'is_cumulative', temporality = '2' OR contains(temporality, 'CUMULATIVE')) AS VARCHAR)[2:]
    END AS fields,
    notes | CASE WHEN nanos % 1000 <> 0 THEN 2 ELSE 0 END AS notes,
    left(kind || CASE WHEN family IS NULL THEN '' ELSE '/' || n.name END, 100) AS record, NULL AS reason
FROM timed
UNION ALL BY NAME
SELECT file_no, line_no AS source_line, NULL AS kind, CASE
    WHEN r.resourceSpans IS NOT NULL THEN 'spans'
    WHEN r.resourceLogs IS NOT NULL THEN 'logs'
    WHEN r.resourceMetrics IS NOT NULL THEN 'metrics'
    ELSE 'unknown'
END AS record, NULL AS reason
FROM told
