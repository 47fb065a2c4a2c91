-- reads: current_row, contact; $records (text of a list of record ids)  gives: those of them that no standing row mentions any more
SELECT wanted.record_id
FROM (SELECT unnest(CAST($records AS BIGINT[])) AS record_id) AS wanted
WHERE NOT EXISTS (SELECT 1 FROM current_row WHERE current_row.record_id = wanted.record_id)
  AND NOT EXISTS (SELECT 1 FROM contact WHERE contact.record_id = wanted.record_id)
