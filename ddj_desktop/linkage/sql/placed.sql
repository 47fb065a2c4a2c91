-- reads: person_record, person_history
-- gives: for each record its person now, the last person it ever had, and the one it had before any merge
WITH last_seen AS (
    SELECT record_id, coalesce(to_person, from_person) AS person_id
    FROM person_history
    QUALIFY row_number() OVER (PARTITION BY record_id ORDER BY run_id DESC, to_person DESC NULLS LAST) = 1
), own AS (
    SELECT record_id, to_person AS person_id
    FROM person_history
    WHERE to_person IS NOT NULL AND cause <> 'merge'
    QUALIFY row_number() OVER (PARTITION BY record_id ORDER BY run_id DESC) = 1
)
SELECT
    coalesce(p.record_id, l.record_id) AS record_id,
    coalesce(p.person_id, -1) AS person_now,
    coalesce(p.person_id, l.person_id) AS person_last,
    coalesce(own.person_id, -1) AS person_own
FROM person_record AS p
FULL JOIN last_seen AS l USING (record_id)
LEFT JOIN own ON own.record_id = coalesce(p.record_id, l.record_id)
ORDER BY 1
