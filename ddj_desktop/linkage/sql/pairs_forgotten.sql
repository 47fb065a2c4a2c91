-- reads: record, contact; $records (text of a list of record ids)  changes: match_pair
-- gives: nothing; takes away the pairs of these records and of records that are gone, and questions about records
-- without a contact
WITH wanted AS (SELECT unnest(CAST($records AS BIGINT[])) AS record_id)
DELETE FROM match_pair
WHERE left_record IN (SELECT record_id FROM wanted) OR right_record IN (SELECT record_id FROM wanted)
   OR left_record NOT IN (SELECT record_id FROM record) OR right_record NOT IN (SELECT record_id FROM record)
   OR (askable AND (left_record NOT IN (SELECT record_id FROM contact WHERE record_id IS NOT NULL)
                            OR right_record NOT IN (SELECT record_id FROM contact WHERE record_id IS NOT NULL)))
