-- reads: person_contact
-- gives: for each of these people the kind of source and the day of every contact that began in the window
SELECT person_id, source_kind, starts::DATE AS day
FROM person_contact
WHERE list_contains($people::BIGINT[], person_id) AND starts::DATE BETWEEN $first::DATE AND $last::DATE
ORDER BY person_id, source_kind, day
