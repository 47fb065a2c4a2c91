-- reads: source_row, row_text; $first, $last (capitals)  gives: lines that belong to nobody and hold both names in their cells
SELECT r.row_id
FROM source_row AS r
JOIN row_text AS t USING (text_id)
WHERE r.row_key IS NULL AND contains(upper(t.cells), $first) AND contains(upper(t.cells), $last)
