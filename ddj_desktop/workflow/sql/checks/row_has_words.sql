-- reads: source_row, row_text      gives: rows whose words are not kept
SELECT r.row_id FROM source_row AS r ANTI JOIN row_text AS t USING (text_id)
