-- Which members the lines have (shape_of): a few different rows for millions of lines. And the lines that DuckDB's JSON
-- reader alone must not judge: what it refuses (it also refuses half a surrogate pair, and a byte order mark), and what
-- it lets through though RFC 8259 does not (trailing commas, NaN) or readers choke on (1e999, 5,000 digits, depth).
-- Generous on purpose: line_validation.py decides on each.
SELECT DISTINCT
    CASE WHEN NOT is_odd THEN shape END AS shape, CASE WHEN is_odd THEN file_no END AS file_no,
    CASE WHEN is_odd THEN line_no END AS line_no
FROM (
    SELECT
        file_no, line_no, shape_of(line) AS shape,
        CASE
            WHEN shape IS NULL OR shape = '[[],null,null]' THEN TRUE
            WHEN odd_after(line, ',', '[\]}]|') OR odd_after(line, ':', '') OR odd_after(line, '\[', '') THEN TRUE
            WHEN strlen(line) > 100 AND strlen(line) - strlen(replace(replace(line, '[', ''), '{', '')) > 100 THEN TRUE
            WHEN strlen(line) > 1000 AND regexp_matches(line, '[0-9]{309}') THEN TRUE
            ELSE FALSE
        END AS is_odd
    FROM lines
    WHERE NOT is_blank(line)
)
