-- reads: current_row, source_row; $source  gives: every event of a source whose rows stand
SELECT DISTINCT source_row.group_id
FROM current_row
JOIN source_row USING (row_id)
WHERE current_row.source_id = $source
