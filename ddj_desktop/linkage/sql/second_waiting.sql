-- reads: standing_decision, link_decision, record, second_look; $actor, $seed, $most
-- gives: decisions somebody else made one at a time and nobody has answered a second time, in an order that tells nothing
SELECT s.decision_id, s.left_record, s.right_record, 0.0 AS weight, 0.5 AS probability, '[]' AS evidence,
       false AS not_sure
FROM standing_decision AS s
JOIN link_decision AS d USING (decision_id)
WHERE s.verdict IN ('same', 'different') AND d.decided_by <> $actor AND d.batch_id IS NULL AND d.carried_from IS NULL
  AND NOT EXISTS (SELECT 1 FROM second_look AS l WHERE l.decision_id = s.decision_id)
  AND s.left_record IN (SELECT record_id FROM record) AND s.right_record IN (SELECT record_id FROM record)
ORDER BY md5(concat_ws('|', $seed::VARCHAR, s.decision_id))
LIMIT $most::INTEGER
