-- reads: current_row, source_row, import      gives: current rows that belong to no standing import of their source
SELECT w.row_id
FROM current_row AS w
LEFT JOIN source_row AS r USING (row_id)
LEFT JOIN import AS i ON i.import_id = r.import_id AND i.source_id = w.source_id AND i.removed_at IS NULL
WHERE i.import_id IS NULL
