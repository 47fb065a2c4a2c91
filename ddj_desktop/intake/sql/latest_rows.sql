-- reads: source_row, import; $keys (text of a list of row keys)  gives: for each key the row of the latest import that stands
SELECT source_row.row_key, max(source_row.row_id) AS row_id
FROM source_row
JOIN import USING (import_id)
WHERE import.removed_at IS NULL
  AND source_row.row_key IN (SELECT unnest(CAST($keys AS BIGINT[])))
GROUP BY source_row.row_key
