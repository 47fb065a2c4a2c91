-- reads: person_contact  gives: contacts of everyone with any in one kind of source in the window
SELECT person_id, count(*) AS contacts FROM person_contact
WHERE source_kind = $kind AND starts::DATE BETWEEN $first::DATE AND $last::DATE
GROUP BY person_id
ORDER BY person_id
