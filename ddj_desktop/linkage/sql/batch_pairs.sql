-- reads: link_decision, standing_decision; $batch  gives: pairs whose standing decision is of that batch, or repeats one of it
SELECT s.left_record, s.right_record
FROM standing_decision AS s
JOIN link_decision AS d USING (decision_id)
LEFT JOIN link_decision AS first ON first.decision_id = d.carried_from
WHERE s.verdict <> 'withdrawn' AND (d.batch_id = $batch OR first.batch_id = $batch)
ORDER BY s.left_record, s.right_record
