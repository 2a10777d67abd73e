-- The lines that shannon.sql and its like may read, where some were odd: the others, and what settle.py repaired.
SELECT line, line_no, file_no, 0 AS notes
FROM lines ANTI JOIN odd USING (file_no, line_no)
WHERE NOT is_blank(line)
UNION ALL
SELECT line, line_no, file_no, notes FROM repaired
