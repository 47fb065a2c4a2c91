-- reads: person_contact, charge  gives: for each of these people, the groups of the charges at bookings of the window
SELECT DISTINCT c.person_id, h.charge_group
FROM person_contact AS c
JOIN charge AS h USING (contact_id)
WHERE list_contains($people::BIGINT[], c.person_id) AND c.source_kind = 'jail'
  AND c.starts::DATE BETWEEN $first::DATE AND $last::DATE
