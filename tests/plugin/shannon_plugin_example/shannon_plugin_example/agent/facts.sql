-- Lines of the example agent → facts. Reads clean(line, line_no, file_no, notes): valid JSON objects.
WITH records AS (
    SELECT line_no, file_no, notes, example_record(line) AS r FROM clean
), timed AS (
    SELECT *, rfc3339_parts(r.at) AS t, instant_of(rfc3339_parts(r.at)) AS instant FROM records
)
SELECT
    file_no, line_no AS source_line, coalesce(r.run, '') AS session_id,
    CASE WHEN instant IS NOT NULL AND r.kind IN ('call', 'tool_start', 'tool_end') THEN r.kind END AS kind, NULL AS key,
    instant AS timestamp,
    CAST(
        json_object('model', r.model, 'in', r."in", 'out', r.out, 'tool', r.tool, 'ref', r.ref, 'ok', r.ok) AS VARCHAR
    ) AS fields,
    notes | time_notes(t) AS notes, left(coalesce(r.kind, 'unknown'), 100) AS record,
    CASE WHEN instant IS NULL THEN 'bad_timestamp' END AS reason
FROM timed
