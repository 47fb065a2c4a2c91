-- reads: contact, source, person_record  gives: the named contacts, one line each, by start
SELECT c.contact_id, pr.person_id, s.name AS source, c.kind, c.contact_key AS number, c.starts, c.ends
FROM (SELECT unnest($contacts::BIGINT[]) AS contact_id) AS wanted
JOIN contact AS c USING (contact_id)
JOIN source AS s USING (source_id)
LEFT JOIN person_record AS pr USING (record_id)
ORDER BY c.starts, c.contact_id
