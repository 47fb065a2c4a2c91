-- reads: record, source  gives: every combination of source kind, race and ethnicity as the sources write them
SELECT DISTINCT s.kind, upper(trim(coalesce(r.race, ''))) AS race, upper(trim(coalesce(r.ethnicity, ''))) AS ethnicity
FROM record AS r JOIN source AS s USING (source_id)
ORDER BY ALL
