-- reads: stay_days  gives: for each kind of source with stays the days of known people in the window: of everyone, of
-- people on the list, how many people stand behind each, and the two people on the list with the most
WITH member AS (SELECT DISTINCT unnest($members::BIGINT[]) AS person_id),
each_person AS (
    SELECT source_kind AS kind, person_id,
           sum(greatest(0, least(last_day, $last::DATE) - greatest(first_day, $first::DATE) + 1)) AS n,
           count(*) FILTER (WHERE first_day <= least(last_day, $last::DATE) AND last_day >= $first::DATE) AS stays
    FROM stay_days
    WHERE starts_on <= $last::DATE AND person_id IS NOT NULL
    GROUP BY source_kind, person_id
)
SELECT e.kind, sum(e.n)::BIGINT AS of_all, count(*) FILTER (WHERE e.n > 0) AS of_people,
       coalesce(sum(e.n) FILTER (WHERE m.person_id IS NOT NULL), 0)::BIGINT AS of_list,
       count(m.person_id) FILTER (WHERE e.n > 0) AS people,
       coalesce(sum(e.stays) FILTER (WHERE m.person_id IS NOT NULL), 0)::BIGINT AS stays,
       coalesce(list(e.n ORDER BY e.n DESC) FILTER (WHERE m.person_id IS NOT NULL)[:2], []) AS top
FROM each_person AS e LEFT JOIN member AS m USING (person_id)
GROUP BY e.kind
ORDER BY e.kind
