-- reads: person_record, person      gives: records placed with a person that is not there, or merged away
SELECT pr.record_id
FROM person_record AS pr
LEFT JOIN person AS p USING (person_id)
WHERE p.person_id IS NULL OR p.merged_into IS NOT NULL
