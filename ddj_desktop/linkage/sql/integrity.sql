-- reads: record, person_record, person_contact; $large, $numbers
-- gives: person_id, flag and size of what hardly can be true of one person
WITH said AS (
    SELECT pr.person_id, m.birth_date, m.ssn, m.record_id,
           concat_ws('|', upper(m.last_name), upper(m.first_name), m.suffix, m.birth_date, m.ssn) AS mention
    FROM person_record AS pr JOIN record AS m USING (record_id)
), births AS (
    SELECT DISTINCT person_id, birth_date, year(birth_date) AS y, month(birth_date) AS m, day(birth_date) AS d
    FROM said WHERE birth_date IS NOT NULL
), two_births AS (
    SELECT a.person_id, count(DISTINCT a.birth_date) + 1 AS size
    FROM births AS a JOIN births AS b ON a.person_id = b.person_id AND a.birth_date < b.birth_date
    WHERE (a.y = b.y)::INTEGER + (a.m = b.m)::INTEGER + (a.d = b.d)::INTEGER < 2
      AND NOT (a.y = b.y AND a.m = b.d AND a.d = b.m)
    GROUP BY a.person_id
), jail AS (
    SELECT person_id, source_id, starts::DATE AS first_day, coalesce(ends::DATE, DATE '9999-12-31') AS last_day
    FROM person_contact
    WHERE source_kind = 'jail' AND has_length
)
SELECT a.person_id, 'two_nights' AS flag, count(*) AS size
FROM jail AS a
JOIN jail AS b ON a.person_id = b.person_id AND a.source_id < b.source_id
              AND greatest(a.first_day, b.first_day) < least(a.last_day, b.last_day)
GROUP BY a.person_id
UNION ALL
SELECT person_id, 'numbers', count(DISTINCT ssn) FROM said
WHERE length(ssn) = 9
GROUP BY person_id
HAVING count(DISTINCT ssn) > $numbers::INTEGER
UNION ALL
SELECT person_id, 'births', size FROM two_births
UNION ALL
SELECT person_id, 'large', count(DISTINCT mention) FROM said
GROUP BY person_id
HAVING count(DISTINCT mention) > $large::INTEGER
