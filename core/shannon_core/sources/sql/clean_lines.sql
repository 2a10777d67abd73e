-- Body of the CTE clean where some lines were suspicious. Reads lines(line, line_no, file_no), odd (those that were
-- sent to line_validation.py) and repaired (what came back). Gives line, line_no, file_no and notes, the bits of what
-- was altered.
SELECT line, line_no, file_no, 0 AS notes
FROM lines ANTI JOIN odd USING (file_no, line_no)
WHERE NOT is_blank(line)
UNION ALL
SELECT line, line_no, file_no, notes
FROM repaired
