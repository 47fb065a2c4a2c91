-- reads: person_contact, person_record, record, contact, contact_flag  gives: one line for everyone known: with a contact
-- in the window, or on the list. Sex: the last recorded one, seen up to the last day. Birth date: the one most records
-- give. A flag: yes where any contact in the window says yes, no where only no is said.
WITH member AS (SELECT DISTINCT unnest($members::BIGINT[]) AS person_id),
of_kind AS (
    SELECT person_id, source_kind FROM person_contact
    WHERE starts::DATE BETWEEN $first::DATE AND $last::DATE
    GROUP BY ALL
),
seen AS (
    SELECT person_id, array_to_string(list_sort(list(source_kind)), '+') AS kinds, count(*) AS systems
    FROM of_kind GROUP BY person_id
),
everyone AS (SELECT person_id FROM member UNION SELECT person_id FROM seen),
mention AS (
    SELECT pr.person_id, r.record_id, r.sex, r.birth_date, r.birth_year_high
    FROM everyone JOIN person_record AS pr USING (person_id) JOIN record AS r USING (record_id)
),
last_seen AS (
    SELECT record_id, max(starts) AS at FROM contact
    WHERE record_id IS NOT NULL AND starts::DATE <= $last::DATE
    GROUP BY record_id
),
said AS (
    SELECT m.person_id,
           first(m.sex ORDER BY l.at DESC NULLS LAST, m.record_id) FILTER (WHERE m.sex IN ('M', 'F', 'X')) AS sex,
           max(m.birth_year_high) AS birth_year_high
    FROM mention AS m
    LEFT JOIN last_seen AS l USING (record_id)
    GROUP BY m.person_id
),
born AS (
    SELECT person_id, birth_date FROM mention
    WHERE birth_date IS NOT NULL
    GROUP BY person_id, birth_date
    QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY count(*) DESC, birth_date DESC) = 1
),
flag AS (
    SELECT c.person_id, max(f.value = 'yes') FILTER (WHERE f.name = 'homeless') AS homeless,
           max(f.value = 'yes') FILTER (WHERE f.name = 'mental_health') AS mental_health,
           max(f.value = 'yes') FILTER (WHERE f.name = 'substance_use') AS substance_use
    FROM contact_flag AS f JOIN person_contact AS c USING (contact_id)
    WHERE f.value IN ('yes', 'no') AND c.starts::DATE BETWEEN $first::DATE AND $last::DATE
    GROUP BY c.person_id
)
SELECT e.person_id, m.person_id IS NOT NULL AS on_list,
       coalesce(seen.kinds, '') AS kinds, coalesce(seen.systems, 0) AS systems, coalesce(said.sex, '') AS sex,
       coalesce(date_sub('year', born.birth_date, $last::DATE),
                date_part('year', $last::DATE) - said.birth_year_high, -1)::INTEGER AS age,
       coalesce(flag.homeless::INTEGER, -1) AS homeless, coalesce(flag.mental_health::INTEGER, -1) AS mental_health,
       coalesce(flag.substance_use::INTEGER, -1) AS substance_use
FROM everyone AS e
LEFT JOIN member AS m USING (person_id)
LEFT JOIN seen USING (person_id)
LEFT JOIN said USING (person_id)
LEFT JOIN born USING (person_id)
LEFT JOIN flag USING (person_id)
ORDER BY e.person_id
