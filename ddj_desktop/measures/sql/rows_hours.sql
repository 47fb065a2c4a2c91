-- reads: contact, source, person_contact  gives: the contacts of one cell of `hours`, one line each
WITH clocked AS (
    SELECT source_id, avg((starts::TIME = TIME '00:00:00')::INTEGER) < 0.05 AS has_times
    FROM contact
    WHERE starts::DATE BETWEEN $first::DATE AND $last::DATE
    GROUP BY source_id
)
SELECT c.contact_id, c.person_id, c.source, c.kind, c.contact_key AS number, c.starts, c.ends
FROM person_contact AS c JOIN clocked AS t USING (source_id)
WHERE c.person_id IN (SELECT unnest($people::BIGINT[])) AND c.source_kind = $kind
  AND c.starts::DATE BETWEEN $first::DATE AND $last::DATE AND isodow(c.starts) = $weekday
  AND CASE WHEN t.has_times OR c.starts::TIME <> TIME '00:00:00' THEN hour(c.starts) // 3 ELSE -1 END = $block
ORDER BY c.starts, c.contact_id
