-- reads: record, source, person_record, contact; $records (text of a list of record ids)
-- gives: what each says, to be shown beside another; how many people have its last name, and when it was met
WITH wanted AS (
    SELECT * FROM record WHERE record_id IN (SELECT unnest(CAST($records AS BIGINT[])))
), surname AS (
    SELECT upper(m.last_name) AS name, count(DISTINCT pr.person_id) AS people
    FROM record AS m JOIN person_record AS pr USING (record_id)
    WHERE upper(m.last_name) IN (SELECT upper(last_name) FROM wanted)
    GROUP BY 1
), met AS (
    SELECT record_id, count(*) AS times, min(starts)::DATE AS first_met, max(starts)::DATE AS last_met
    FROM contact WHERE record_id IN (SELECT record_id FROM wanted)
    GROUP BY 1
)
SELECT m.record_id, pr.person_id, s.name AS source, m.record_key, m.full_name, m.first_name, m.middle_name, m.last_name,
       m.suffix, m.birth_date, m.birth_year_low, m.birth_year_high, m.sex, m.ssn, m.address, m.city, m.phone,
       n.people AS surname_people, t.times, t.first_met, t.last_met
FROM wanted AS m
JOIN source AS s USING (source_id)
LEFT JOIN person_record AS pr USING (record_id)
LEFT JOIN surname AS n ON n.name = upper(m.last_name)
LEFT JOIN met AS t USING (record_id)
