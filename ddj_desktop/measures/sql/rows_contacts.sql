-- reads: contact, source, person_record  gives: one line a contact of a kind of source (or of one source), started in
-- the days given, of the people given (null: of anybody)
SELECT c.contact_id, pr.person_id, s.name AS source, c.kind, c.contact_key AS number, c.starts, c.ends
FROM contact AS c
JOIN source AS s USING (source_id)
LEFT JOIN person_record AS pr USING (record_id)
WHERE c.starts::DATE BETWEEN $first::DATE AND $last::DATE
  AND ($kind::VARCHAR IS NULL OR s.kind = $kind::VARCHAR)
  AND ($source_id::INTEGER IS NULL OR s.source_id = $source_id::INTEGER)
  AND ($people::BIGINT[] IS NULL OR pr.person_id IN (SELECT unnest($people::BIGINT[])))
ORDER BY c.starts, c.contact_id
