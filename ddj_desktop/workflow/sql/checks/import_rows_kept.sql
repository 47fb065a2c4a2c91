-- reads: import, source_row      gives: imports with a count that its kept rows do not bear out
SELECT i.import_id
FROM import AS i
LEFT JOIN source_row AS r USING (import_id)
GROUP BY i.import_id, i.rows, i.new, i.changed, i.already_here, i.set_aside, i.not_data
HAVING count(r.row_id) <> i.rows
    OR count(r.row_id) FILTER (WHERE r.status = 'new') <> i.new
    OR count(r.row_id) FILTER (WHERE r.status = 'changed') <> i.changed
    OR count(r.row_id) FILTER (WHERE r.status = 'already_here') <> i.already_here
    OR count(r.row_id) FILTER (WHERE r.status = 'set_aside') <> i.set_aside
    OR count(r.row_id) FILTER (WHERE r.status = 'not_data') <> i.not_data
