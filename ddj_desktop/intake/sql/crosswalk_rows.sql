-- reads: source_row, import, source, current_row, contact, record  gives: every data row of the imports that stand, with its contact and record
SELECT source.name AS source, import.file_name AS file, source_row.sheet, source_row.row_number AS row,
       contact.contact_key, record.record_key, current_row.record_id
FROM source_row
JOIN import USING (import_id)
JOIN source ON source.source_id = import.source_id
JOIN current_row ON current_row.source_id = import.source_id AND current_row.row_key = source_row.row_key
LEFT JOIN contact ON contact.contact_id = current_row.contact_id
LEFT JOIN record ON record.record_id = current_row.record_id
WHERE import.removed_at IS NULL
  AND source_row.row_key IS NOT NULL
ORDER BY import.import_id, source_row.row_number
