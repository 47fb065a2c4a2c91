-- reads: person_record  gives: the other records of the person a record belongs to
SELECT other.record_id
FROM person_record AS mine
JOIN person_record AS other USING (person_id)
WHERE mine.record_id = $record_id AND other.record_id <> $record_id
ORDER BY other.record_id
