-- reads: person_history; $records (text of a list of record ids)  gives: every change of their person, oldest first
SELECT record_id, run_id, to_person
FROM person_history
WHERE record_id IN (SELECT unnest(CAST($records AS BIGINT[])))
ORDER BY record_id, run_id, to_person NULLS FIRST
