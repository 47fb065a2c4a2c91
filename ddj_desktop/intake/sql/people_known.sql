-- reads: current_row, source_row; $source, $whos (text of a list)  gives: how many of these people the source's standing rows name
SELECT count(DISTINCT source_row.who_id)
FROM current_row
JOIN source_row USING (row_id)
WHERE current_row.source_id = $source
  AND source_row.who_id IN (SELECT unnest(CAST($whos AS BIGINT[])))
