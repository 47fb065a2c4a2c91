-- reads: contact_flag, person_contact  gives: people of whom a contact started in the days given says yes to a flag
SELECT DISTINCT c.person_id
FROM contact_flag AS f JOIN person_contact AS c USING (contact_id)
WHERE f.name = $flag AND f.value = 'yes' AND c.starts::DATE BETWEEN $first::DATE AND $last::DATE
ORDER BY c.person_id
