-- reads: person_contact  gives: for each of these people, kind of source and how many contacts began in the window
SELECT person_id, source_kind, count(*) AS contacts
FROM person_contact
WHERE list_contains($people::BIGINT[], person_id) AND starts::DATE BETWEEN $first::DATE AND $last::DATE
GROUP BY person_id, source_kind
