-- reads: contact, source, record, person_record  gives: contacts of known people started in the days given, by kind of
-- source and the place of the codes of the contact's own record (-1: in none of the lists), with the people behind them
WITH crosswalk AS (
    SELECT unnest($sources::INTEGER[]) AS source_id, unnest($races::VARCHAR[]) AS race,
           unnest($ethnicities::VARCHAR[]) AS ethnicity, unnest(range(len($sources::INTEGER[]))) AS place
)
SELECT s.kind, coalesce(x.place, -1)::BIGINT AS place, count(*) AS contacts
FROM contact AS c
JOIN source AS s USING (source_id)
JOIN record AS r USING (record_id)
JOIN person_record AS pr USING (record_id)
LEFT JOIN crosswalk AS x
  ON x.source_id = r.source_id AND x.race = upper(trim(coalesce(r.race, '')))
 AND x.ethnicity = upper(trim(coalesce(r.ethnicity, '')))
WHERE c.starts::DATE BETWEEN $first::DATE AND $last::DATE
GROUP BY ALL
ORDER BY ALL
