-- reads: record, source, person_record  gives: the records of one source that have one of the codes given, one line each
WITH wanted AS (SELECT unnest($races::VARCHAR[]) AS race, unnest($ethnicities::VARCHAR[]) AS ethnicity)
SELECT r.record_id, pr.person_id, s.name AS source, r.last_name, r.first_name, r.birth_date, r.race, r.ethnicity
FROM record AS r
JOIN source AS s USING (source_id)
JOIN wanted AS w ON w.race = upper(trim(coalesce(r.race, ''))) AND w.ethnicity = upper(trim(coalesce(r.ethnicity, '')))
LEFT JOIN person_record AS pr USING (record_id)
WHERE r.source_id = $source_id
ORDER BY r.record_id
