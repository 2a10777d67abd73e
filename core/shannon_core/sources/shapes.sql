-- Which members the lines have, and those of their data and metadata: a few different rows for millions of lines.
SELECT DISTINCT to_json(json_keys(line, ['$', '$.data', '$.metadata']))
FROM lines
WHERE json_valid(line)
