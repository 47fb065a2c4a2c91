-- reads: standing_decision; $ours, $theirs (texts of lists of record ids)  gives: decided pairs with one record in each
WITH ours AS (SELECT unnest(CAST($ours AS BIGINT[])) AS record_id),
theirs AS (SELECT unnest(CAST($theirs AS BIGINT[])) AS record_id)
SELECT left_record, right_record
FROM standing_decision
WHERE verdict IN ('same', 'different')
  AND ((left_record IN (SELECT record_id FROM ours) AND right_record IN (SELECT record_id FROM theirs))
    OR (right_record IN (SELECT record_id FROM ours) AND left_record IN (SELECT record_id FROM theirs)))
ORDER BY left_record, right_record
