-- reads: current_row, record_row, record, person_history
-- gives: for each record no match has seen yet the record, gone now, whose row it took
SELECT c.record_id, min(r.record_id) AS gone
FROM current_row AS c
JOIN record_row AS r USING (row_key)
WHERE c.record_id <> r.record_id
  AND NOT EXISTS (SELECT 1 FROM record AS m WHERE m.record_id = r.record_id)
  AND NOT EXISTS (SELECT 1 FROM person_history AS h WHERE h.record_id = c.record_id)
GROUP BY c.record_id
ORDER BY c.record_id
