-- reads: contact_flag, contact, person_record  gives: people of whom a contact started in the days given says yes to a flag,
-- and whether one did from $since on, and one before
SELECT pr.person_id, bool_or(c.starts::DATE >= $since::DATE) AS since, bool_or(c.starts::DATE < $since::DATE) AS before
FROM contact_flag AS f
JOIN contact AS c USING (contact_id)
JOIN person_record AS pr USING (record_id)
WHERE f.name = $flag AND f.value = 'yes' AND c.starts::DATE BETWEEN $first::DATE AND $last::DATE
GROUP BY pr.person_id
ORDER BY pr.person_id
