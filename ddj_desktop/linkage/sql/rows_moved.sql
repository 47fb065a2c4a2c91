-- reads: current_row  changes: record_row  gives: nothing; forgets the record of every row that makes another one now
DELETE FROM record_row
WHERE EXISTS (
    SELECT 1 FROM current_row AS c
    WHERE c.row_key = record_row.row_key AND c.record_id IS NOT NULL AND c.record_id <> record_row.record_id
)
