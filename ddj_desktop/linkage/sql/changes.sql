-- reads: person_change, match_run; $most  gives: merges and splits, newest first
SELECT c.change_id, m.run_at, c.kind, c.from_person, c.to_person, c.records, c.cause, c.left_record, c.right_record,
       c.evidence, c.undone_at
FROM person_change AS c JOIN match_run AS m USING (run_id)
ORDER BY c.change_id DESC
LIMIT $most
