-- reads: contact, source, person_contact  gives: contacts of the people given by kind of source, day of the week (1 is
-- Monday) and three-hour block (0 to 7; -1 where the source gives no time of day: midnight on the dot in one of twenty)
WITH member AS (SELECT DISTINCT unnest($members::BIGINT[]) AS person_id),
clocked AS (
    SELECT source_id, avg((starts::TIME = TIME '00:00:00')::INTEGER) < 0.05 AS has_times
    FROM contact
    WHERE starts::DATE BETWEEN $first::DATE AND $last::DATE
    GROUP BY source_id
)
SELECT c.source_kind AS kind, isodow(c.starts) AS weekday,
       CASE WHEN t.has_times OR c.starts::TIME <> TIME '00:00:00' THEN hour(c.starts) // 3 ELSE -1 END AS block,
       count(*) AS contacts
FROM person_contact AS c JOIN member USING (person_id) JOIN clocked AS t USING (source_id)
WHERE c.starts::DATE BETWEEN $first::DATE AND $last::DATE
GROUP BY ALL
ORDER BY ALL
