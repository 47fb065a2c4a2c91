-- reads: person_contact, contact, charge      gives: the contacts of one person, newest first
SELECT pc.contact_id, pc.source, pc.source_kind, pc.kind, pc.contact_key, pc.starts, pc.ends, pc.has_length,
       c.attributes, (SELECT string_agg(description, '; ' ORDER BY ordinal) FROM charge AS g
                      WHERE g.contact_id = pc.contact_id) AS charges
FROM person_contact AS pc
JOIN contact AS c USING (contact_id)
WHERE pc.person_id = $person::BIGINT
ORDER BY pc.starts DESC, pc.contact_id
