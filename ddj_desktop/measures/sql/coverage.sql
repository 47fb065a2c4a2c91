-- reads: contact, person_record  gives: contacts by source and month, of everyone, how many of them name nobody, and how
-- many people stand behind the others
SELECT c.source_id, date_trunc('month', c.starts)::DATE AS month, count(*) AS contacts,
       count(*) - count(pr.person_id) AS unnamed, count(DISTINCT pr.person_id) AS people
FROM contact AS c LEFT JOIN person_record AS pr USING (record_id)
WHERE c.starts::DATE BETWEEN $first::DATE AND $last::DATE
GROUP BY c.source_id, date_trunc('month', c.starts)::DATE
ORDER BY c.source_id, month
