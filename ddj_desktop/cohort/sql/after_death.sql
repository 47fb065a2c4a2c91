-- reads: person_contact; $contacts, $days (texts of lists: contacts that tell of a death, and the day, counted from 1970)
-- gives: people and how many of their contacts began on a later day than the first death told of
WITH death AS (
    SELECT unnest(CAST($contacts AS BIGINT[])) AS contact_id, unnest(CAST($days AS INTEGER[])) AS day
), died AS (
    SELECT c.person_id, min(d.day) AS day
    FROM death AS d JOIN person_contact AS c USING (contact_id)
    GROUP BY c.person_id
)
SELECT c.person_id, count(*) AS times
FROM person_contact AS c JOIN died USING (person_id)
WHERE c.source_kind IN ('jail', 'arrest', 'dispatch', 'co_responder', 'ems', 'hospital', 'shelter', 'treatment')
  AND c.starts::DATE - DATE '1970-01-01' > died.day
GROUP BY c.person_id
ORDER BY c.person_id
