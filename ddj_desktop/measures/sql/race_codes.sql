-- reads: record, contact  gives: every combination of race and ethnicity as each source writes them, with its records and
-- the last day a contact of one of them started
SELECT r.source_id, upper(trim(coalesce(r.race, ''))) AS race, upper(trim(coalesce(r.ethnicity, ''))) AS ethnicity,
       count(DISTINCT r.record_id) AS records, max(c.starts)::DATE AS last_seen
FROM record AS r LEFT JOIN contact AS c USING (record_id)
GROUP BY ALL
ORDER BY ALL
