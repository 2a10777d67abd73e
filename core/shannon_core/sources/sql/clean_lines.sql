-- The lines that a source's SQL reads where some were suspicious: the others, and what line_validation.py repaired.
SELECT line, line_no, file_no, 0 AS notes
FROM lines ANTI JOIN odd USING (file_no, line_no)
WHERE NOT is_blank(line)
UNION ALL
SELECT line, line_no, file_no, notes
FROM repaired
