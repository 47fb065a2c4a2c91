-- reads: source_row, row_text, current_row, person      gives: numbers that were given twice
SELECT row_id AS id FROM source_row GROUP BY row_id HAVING count(*) > 1
UNION ALL
SELECT text_id FROM row_text GROUP BY text_id HAVING count(*) > 1
UNION ALL
SELECT row_key FROM current_row GROUP BY source_id, row_key HAVING count(*) > 1
UNION ALL
SELECT min(person_id) FROM person GROUP BY person_key HAVING count(*) > 1
