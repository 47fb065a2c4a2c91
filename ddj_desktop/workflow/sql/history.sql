-- reads: audit      gives: one line an act, newest first, at most $most, without the events of $without
SELECT seq, done_at, actor, event, facts
FROM audit
WHERE NOT list_contains($without::VARCHAR[], event)
ORDER BY seq DESC
LIMIT $most
