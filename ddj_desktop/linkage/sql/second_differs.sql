-- reads: second_look, standing_decision, link_decision
-- gives: standing decisions a second person answered otherwise, that nobody has settled
SELECT l.decision_id, l.left_record, l.right_record, 0.0 AS weight, 0.5 AS probability, '[]' AS evidence,
       false AS not_sure, d.verdict AS first, d.decided_by AS first_by, d.decided_at AS first_at,
       l.verdict AS second, l.looked_by AS second_by
FROM second_look AS l
JOIN standing_decision USING (decision_id)
JOIN link_decision AS d USING (decision_id)
WHERE l.settled_at IS NULL AND l.verdict IN ('same', 'different') AND l.verdict <> d.verdict
ORDER BY l.decision_id
