-- reads: source, import, contact      gives: for each source what came in and how far it reaches
SELECT s.source_id, s.name, s.kind, s.legal_class,
       coalesce(sum(i.new + i.changed), 0) AS rows,
       coalesce(sum(i.set_aside), 0) AS set_aside,
       (SELECT max(c.starts)::DATE FROM contact AS c WHERE c.source_id = s.source_id) AS last_day
FROM source AS s
LEFT JOIN import AS i ON i.source_id = s.source_id AND i.removed_at IS NULL
GROUP BY s.source_id, s.name, s.kind, s.legal_class
ORDER BY s.name
