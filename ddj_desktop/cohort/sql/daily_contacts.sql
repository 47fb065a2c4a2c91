-- reads: source, contact  gives: how many contacts each source has on each day, named or not; sources without any too
WITH day AS (SELECT source_id, starts::DATE AS day, count(*)::INTEGER AS contacts FROM contact GROUP BY ALL)
SELECT s.source_id, s.name, s.kind, d.day, coalesce(d.contacts, 0)::INTEGER AS contacts
FROM source AS s LEFT JOIN day AS d USING (source_id)
ORDER BY s.source_id, d.day
