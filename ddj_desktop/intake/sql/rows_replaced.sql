-- reads: replaced_row, source_row, import, current_row; $id  gives: the rows an import replaced that may stand again
SELECT replaced_row.row_key, replaced_row.row_id, source_row.group_id
FROM replaced_row
JOIN source_row USING (row_id)
JOIN import ON import.import_id = source_row.import_id
WHERE replaced_row.import_id = $id
  AND import.removed_at IS NULL
  AND replaced_row.row_key NOT IN (SELECT row_key FROM current_row)
