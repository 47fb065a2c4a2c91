-- reads: person_contact, person_record, record, contact  gives: for everyone known (with a contact in the window, or on
-- the list) each of their records whose codes are in the lists given, with the place of those codes and when its last
-- contact up to the last day was (seconds since 1970), the last one first
WITH everyone AS (
    SELECT DISTINCT unnest($members::BIGINT[]) AS person_id
    UNION
    SELECT person_id FROM person_contact WHERE starts::DATE BETWEEN $first::DATE AND $last::DATE
),
crosswalk AS (
    SELECT unnest($sources::INTEGER[]) AS source_id, unnest($races::VARCHAR[]) AS race,
           unnest($ethnicities::VARCHAR[]) AS ethnicity, unnest(range(len($sources::INTEGER[]))) AS place
),
last_seen AS (
    SELECT record_id, epoch(max(starts))::BIGINT AS at FROM contact
    WHERE record_id IS NOT NULL AND starts::DATE <= $last::DATE
    GROUP BY record_id
)
SELECT pr.person_id, x.place, coalesce(l.at, -9000000000000)::BIGINT AS seen
FROM everyone AS e
JOIN person_record AS pr USING (person_id)
JOIN record AS r USING (record_id)
JOIN crosswalk AS x
  ON x.source_id = r.source_id AND x.race = upper(trim(coalesce(r.race, '')))
 AND x.ethnicity = upper(trim(coalesce(r.ethnicity, '')))
LEFT JOIN last_seen AS l ON l.record_id = r.record_id
ORDER BY pr.person_id, seen DESC, r.record_id
