-- reads: stay_days, source, contact  gives: the stays in one kind of source that add days to the days given for each
-- person given, with how many
WITH followed AS (
    SELECT unnest($people::BIGINT[]) AS person_id, unnest($firsts::DATE[]) AS first, unnest($lasts::DATE[]) AS last
)
SELECT d.contact_id, d.person_id, s.name AS source, c.kind, c.contact_key AS number, c.starts, c.ends,
       (least(d.last_day, f.last) - greatest(d.first_day, f.first) + 1)::BIGINT AS days
FROM followed AS f
JOIN stay_days AS d USING (person_id)
JOIN source AS s USING (source_id)
JOIN contact AS c USING (contact_id)
WHERE d.source_kind = $kind AND d.first_day <= least(d.last_day, f.last) AND d.last_day >= f.first
ORDER BY c.starts, d.contact_id
