-- reads: import, source_row  gives: the counts of every import as its lines are now
UPDATE import
SET new = n.new, changed = n.changed, already_here = n.already_here, set_aside = n.set_aside, not_data = n.not_data
FROM (
    SELECT import_id, count(*) FILTER (WHERE status = 'new') AS new,
           count(*) FILTER (WHERE status = 'changed') AS changed,
           count(*) FILTER (WHERE status = 'already_here') AS already_here,
           count(*) FILTER (WHERE status = 'set_aside') AS set_aside,
           count(*) FILTER (WHERE status = 'not_data') AS not_data
    FROM source_row
    GROUP BY import_id
) AS n
WHERE import.import_id = n.import_id
