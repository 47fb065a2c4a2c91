-- reads: person_record, standing_decision; $gone (record ids)  gives: people left without a record, people who lose one, decisions on these records
WITH gone AS (SELECT unnest($gone::BIGINT[]) AS record_id),
people AS (
    SELECT person_id, count(*) AS had, count(gone.record_id) AS loses
    FROM person_record
    LEFT JOIN gone USING (record_id)
    GROUP BY person_id
)
SELECT (SELECT count(*) FROM people WHERE loses = had), (SELECT count(*) FROM people WHERE loses BETWEEN 1 AND had - 1),
       (SELECT count(*)
        FROM standing_decision
        WHERE verdict <> 'withdrawn'
          AND (left_record IN (SELECT record_id FROM gone) OR right_record IN (SELECT record_id FROM gone)))
