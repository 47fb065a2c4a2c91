-- reads: record, person_record, source, contact
-- gives: for each person the names as last written in a contact, by sources of these kinds ($kinds NULL: by any)
SELECT pr.person_id,
       arg_max(m.last_name, coalesce(c.starts, TIMESTAMP '1900-01-01')) AS last_name,
       arg_max(m.first_name, coalesce(c.starts, TIMESTAMP '1900-01-01')) AS first_name,
       arg_max(m.middle_name, coalesce(c.starts, TIMESTAMP '1900-01-01')) AS middle_name,
       arg_max(m.suffix, coalesce(c.starts, TIMESTAMP '1900-01-01')) AS suffix,
       mode(m.birth_date ORDER BY m.birth_date) AS birth_date,
       mode(m.sex ORDER BY m.sex) AS sex
FROM person_record AS pr
JOIN record AS m USING (record_id)
JOIN source AS s USING (source_id)
LEFT JOIN contact AS c USING (record_id)
WHERE pr.person_id IN (SELECT unnest($people::BIGINT[]))
  AND ($kinds::VARCHAR[] IS NULL OR list_contains($kinds::VARCHAR[], s.kind))
GROUP BY pr.person_id
