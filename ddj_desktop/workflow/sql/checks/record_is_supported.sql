-- reads: record, current_row, contact      gives: records that rest on no current row
SELECT m.record_id
FROM record AS m
WHERE NOT EXISTS (SELECT 1 FROM current_row AS w WHERE w.record_id = m.record_id)
  AND NOT EXISTS (SELECT 1 FROM contact AS c WHERE c.record_id = m.record_id)
