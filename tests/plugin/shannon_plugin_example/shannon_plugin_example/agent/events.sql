-- Facts of the example agent's sessions → events: a usage for each call, a tool use for each end with its beginning.
-- Reads facts and prices.
WITH typed AS (
    SELECT
        *,
        json_transform(
            fields,
            '{
                "model": "VARCHAR", "in": "BIGINT", "out": "BIGINT", "tool": "VARCHAR", "ref": "VARCHAR",
                "ok": "BOOLEAN"
            }'
        ) AS d
    FROM facts
), happened AS (
    SELECT
        session_id, timestamp, source_file, position AS source_line, notes, 'token_usage' AS type, d.model AS model,
        tokens_of(d."in") AS input_tokens, tokens_of(d.out) AS output_tokens,
        tokens_of(d."in") + tokens_of(d.out) AS token_count
    FROM typed
    WHERE kind = 'call'
    UNION ALL BY NAME
    SELECT
        ended.session_id, ended.timestamp, ended.source_file, ended.position AS source_line, ended.notes,
        'tool_use' AS type, began.d.tool AS tool_name, ended.d.ok AS success,
        date_diff('millisecond', began.timestamp, ended.timestamp) AS duration_ms
    FROM typed AS ended JOIN typed AS began ON began.session_id = ended.session_id AND began.d.ref = ended.d.ref
    WHERE ended.kind = 'tool_end' AND began.kind = 'tool_start'
)
SELECT
    stable_id('example-agent|' || source_file || '|' || source_line) AS id, timestamp, type, session_id,
    NULL AS user_id, json_object('tool_name', tool_name, 'model', happened.model) AS data, '{}' AS metadata, tool_name,
    duration_ms, success, token_count, NULL AS project_path, happened.model, NULL AS agent_id, NULL AS command_name,
    NULL AS error_type, NULL AS operation, input_tokens, output_tokens, NULL AS cache_creation_tokens,
    NULL AS cache_read_tokens, cost_of(prices, input_tokens, output_tokens, 0, 0, 0, NULL) AS cost_usd, source_file,
    source_line, notes
FROM happened LEFT JOIN prices ON prices.model = happened.model
