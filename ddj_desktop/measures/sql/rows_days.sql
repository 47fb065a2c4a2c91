-- reads: stay_days, source, contact  gives: one line a stay of a known person that adds days in the days given: of the
-- people given, or of everybody but them
SELECT d.contact_id, d.person_id, s.name AS source, c.kind, c.contact_key AS number, c.starts, c.ends,
       (least(d.last_day, $last::DATE) - greatest(d.first_day, $first::DATE) + 1)::BIGINT AS days
FROM stay_days AS d
JOIN source AS s USING (source_id)
JOIN contact AS c USING (contact_id)
WHERE d.source_kind = $kind AND d.first_day <= least(d.last_day, $last::DATE) AND d.last_day >= $first::DATE
  AND d.person_id IS NOT NULL
  AND (d.person_id IN (SELECT unnest($people::BIGINT[]))) = $inside::BOOLEAN
ORDER BY c.starts, d.contact_id
