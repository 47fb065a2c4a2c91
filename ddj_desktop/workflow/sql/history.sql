-- reads: audit      gives: one line an act, newest first, at most $most
SELECT seq, done_at, actor, event, facts
FROM audit
ORDER BY seq DESC
LIMIT $most
