-- reads: code_seen, import, source, value_crosswalk; $source (null for every source)  gives: the codes in use with their rows and what the county said they mean
WITH seen AS (
    SELECT import.source_id, code_seen.field, code_seen.code, sum(code_seen.rows)::BIGINT AS lines,
           max(code_seen.import_id) AS last_import, count(*) AS times
    FROM code_seen
    JOIN import USING (import_id)
    WHERE import.removed_at IS NULL
    GROUP BY ALL
),
fields AS (SELECT source_id, field, max(last_import) AS newest, max(times) AS most FROM seen GROUP BY ALL)
SELECT seen.source_id, source.name AS source, seen.field, seen.code, seen.lines AS rows, seen.last_import,
       seen.times = 1 AND seen.last_import = fields.newest AND fields.most > 1 AS is_new, value_crosswalk.meaning,
       source.kind
FROM seen
JOIN source USING (source_id)
JOIN fields USING (source_id, field)
LEFT JOIN value_crosswalk USING (source_id, field, code)
WHERE $source IS NULL OR seen.source_id = $source
ORDER BY seen.source_id, seen.field, seen.lines DESC, seen.code
