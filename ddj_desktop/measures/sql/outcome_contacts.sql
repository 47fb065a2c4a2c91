-- reads: person_contact  gives: the contacts of one kind of source that each person given had in the days given for them
WITH followed AS (
    SELECT unnest($people::BIGINT[]) AS person_id, unnest($firsts::DATE[]) AS first, unnest($lasts::DATE[]) AS last
)
SELECT c.contact_id, c.person_id, c.source, c.kind, c.contact_key AS number, c.starts, c.ends
FROM followed AS f JOIN person_contact AS c USING (person_id)
WHERE c.source_kind = $kind AND c.starts::DATE BETWEEN f.first AND f.last
ORDER BY c.starts, c.contact_id
