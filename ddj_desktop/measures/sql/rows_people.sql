-- reads: person_record, record, person_contact  gives: the named people, one line each, as last written, with their
-- contacts in the window
WITH wanted AS (SELECT DISTINCT unnest($people::BIGINT[]) AS person_id),
mention AS (
    SELECT pr.person_id, r.last_name, r.first_name, r.full_name, r.birth_date, r.sex
    FROM wanted JOIN person_record AS pr USING (person_id) JOIN record AS r USING (record_id)
    QUALIFY row_number() OVER (
        PARTITION BY pr.person_id
        ORDER BY (r.birth_date IS NOT NULL) DESC, (r.last_name IS NOT NULL) DESC, r.record_id
    ) = 1
),
seen AS (
    SELECT c.person_id, count(*) AS contacts, count(DISTINCT c.source_kind) AS systems, max(c.starts)::DATE AS last_contact
    FROM wanted JOIN person_contact AS c USING (person_id)
    WHERE c.starts::DATE BETWEEN $first::DATE AND $last::DATE
    GROUP BY c.person_id
)
SELECT w.person_id, coalesce(m.last_name, m.full_name) AS last_name, m.first_name, m.birth_date, m.sex,
       coalesce(s.contacts, 0) AS contacts, coalesce(s.systems, 0) AS systems, s.last_contact
FROM wanted AS w LEFT JOIN mention AS m USING (person_id) LEFT JOIN seen AS s USING (person_id)
ORDER BY w.person_id
