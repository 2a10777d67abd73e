-- Finds the lines that DuckDB's JSON reader alone cannot decide on. Reads lines(line, line_no, file_no). Gives distinct
-- rows: shape of the lines that are fine (shape_of: a few rows for millions of lines), or file_no and line_no of one
-- that is suspicious.
-- Suspicious is what the reader refuses (also half a surrogate pair and a byte order mark) and what it accepts though
-- RFC 8259 does not (trailing commas, NaN) or other readers fail on it (1e999, 5,000 digits, depth). False positives
-- are meant: line_validation.py decides on each (events.md §1).
SELECT DISTINCT
    CASE WHEN NOT is_odd THEN shape END AS shape, CASE WHEN is_odd THEN file_no END AS file_no,
    CASE WHEN is_odd THEN line_no END AS line_no
FROM (
    SELECT
        file_no, line_no, shape_of(line) AS shape,
        CASE
            WHEN shape IS NULL OR shape = '[[],null,null]' THEN TRUE
            WHEN odd_after(line, ',', '[\]}]|') OR odd_after(line, ':', '') OR odd_after(line, '\[', '') THEN TRUE
            -- A line nests at most as deep as it has opening brackets; line_validation.py counts the depth.
            WHEN strlen(line) > 100 AND strlen(line) - strlen(replace(replace(line, '[', ''), '{', '')) > 100 THEN TRUE
            -- For integers of more than 4,300 digits, which Python refuses. RE2 repeats at most 1,000 times, so a
            -- shorter run is suspicious enough.
            WHEN strlen(line) > 1000 AND regexp_matches(line, '[0-9]{309}') THEN TRUE
            ELSE FALSE
        END AS is_odd
    FROM lines
    WHERE NOT is_blank(line)
)
