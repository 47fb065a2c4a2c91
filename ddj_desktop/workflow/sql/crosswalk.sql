-- reads: source_row, import, current_row, contact, record, person_record
-- gives: every data row of every standing import with its contact, its record and its person
SELECT pr.person_id, s.name AS source, i.file_name AS file, r.sheet, r.row_number AS row, c.contact_key, m.record_key
FROM source_row AS r
JOIN import AS i USING (import_id)
JOIN source AS s ON s.source_id = i.source_id
LEFT JOIN current_row AS w ON w.source_id = i.source_id AND w.row_key = r.row_key
LEFT JOIN contact AS c ON c.contact_id = w.contact_id
LEFT JOIN record AS m ON m.record_id = w.record_id
LEFT JOIN person_record AS pr ON pr.record_id = w.record_id
WHERE i.removed_at IS NULL AND r.status IN ('new', 'changed', 'already_here')
ORDER BY s.name, i.import_id, r.sheet, r.row_number
