-- reads: record, person_record, source, contact, match_pair
-- gives: the records of one person with the days they were seen, and the bits of the pair that holds each most strongly
WITH inside AS (
    SELECT left_record, right_record, weight
    FROM match_pair
    WHERE left_record IN (SELECT record_id FROM person_record WHERE person_id = $person::BIGINT)
      AND right_record IN (SELECT record_id FROM person_record WHERE person_id = $person::BIGINT)
), held AS (
    SELECT record_id, max(weight) AS bits
    FROM (SELECT left_record AS record_id, weight FROM inside
          UNION ALL SELECT right_record, weight FROM inside)
    GROUP BY record_id
)
SELECT m.record_id, s.name AS source, s.kind AS source_kind, m.record_key, m.last_name, m.first_name, m.middle_name,
       m.suffix, m.birth_date, m.birth_year_low, m.birth_year_high, m.sex, m.ssn, m.address, m.city, m.phone,
       count(c.contact_id) AS contacts, min(c.starts) AS first_seen, max(c.starts) AS last_seen, held.bits AS held
FROM person_record AS pr
JOIN record AS m USING (record_id)
JOIN source AS s USING (source_id)
LEFT JOIN contact AS c USING (record_id)
LEFT JOIN held USING (record_id)
WHERE pr.person_id = $person::BIGINT
GROUP BY ALL
ORDER BY s.name, m.record_key, m.record_id
