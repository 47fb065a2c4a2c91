-- reads: match_pair, standing_decision, record  gives: one line a possible match that nobody has decided
SELECT p.left_record, p.right_record, l.last_name AS left_last_name, l.first_name AS left_first_name,
       r.last_name AS right_last_name, r.first_name AS right_first_name, round(p.probability, 3) AS probability
FROM match_pair AS p
JOIN record AS l ON l.record_id = p.left_record
JOIN record AS r ON r.record_id = p.right_record
WHERE p.band = 'review' AND NOT EXISTS (
    SELECT 1 FROM standing_decision AS d
    WHERE d.left_record = p.left_record AND d.right_record = p.right_record
      AND d.verdict IN ('same', 'different'))
ORDER BY p.probability DESC, p.left_record, p.right_record
