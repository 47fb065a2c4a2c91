-- reads: current_row  changes: record_row  gives: nothing; keeps the record each row makes now
INSERT INTO record_row
SELECT row_key, record_id
FROM current_row
WHERE record_id IS NOT NULL AND row_key NOT IN (SELECT row_key FROM record_row)
