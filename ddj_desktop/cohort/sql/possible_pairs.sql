-- reads: match_pair, person_record, standing_decision  gives: pairs of people that a possible match would make one
SELECT DISTINCT least(l.person_id, r.person_id) AS one, greatest(l.person_id, r.person_id) AS other
FROM match_pair AS p
JOIN person_record AS l ON l.record_id = p.left_record
JOIN person_record AS r ON r.record_id = p.right_record AND r.person_id <> l.person_id
WHERE p.band = 'review' AND NOT EXISTS (
    SELECT 1 FROM standing_decision AS d
    WHERE d.left_record = p.left_record AND d.right_record = p.right_record AND d.verdict = 'different'
)
ORDER BY ALL
