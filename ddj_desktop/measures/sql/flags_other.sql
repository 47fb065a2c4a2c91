-- reads: contact_flag, person_contact  gives: for each flag that has no table of its own, and each person of whom a contact
-- in the days given says yes or no to it: whether any says yes
SELECT f.name, c.person_id, bool_or(f.value = 'yes') AS yes
FROM contact_flag AS f JOIN person_contact AS c USING (contact_id)
WHERE f.value IN ('yes', 'no') AND NOT list_contains($known::VARCHAR[], f.name)
  AND c.starts::DATE BETWEEN $first::DATE AND $last::DATE
GROUP BY ALL ORDER BY ALL
