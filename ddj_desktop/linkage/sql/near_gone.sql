-- reads: person_record, match_pair, record
-- gives: records that were of one person with a record that is gone now, or that a kept pair ties to one
WITH gone AS (
    SELECT record_id, person_id FROM person_record ANTI JOIN record USING (record_id)
)
SELECT p.record_id FROM person_record AS p JOIN gone USING (person_id)
UNION
SELECT left_record FROM match_pair WHERE right_record IN (SELECT record_id FROM gone)
UNION
SELECT right_record FROM match_pair WHERE left_record IN (SELECT record_id FROM gone)
