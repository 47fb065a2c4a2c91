-- reads: import, source      gives: one line an import, newest first
SELECT i.import_id, i.file_name, s.source_id, s.name AS source, s.kind AS kind, i.format, i.imported_at, i.imported_by,
       i.rows, i.new, i.changed, i.already_here, i.set_aside, i.not_data, i.first_day, i.last_day,
       i.removed_at, i.removed_by
FROM import AS i JOIN source AS s USING (source_id)
ORDER BY i.import_id DESC
