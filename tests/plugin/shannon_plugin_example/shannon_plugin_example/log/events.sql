-- Lines of the example log → events. Reads clean(line, line_no, file_no, notes): valid JSON objects. A row with a
-- reason is a rejected line.
WITH records AS (
    SELECT
        line_no, file_no, notes, line,
        json_transform(
            line, '{"when": "VARCHAR", "model": "VARCHAR", "tokens": {"in": "BIGINT", "out": "BIGINT"}}'
        ) AS r
    FROM clean
), timed AS (
    SELECT *, rfc3339_parts(r."when") AS t, instant_of(rfc3339_parts(r."when")) AS instant FROM records
)
SELECT
    stable_id('example-log|' || line) AS id, instant AS timestamp, 'token_usage' AS type, NULL AS session_id,
    NULL AS user_id, '{}' AS data, '{}' AS metadata, NULL AS tool_name, NULL AS duration_ms, NULL AS success,
    r.tokens."in" + r.tokens.out AS token_count, NULL AS project_path, r.model, NULL AS agent_id, NULL AS command_name,
    NULL AS error_type, NULL AS operation, r.tokens."in" AS input_tokens, r.tokens.out AS output_tokens,
    NULL AS cache_creation_tokens, NULL AS cache_read_tokens, NULL AS cost_usd, NULL AS extra,
    notes | time_notes(t) AS notes, file_no, line_no AS source_line,
    CASE WHEN instant IS NULL THEN 'bad_timestamp' END AS reason
FROM timed
