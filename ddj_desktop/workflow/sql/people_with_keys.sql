-- reads: person  gives: every number a person has or had, with its random key, and the number that holds now
WITH RECURSIVE line AS (
    SELECT person_id AS now, person_id FROM person WHERE merged_into IS NULL
    UNION ALL
    SELECT line.now, person.person_id FROM person JOIN line ON person.merged_into = line.person_id
)
SELECT line.now, person.person_id, person.person_key
FROM line JOIN person USING (person_id)
ORDER BY person.person_id
