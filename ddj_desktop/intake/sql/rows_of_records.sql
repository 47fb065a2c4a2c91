-- reads: current_row, contact, source_row, import; $records (text of a list)  gives: rows of every import, standing or not, that are about these records
WITH wanted AS (SELECT unnest(CAST($records AS BIGINT[])) AS record_id),
keys AS (
    SELECT DISTINCT w.source_id, w.row_key
    FROM current_row AS w
    LEFT JOIN contact AS c USING (contact_id)
    WHERE w.record_id IN (SELECT record_id FROM wanted) OR c.record_id IN (SELECT record_id FROM wanted)
)
SELECT r.row_id
FROM source_row AS r
JOIN import AS i USING (import_id)
JOIN keys AS k ON k.source_id = i.source_id AND k.row_key = r.row_key
