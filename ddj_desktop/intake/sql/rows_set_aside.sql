-- reads: source_row, row_text; $import_id  gives: the rows of an import that were set aside, with their reason and words
SELECT source_row.sheet, source_row.row_number, source_row.reason, row_text.cells
FROM source_row
JOIN row_text USING (text_id)
WHERE source_row.import_id = $import_id
  AND source_row.status = 'set_aside'
ORDER BY source_row.row_number
