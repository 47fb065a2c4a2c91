-- reads: record_mark; $records (text of a list of record ids)  changes: decided_record
-- gives: nothing; keeps the marks of records that were decided on for the first time
INSERT INTO decided_record
SELECT record_id, source_id, key_mark, name_mark, birth_mark
FROM record_mark
WHERE record_id IN (SELECT unnest(CAST($records AS BIGINT[])))
  AND record_id NOT IN (SELECT record_id FROM decided_record)
