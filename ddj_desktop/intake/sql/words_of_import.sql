-- reads: source_row, row_text; $id  gives: every line of an import with its words, in the order of the sheet
SELECT source_row.row_number, source_row.status, source_row.reason, row_text.cells
FROM source_row
JOIN row_text USING (text_id)
WHERE source_row.import_id = $id
ORDER BY source_row.row_id
