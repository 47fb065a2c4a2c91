-- reads: person_record, record, source  gives: by kind of source, how many of these people its records say the sex of
SELECT s.kind, count(DISTINCT pr.person_id) AS people
FROM (SELECT DISTINCT unnest($members::BIGINT[]) AS person_id) AS m
JOIN person_record AS pr USING (person_id) JOIN record AS r USING (record_id) JOIN source AS s USING (source_id)
WHERE r.sex IN ('M', 'F', 'X')
GROUP BY s.kind ORDER BY s.kind
