-- reads: current_row, source_row; $source, $whos (text of a list)  gives: the events whose rows name these people by the source's own id
SELECT DISTINCT source_row.group_id
FROM current_row
JOIN source_row USING (row_id)
WHERE current_row.source_id = $source
  AND source_row.who_id IN (SELECT unnest(CAST($whos AS BIGINT[])))
