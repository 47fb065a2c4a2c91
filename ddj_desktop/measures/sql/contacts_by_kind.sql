-- reads: source, person_contact  gives: for each kind of source the contacts of known people in the window: of everyone,
-- of people on the list, how many people stand behind each, and the two people on the list with the most
WITH member AS (SELECT DISTINCT unnest($members::BIGINT[]) AS person_id),
kinds AS (SELECT DISTINCT kind FROM source),
each_person AS (
    SELECT k.kind, c.person_id, count(c.contact_id) AS n
    FROM kinds AS k
    LEFT JOIN person_contact AS c ON c.source_kind = k.kind AND c.starts::DATE BETWEEN $first::DATE AND $last::DATE
    GROUP BY k.kind, c.person_id
)
SELECT e.kind, sum(e.n)::BIGINT AS of_all, count(e.person_id) AS of_people,
       coalesce(sum(e.n) FILTER (WHERE m.person_id IS NOT NULL), 0)::BIGINT AS of_list, count(m.person_id) AS people,
       coalesce(list(e.n ORDER BY e.n DESC) FILTER (WHERE m.person_id IS NOT NULL)[:2], []) AS top
FROM each_person AS e LEFT JOIN member AS m USING (person_id)
GROUP BY e.kind
ORDER BY e.kind
