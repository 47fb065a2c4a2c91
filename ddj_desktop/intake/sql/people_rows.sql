-- reads: current_row, source_row, import; $source, $whos (text of a list)  gives: row ids of the standing rows of people lists that name these people
SELECT current_row.row_id
FROM current_row
JOIN source_row USING (row_id)
JOIN import USING (import_id)
WHERE current_row.source_id = $source
  AND import.mapping LIKE '%"people_only": true%'
  AND source_row.who_id IN (SELECT unnest(CAST($whos AS BIGINT[])))
