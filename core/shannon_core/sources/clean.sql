-- The lines that shannon.sql and its like may read, where some were odd: the others, and what settle.py repaired.
SELECT line, line_no, file_no, 0 AS notes
FROM lines
WHERE NOT (strlen(line) < 100 AND trim(line, E' \t\r\n') = '')
  AND NOT EXISTS (FROM odd WHERE odd.file_no = lines.file_no AND odd.line_no = lines.line_no)
UNION ALL
SELECT line, line_no, file_no, notes FROM repaired
