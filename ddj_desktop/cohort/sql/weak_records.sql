-- reads: match_pair, person_record, standing_decision  gives: the records that only a doubtful, undecided pair holds to their
-- person, with that person
WITH inside AS (
    SELECT p.left_record, p.right_record, l.person_id,
           p.band = 'same' OR coalesce(d.verdict = 'same', false) AS sound
    FROM match_pair AS p
    JOIN person_record AS l ON l.record_id = p.left_record
    JOIN person_record AS r ON r.record_id = p.right_record AND r.person_id = l.person_id
    LEFT JOIN standing_decision AS d ON d.left_record = p.left_record AND d.right_record = p.right_record
), ends AS (
    SELECT left_record AS record_id, person_id, sound FROM inside
    UNION ALL SELECT right_record, person_id, sound FROM inside
)
SELECT record_id, person_id FROM ends
GROUP BY record_id, person_id
HAVING NOT bool_or(sound)
ORDER BY person_id, record_id
