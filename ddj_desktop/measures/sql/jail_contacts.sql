-- reads: contact, source, person_record, charge  gives: one line a jail contact of a known person started up to the last
-- day, by person and start: its kind's and its gravest charge's place in the lists given (0: in none), times in seconds
-- since 1970, and an end of -1 where it had not ended by then
WITH grade AS (SELECT unnest($groups::VARCHAR[]) AS charge_group, unnest(range(1, len($groups) + 1)) AS grade),
place AS (SELECT unnest($kinds::VARCHAR[]) AS kind, unnest(range(1, len($kinds) + 1)) AS place),
gravest AS (
    SELECT contact_id, min(grade) AS grade FROM charge JOIN grade USING (charge_group) GROUP BY contact_id
)
SELECT c.contact_id, pr.person_id, coalesce(p.place, 0)::BIGINT AS kind, epoch(c.starts)::BIGINT AS starts,
       CASE WHEN c.ends::DATE <= $last::DATE THEN greatest(epoch(c.ends)::BIGINT, epoch(c.starts)::BIGINT) ELSE -1
       END AS ends,
       coalesce(g.grade, 0)::BIGINT AS grade
FROM contact AS c
JOIN source AS s USING (source_id)
JOIN person_record AS pr USING (record_id)
LEFT JOIN place AS p ON p.kind = c.kind
LEFT JOIN gravest AS g USING (contact_id)
WHERE s.kind = 'jail' AND c.starts::DATE <= $last::DATE
ORDER BY pr.person_id, c.starts, c.contact_id
