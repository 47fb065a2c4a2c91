-- reads: source_row, row_text; $rows (text of a list of row ids)  gives: their words and those of the lines that fill their blanks
WITH wanted AS (SELECT unnest(CAST($rows AS BIGINT[])) AS row_id),
found AS (SELECT source_row.* FROM source_row JOIN wanted USING (row_id))
SELECT found.import_id, found.row_id, found.row_key, found.group_id, found.who_id, own.cells,
       lead_text.cells AS lead_cells
FROM found
JOIN row_text AS own ON own.text_id = found.text_id
LEFT JOIN source_row AS lead_row ON lead_row.row_id = found.lead_row_id
LEFT JOIN row_text AS lead_text ON lead_text.text_id = lead_row.text_id
ORDER BY found.row_id
