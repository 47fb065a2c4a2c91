-- reads: record, standing_decision  gives: the records of the file that somebody decided on
SELECT record_id FROM record
WHERE record_id IN (SELECT left_record FROM standing_decision UNION SELECT right_record FROM standing_decision)
