-- reads: record, source, person_record; $records (text of a list of record ids)
-- gives: what each says, to be shown beside another
SELECT m.record_id, pr.person_id, s.name AS source, m.record_key, m.full_name, m.first_name, m.middle_name, m.last_name,
       m.suffix, m.birth_date, m.birth_year_low, m.birth_year_high, m.sex, m.ssn, m.address, m.city, m.phone
FROM record AS m
JOIN source AS s USING (source_id)
LEFT JOIN person_record AS pr USING (record_id)
WHERE m.record_id IN (SELECT unnest(CAST($records AS BIGINT[])))
