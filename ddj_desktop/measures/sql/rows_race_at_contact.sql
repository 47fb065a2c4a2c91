-- reads: contact, source, record, person_record  gives: the contacts of one kind of source started in the days given
-- whose own record has one of the codes given, one line each
WITH wanted AS (
    SELECT unnest($sources::INTEGER[]) AS source_id, unnest($races::VARCHAR[]) AS race,
           unnest($ethnicities::VARCHAR[]) AS ethnicity
)
SELECT c.contact_id, pr.person_id, s.name AS source, c.kind, c.contact_key AS number, c.starts, c.ends
FROM contact AS c
JOIN source AS s USING (source_id)
JOIN record AS r USING (record_id)
JOIN person_record AS pr USING (record_id)
JOIN wanted AS w
  ON w.source_id = r.source_id AND w.race = upper(trim(coalesce(r.race, '')))
 AND w.ethnicity = upper(trim(coalesce(r.ethnicity, '')))
WHERE s.kind = $kind AND c.starts::DATE BETWEEN $first::DATE AND $last::DATE
ORDER BY c.starts, c.contact_id
