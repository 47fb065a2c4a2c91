-- reads: person_contact  gives: the days on which contacts of the people given started, in one kind of source
SELECT DISTINCT person_id, starts::DATE AS day
FROM person_contact
WHERE source_kind = $kind AND starts::DATE BETWEEN $first::DATE AND $last::DATE
  AND person_id IN (SELECT unnest($people::BIGINT[]))
ORDER BY ALL
