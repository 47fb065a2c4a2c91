-- reads: record, contact  gives: every combination of race and ethnicity as each source writes them, with its records and
-- the last day a contact of one of them started
WITH seen AS (
    SELECT record_id, max(starts)::DATE AS last_seen FROM contact WHERE record_id IS NOT NULL GROUP BY record_id
), written AS (
    SELECT r.source_id, r.race, r.ethnicity, count(*) AS records, max(s.last_seen) AS last_seen
    FROM record AS r LEFT JOIN seen AS s USING (record_id)
    GROUP BY ALL
)
SELECT source_id, upper(trim(coalesce(race, ''))) AS race, upper(trim(coalesce(ethnicity, ''))) AS ethnicity,
       sum(records)::BIGINT AS records, max(last_seen) AS last_seen
FROM written
GROUP BY ALL
ORDER BY ALL
