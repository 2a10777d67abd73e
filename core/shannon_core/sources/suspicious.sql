-- Lines that DuckDB's JSON reader alone must not judge: what it refuses (it also refuses half a surrogate pair, and a byte order
-- mark), and what it lets through though RFC 8259 does not (trailing commas, NaN) or readers choke on (1e999, 5,000 digits,
-- depth, equal keys – which $repeats says are there at all). Generous on purpose: settle.py has the last word on each.
-- Without $strict, for transcripts: of those only numbers and names are taken, and their texts are full of code that looks odd.
SELECT file_no, line_no, line
FROM lines
WHERE CASE
        WHEN coalesce(TRY(json_type(line)), '') <> 'OBJECT' THEN CASE WHEN strlen(line) < 100 THEN trim(line, E' \t\r\n') <> '' ELSE true END
        WHEN $strict AND regexp_matches(line, ',\s*[\]}]') THEN true
        WHEN $strict AND odd_number(line, ':') THEN true
        WHEN $strict AND odd_number(line, ',') THEN true
        WHEN $strict AND odd_number(line, '\[') THEN true
        WHEN $strict AND strlen(line) > 1000 AND regexp_matches(line, '[0-9]{309}') THEN true
        WHEN $strict AND strlen(line) - strlen(replace(replace(line, '[', ''), '{', '')) > 100 THEN true
        WHEN $repeats THEN list_unique(json_keys(line)) <> len(json_keys(line))
            OR coalesce(list_unique(json_keys(line, '$.data')) <> len(json_keys(line, '$.data')), false)
            OR coalesce(list_unique(json_keys(line, '$.metadata')) <> len(json_keys(line, '$.metadata')), false)
        ELSE false
      END
