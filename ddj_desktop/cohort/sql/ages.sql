-- reads: record, person_record  gives: one line a record of a known person that says when they were born: the birth date as
-- a day number, or the latest birth year otherwise possible
SELECT r.record_id, pr.person_id, (r.birth_date - DATE '1970-01-01')::INTEGER AS born, r.birth_year_high
FROM record AS r JOIN person_record AS pr USING (record_id)
WHERE r.birth_date IS NOT NULL OR r.birth_year_high IS NOT NULL
ORDER BY r.record_id
