-- reads: source, contact  gives: how many contacts each source has on each day, named or not; sources without any too
SELECT s.source_id, s.name, s.kind, c.starts::DATE AS day, count(c.contact_id)::INTEGER AS contacts
FROM source AS s LEFT JOIN contact AS c USING (source_id)
GROUP BY ALL
ORDER BY s.source_id, day
