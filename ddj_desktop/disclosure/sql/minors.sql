-- reads: person_record, record  gives: those of these people whose mentions give a birth date under 18, by any of them
SELECT DISTINCT pr.person_id
FROM person_record AS pr
JOIN record AS r USING (record_id)
WHERE list_contains($people::BIGINT[], pr.person_id) AND r.birth_date > $since::DATE
