-- reads: import, source_row; $sha256, $sheet  gives: the standing import of the very same file and sheet, and its day
SELECT import.import_id, import.imported_at
FROM import
WHERE import.sha256 = $sha256
  AND import.removed_at IS NULL
  AND EXISTS (SELECT 1 FROM source_row WHERE source_row.import_id = import.import_id AND source_row.sheet = $sheet)
ORDER BY import.import_id DESC
