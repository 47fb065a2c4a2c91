-- reads: current_row, source_row; $source, $groups (text of a list of whole numbers)  gives: the rows of these events that stand now
SELECT current_row.row_key, source_row.group_id, source_row.content_id, current_row.row_id, current_row.contact_id,
       current_row.record_id, source_row.import_id
FROM current_row
JOIN source_row USING (row_id)
WHERE current_row.source_id = $source
  AND source_row.group_id IN (SELECT unnest(CAST($groups AS BIGINT[])))
